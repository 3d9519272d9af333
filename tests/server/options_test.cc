// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/options.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <string>
#include <vector>

namespace broadsheet::server {
namespace {

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

}  // namespace
}  // namespace broadsheet::server
