// SPDX-License-Identifier: GPL-3.0-or-later
#include "arguments/mistyped.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace broadsheet::arguments {
namespace {

using ::testing::IsEmpty;

// archive [--index DIR] build [--memory MB] | publish | token (new | list)
class MistypedTest : public ::testing::Test {
 protected:
  MistypedTest() {
    app_.require_subcommand(1);
    app_.fallthrough();
    app_.add_option("--index", index_);
    app_.add_subcommand("build")->add_option("--memory", memory_);
    app_.add_subcommand("publish");
    CLI::App* token = app_.add_subcommand("token");
    token->require_subcommand(1);
    token->add_subcommand("new");
    token->add_subcommand("list");
  }

  // What is said of the command of these arguments; "" when there is one.
  std::string Unknown(const std::vector<std::string>& arguments) {
    const std::optional<UnknownCommand> unknown = FindUnknownCommand(app_, arguments);
    return unknown ? DescribeUnknown(app_, *unknown, arguments) : "";
  }

  std::string Mistake(std::vector<std::string> arguments) {
    std::reverse(arguments.begin(), arguments.end());
    try {
      app_.parse(arguments);
    } catch (const CLI::ParseError& error) {
      return DescribeMistake(app_, error);
    }
    return "";
  }

  CLI::App app_{"", "archive"};
  std::string index_;
  std::string memory_;
};

TEST_F(MistypedTest, AMistypedCommandIsOfferedInTheWholeLine) {
  EXPECT_EQ(Unknown({"bild", "--memory", "a b"}),
            "archive: there is no command \"bild\"\n  try: archive build --memory 'a b'\n");
  EXPECT_EQ(Unknown({"--index", "x", "pubish"}),
            "archive: there is no command \"pubish\"\n  try: archive --index x publish\n");
}

TEST_F(MistypedTest, ACommandOfACommandIsOfferedToo) {
  EXPECT_EQ(Unknown({"token", "nw"}),
            "archive: there is no command \"token nw\"\n  try: archive token new\n");
  EXPECT_EQ(Unknown({"token", "--index", "x", "lits"}),
            "archive: there is no command \"token lits\"\n  try: archive token --index x list\n");
}

TEST_F(MistypedTest, WhereNoneIsNearTheCommandsAreNamed) {
  EXPECT_EQ(Unknown({"frobnicate"}),
            "archive: there is no command \"frobnicate\"\n  there are: build, publish, token\n");
  EXPECT_EQ(Unknown({"token", "frobnicate"}),
            "archive: there is no command \"token frobnicate\"\n  there are: new, list\n");
}

TEST_F(MistypedTest, KnownOnesAndNoneAreNotUnknown) {
  EXPECT_THAT(Unknown({"build", "folder"}), IsEmpty());
  EXPECT_THAT(Unknown({"token", "new", "reader"}), IsEmpty());
  EXPECT_THAT(Unknown({"token"}), IsEmpty());
  EXPECT_THAT(Unknown({"--index", "build"}), IsEmpty());
  EXPECT_THAT(Unknown({}), IsEmpty());
}

TEST_F(MistypedTest, AMistypedOptionIsOfferedWithTheNearest) {
  EXPECT_EQ(Mistake({"build", "--memoyr", "3"}).substr(0, 9), "archive: ");
  EXPECT_THAT(Mistake({"build", "--memoyr", "3"}),
              ::testing::EndsWith("\n  did you mean --memory?\n"));
  EXPECT_THAT(Mistake({"publish", "--idnex=x"}),
              ::testing::EndsWith("\n  did you mean --index?\n"));
}

// `--indx x` was answered with "--index is required" alone.
TEST_F(MistypedTest, AMistypedOptionThatIsRequiredIsOfferedToo) {
  app_.get_option("--index")->required();
  EXPECT_EQ(Mistake({"--indx", "x", "publish"}),
            "archive: --index is required\n  did you mean --index?\n");
}

TEST_F(MistypedTest, ElseTheHelpOfTheCommandIsNamed) {
  EXPECT_THAT(Mistake({"build", "--frobnicate"}),
              ::testing::EndsWith("\n  see: archive build --help\n"));
  EXPECT_THAT(Mistake({"token"}), ::testing::EndsWith("\n  see: archive token --help\n"));
  EXPECT_THAT(Mistake({}), ::testing::EndsWith("\n  see: archive --help\n"));
}

}  // namespace
}  // namespace broadsheet::arguments
