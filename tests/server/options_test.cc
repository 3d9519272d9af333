// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/options.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <string>
#include <vector>

#include "tests/testing/temp_dir.h"

namespace broadsheet::server {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

CommandLine Parse(std::vector<const char*> arguments) {
  arguments.insert(arguments.begin(), "broadsheetd");
  return ParseCommandLine(static_cast<int>(arguments.size()), arguments.data());
}

class OptionsTest : public ::testing::Test {
 protected:
  OptionsTest() { unsetenv("BROADSHEET_INDEX"); }
  ~OptionsTest() override { unsetenv("BROADSHEET_INDEX"); }
};

TEST_F(OptionsTest, DefaultsAreTheDocumentedOnes) {
  const ServerOptions options = Parse({"--index", "news"}).options.value();
  EXPECT_EQ(options.index, "news");
  EXPECT_THAT(options.listen, ElementsAre("127.0.0.1:6460"));
  EXPECT_FALSE(options.insecure);
  EXPECT_FALSE(options.log_queries);
  EXPECT_FALSE(options.reflection.has_value());
  EXPECT_EQ(options.max_deadline, absl::Seconds(10));
  EXPECT_EQ(options.max_search_bytes, 65536);
  EXPECT_EQ(options.limits.max_query_bytes, 4096U);
}

TEST_F(OptionsTest, TheIndexCanComeFromTheEnvironment) {
  setenv("BROADSHEET_INDEX", "from-environment", 1);
  EXPECT_EQ(Parse({}).options.value().index, "from-environment");
  EXPECT_EQ(Parse({"--index", "given"}).options.value().index, "given");
}

TEST_F(OptionsTest, WithoutAnIndexThereIsNothingToServe) {
  ::testing::internal::CaptureStderr();
  const CommandLine line = Parse({});
  EXPECT_THAT(::testing::internal::GetCapturedStderr(), HasSubstr("--index"));
  EXPECT_FALSE(line.options.has_value());
  EXPECT_EQ(line.exit_status, 2);
}

TEST_F(OptionsTest, ReflectionCanBeForcedEitherWay) {
  EXPECT_EQ(Parse({"--index", "x", "--reflection"}).options.value().reflection, true);
  EXPECT_EQ(Parse({"--index", "x", "--no-reflection"}).options.value().reflection, false);
}

TEST_F(OptionsTest, LimitsCanBeSet) {
  const ServerOptions options =
      Parse({"--index", "x", "--max-page-size", "50", "--deadline", "0.5", "--queue", "7"})
          .options.value();
  EXPECT_EQ(options.limits.max_page_size, 50);
  EXPECT_EQ(options.max_deadline, absl::Milliseconds(500));
  EXPECT_EQ(options.queue, 7U);
}

TEST_F(OptionsTest, TheCheckOfTheBaseCanBeHurriedOrTurnedOff) {
  EXPECT_EQ(Parse({"--index", "x"}).options.value().check_rate, 50U);
  EXPECT_EQ(Parse({"--index", "x", "--check-rate", "500"}).options.value().check_rate, 500U);
  EXPECT_EQ(Parse({"--index", "x", "--check-rate", "0"}).options.value().check_rate, 0U);
}

TEST_F(OptionsTest, TheAnswersKeptAreOfTheSizeThatIsAsked) {
  EXPECT_EQ(Parse({"--index", "x"}).options.value().answer_cache_bytes, 64U << 20);
  EXPECT_EQ(Parse({"--index", "x", "--answer-cache", "2"}).options.value().answer_cache_bytes,
            2U << 20);
  EXPECT_EQ(Parse({"--index", "x", "--answer-cache", "0"}).options.value().answer_cache_bytes, 0U);
}

TEST_F(OptionsTest, RecencyCanBeSet) {
  const ServerOptions untouched = Parse({"--index", "x"}).options.value();
  EXPECT_EQ(untouched.ranking.recency_half_life, absl::Hours(30 * 24));
  EXPECT_EQ(untouched.ranking.recency_cap, 1);
  const ServerOptions options =
      Parse({"--index", "x", "--recency-half-life", "0.5", "--recency-cap", "2"}).options.value();
  EXPECT_EQ(options.ranking.recency_half_life, absl::Hours(12));
  EXPECT_EQ(options.ranking.recency_cap, 2);
}

TEST_F(OptionsTest, ANonsensicalValueIsRefused) {
  ::testing::internal::CaptureStderr();
  EXPECT_EQ(Parse({"--index", "x", "--queue", "0"}).exit_status, 2);
  EXPECT_THAT(::testing::internal::GetCapturedStderr(), HasSubstr("--queue"));
}

TEST_F(OptionsTest, HelpNamesEveryOptionAndEndsWell) {
  ::testing::internal::CaptureStdout();
  const CommandLine line = Parse({"--help"});
  const std::string help = ::testing::internal::GetCapturedStdout();
  EXPECT_EQ(line.exit_status, 0);
  EXPECT_FALSE(line.options.has_value());
  for (const char* option : {"--index", "--listen", "--insecure", "--threads", "--queue",
                             "--no-reflection", "--drain", "--log-queries", "BROADSHEET_INDEX"}) {
    EXPECT_THAT(help, HasSubstr(option));
  }
}

class ConfigFileTest : public OptionsTest {
 protected:
  // Parses `arguments` with a file that has these lines; keeps what standard error is told.
  CommandLine ParseWith(const std::string& lines, std::vector<const char*> arguments) {
    std::ofstream(file_) << lines;
    arguments.insert(arguments.begin(), {"--config", file_.c_str()});
    ::testing::internal::CaptureStderr();
    CommandLine line = Parse(std::move(arguments));
    said_ = ::testing::internal::GetCapturedStderr();
    return line;
  }

  const broadsheet::testing::TempDir folder_;
  const std::string file_ = (folder_ / "broadsheetd.toml").string();
  std::string said_;
};

TEST_F(ConfigFileTest, SettingsAreOptionsAndTheCommandLineWins) {
  const CommandLine line = ParseWith(
      "index = \"/srv/news\"\nthreads = 3\nqueue = 7\nwritable = true\nreflection = false\n"
      "recency-half-life = 0.5\nlog-format = \"json\"\n",
      {"--queue", "9"});
  ASSERT_TRUE(line.options.has_value()) << said_;
  EXPECT_EQ(line.options->index, "/srv/news");
  EXPECT_EQ(line.options->threads, 3U);
  EXPECT_EQ(line.options->queue, 9U);
  EXPECT_TRUE(line.options->writable);
  EXPECT_EQ(line.options->reflection, false);
  EXPECT_EQ(line.options->ranking.recency_half_life, absl::Hours(12));
  EXPECT_EQ(line.options->log_format, LogFormat::kJson);
}

TEST_F(ConfigFileTest, EveryMistakeIsToldWithItsPlaceAndWhatWouldBeRight) {
  const CommandLine line = ParseWith(
      "index = \"/srv/news\"\n"
      "\n"
      "thread = 3\n"
      "queue = 0\n"
      "writable = \"yes\"\n"
      "config = \"other.toml\"\n"
      "deadline = \"soon\"\n",
      {});
  EXPECT_EQ(line.exit_status, 2);
  EXPECT_FALSE(line.options.has_value());
  EXPECT_THAT(said_,
              HasSubstr(file_ + ":3: there is no setting \"thread\"; did you mean threads?"));
  EXPECT_THAT(said_, HasSubstr(file_ + ":4: "));
  EXPECT_THAT(said_, HasSubstr("--queue"));
  EXPECT_THAT(said_, HasSubstr(file_ + ":5: writable: its value is true or false"));
  EXPECT_THAT(said_, HasSubstr(file_ + ":6: there is no setting \"config\""));
  EXPECT_THAT(said_, HasSubstr(file_ + ":7: "));
}

TEST_F(ConfigFileTest, AFileThatIsNoTomlIsToldWithItsPlace) {
  EXPECT_EQ(ParseWith("index = \"/srv/news\"\nthreads = = 3\n", {}).exit_status, 2);
  EXPECT_THAT(said_, HasSubstr(file_ + ":2: "));
}

TEST_F(ConfigFileTest, AFileThatIsNotThereIsTold) {
  ::testing::internal::CaptureStderr();
  EXPECT_EQ(Parse({"--config", "/nowhere/broadsheetd.toml"}).exit_status, 2);
  EXPECT_THAT(::testing::internal::GetCapturedStderr(), HasSubstr("/nowhere/broadsheetd.toml"));
}

TEST_F(ConfigFileTest, AnOptionOnTheCommandLineRulesOutWhatExcludesItInTheFile) {
  const CommandLine line =
      ParseWith("index = \"/srv/news\"\nwait-for-index = true\n", {"--writable"});
  ASSERT_TRUE(line.options.has_value()) << said_;
  EXPECT_TRUE(line.options->writable);
  EXPECT_FALSE(line.options->wait_for_index);
}

TEST_F(ConfigFileTest, TextsHaveVariablesOfTheEnvironment) {
  setenv("BROADSHEET_TEST_FOLDER", "/run/credentials", 1);
  const CommandLine line = ParseWith("index = \"${BROADSHEET_TEST_FOLDER}/index\"\n", {});
  ASSERT_TRUE(line.options.has_value()) << said_;
  EXPECT_EQ(line.options->index, "/run/credentials/index");
  EXPECT_EQ(ParseWith("index = \"${BROADSHEET_NO_SUCH}/index\"\n", {}).exit_status, 2);
  EXPECT_THAT(said_, AllOf(HasSubstr(file_ + ":1: "), HasSubstr("BROADSHEET_NO_SUCH")));
}

TEST_F(ConfigFileTest, SaysWhatWasGiven) {
  const CommandLine line = ParseWith("index = \"/srv/news\"\ndeadline = 3\n", {"--drain", "1"});
  EXPECT_EQ(line.given.at("--deadline"), "3");
  EXPECT_EQ(line.given.at("--drain"), "1");
  EXPECT_FALSE(line.given.contains("--threads"));
}

}  // namespace
}  // namespace broadsheet::server
