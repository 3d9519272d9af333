// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/session/settings.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>

#include "tests/client/program_fixture.h"

namespace broadsheet::client {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;

// With a configuration file of its own.
class SettingsTest : public ProgramTest {
 protected:
  SettingsTest() { setenv("XDG_CONFIG_HOME", state_.path().c_str(), 1); }
  ~SettingsTest() override {
    for (const char* name :
         {"XDG_CONFIG_HOME", "BROADSHEET_OUTPUT", "BROADSHEET_TIME_ZONE", "TZ"}) {
      unsetenv(name);
    }
  }
  void Configure(const std::string& text) { state_.Write("broadsheet/config.toml", text); }
};

TEST_F(SettingsTest, OptionsWinOverTheEnvironmentAndThatOverTheFile) {
  AddHit("a", "A");
  Configure("output = \"ids\"\ntime_zone = \"Europe/Oslo\"\ntimeout = 7\n");
  EXPECT_EQ(Run({"search", "x"}).out, "a\n");
  EXPECT_EQ(server_.script()->seen.time_zone(), "Europe/Oslo");
  setenv("BROADSHEET_OUTPUT", "tsv", 1);
  setenv("BROADSHEET_TIME_ZONE", "Asia/Seoul", 1);
  EXPECT_THAT(Run({"search", "x"}).out, HasSubstr("id\tpublished\t"));
  EXPECT_EQ(server_.script()->seen.time_zone(), "Asia/Seoul");
  EXPECT_THAT(Run({"search", "x", "-o", "jsonl", "--time-zone", "UTC"}).out, HasSubstr("{\""));
  EXPECT_EQ(server_.script()->seen.time_zone(), "UTC");
}

// Which has no tsv.
TEST_F(SettingsTest, AnOutputIsNotThatOfCommandsWithoutIt) {
  Configure("output = \"tsv\"\n");
  const Result result = Run({"status"});
  EXPECT_EQ(result.exit_status, 0) << result.err;
  EXPECT_THAT(result.out, HasSubstr("Articles"));
}

TEST_F(SettingsTest, TheServerOfTheFileIsAskedAndNotShownInCommands) {
  AddHit("a", "A");
  Configure("server = \"" + server_.address() + "\"\n");
  unsetenv("BROADSHEET_SERVER");
  EXPECT_THAT(Run({"search", "x"}).out, HasSubstr("Read one: broadsheet get 1\n"));
  setenv("BROADSHEET_SERVER", "127.0.0.1:1", 1);
  EXPECT_EQ(Run({"search", "x"}).exit_status, 2);
}

TEST_F(SettingsTest, AMistakeIsSaidWithItsLine) {
  const auto mistake = [&](const std::string& text) {
    Configure(text);
    const Result result = Run({"status"});
    EXPECT_EQ(result.exit_status, 2) << text;
    return result.err;
  };
  EXPECT_THAT(mistake("# mine\n\nservr = \"x:1\"\n"),
              EndsWith("config.toml, line 3: there is no key \"servr\"; did you mean server?\n"));
  EXPECT_THAT(mistake("timeout = \"ten\"\n"), HasSubstr("line 1: timeout is seconds"));
  EXPECT_THAT(mistake("pager = true\ncolor = \"red\"\n"), HasSubstr("line 2: color is"));
  EXPECT_THAT(mistake("output = \"xml\"\n"), HasSubstr("line 1: output is \"text\""));
  EXPECT_THAT(mistake("server = [\n"), HasSubstr("line "));
  EXPECT_THAT(mistake("server = 5\n"), HasSubstr("server is a text in quotes"));
  EXPECT_EQ(Run({"--help"}).exit_status, 0) << "a person has to find out what is wrong";
}

TEST_F(SettingsTest, DatesAreReadInThePersonsOwnZoneAndThatIsSaid) {
  AddHit("a", "A");
  setenv("TZ", "America/New_York", 1);
  EXPECT_THAT(Run({"search", "x", "--since", "monday"}).out,
              HasSubstr("Note: dates are read in America/New_York\n"));
  EXPECT_EQ(server_.script()->seen.time_zone(), "America/New_York");
  EXPECT_THAT(Run({"search", "x"}).out, Not(HasSubstr("dates are read")));
  EXPECT_EQ(server_.script()->seen.time_zone(), "");
  EXPECT_THAT(Run({"search", "since:monday", "--time-zone", "local"}).out,
              HasSubstr("dates are read in America/New_York"));
  setenv("TZ", "nonsense", 1);
  Run({"search", "since:monday"});
  EXPECT_EQ(server_.script()->seen.time_zone(), "");
}

}  // namespace
}  // namespace broadsheet::client
