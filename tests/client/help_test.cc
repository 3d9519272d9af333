// SPDX-License-Identifier: GPL-3.0-or-later
// Help, the man page and completion: what the program tells of itself.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <sstream>

#include "client/view/terminal.h"
#include "tests/client/program_fixture.h"

namespace broadsheet::client {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class HelpTest : public ProgramTest {
 protected:
  ~HelpTest() override { unsetenv("COLUMNS"); }

  v1::Completion* Offer(const std::string& kind, const std::string& value,
                        const std::string& query) {
    v1::Completion* completion = server_.script()->completions.add_completions();
    completion->set_kind(kind);
    completion->set_value(value);
    completion->set_query(query);
    return completion;
  }
  std::string Complete(const std::vector<std::string>& words) {
    std::vector<std::string> arguments = {"complete", "--"};
    arguments.insert(arguments.end(), words.begin(), words.end());
    return Run(arguments).out;
  }
};

TEST_F(HelpTest, EveryLineFitsTheTerminalAndHasNoNoiseOfTypes) {
  for (const char* columns : {"40", "60", "80", "200"}) {
    setenv("COLUMNS", columns, 1);
    for (const char* command : {"search", "export", "timeline", "similar", "copies", "get"}) {
      std::istringstream lines(Run({command, "--help"}).out);
      for (std::string line; std::getline(lines, line);) {
        EXPECT_LE(DisplayWidth(line), std::stoul(columns)) << line;
      }
    }
    const std::string help = Run({"search", "--help"}).out;
    EXPECT_THAT(help, Not(HasSubstr("TEXT")));
    EXPECT_THAT(help, Not(HasSubstr("INT")));
    EXPECT_THAT(help, HasSubstr("-n, --limit LIMIT"));
    EXPECT_THAT(Run({"--help"}).out, HasSubstr("  --tls, --no-tls"));
    EXPECT_THAT(help, HasSubstr("Usage: broadsheet search [OPTIONS]"));
  }
}

TEST_F(HelpTest, AnExampleThatIsTooLongGoesOnAsAShellReadsIt) {
  setenv("COLUMNS", "60", 1);
  EXPECT_THAT(Run({"export", "--help"}).out,
              HasSubstr("  broadsheet export --since 2024 --output csv --fields \\\n"
                        "      published,headline,bylines > list.csv\n"));
  EXPECT_THAT(Run({"search", "--help"}).out, HasSubstr("  kim OR putin          either\n"));
}

TEST_F(HelpTest, TheManPageHasEveryCommandAndOption) {
  const std::string page = Run({"man"}).out;
  EXPECT_THAT(page, ::testing::StartsWith(".TH BROADSHEET 1"));
  for (const char* said : {".SS \"search\"", ".SS \"admin rebuild\"", "\\-\\-facet", "config.toml",
                           ".B \\-n, \\-\\-limit LIMIT", ".SS \"timeline\""}) {
    EXPECT_THAT(page, HasSubstr(said));
  }
}

TEST_F(HelpTest, EachShellHasAScript) {
  for (const char* shell : {"bash", "zsh", "fish"}) {
    EXPECT_THAT(Run({"completion", shell}).out, HasSubstr("broadsheet complete --"));
  }
  EXPECT_EQ(Run({"completion", "csh"}).exit_status, 2);
}

TEST_F(HelpTest, CommandsOptionsAndTheirValuesAreCompleted) {
  EXPECT_EQ(Complete({"se"}), "search\n");
  EXPECT_EQ(Complete({"search", "--tim"}), "--time-zone\n--timeline\n--timeout\n");
  EXPECT_EQ(Complete({"search", "x", "--sort", ""}), "relevance\nnewest\noldest\n");
  EXPECT_EQ(Complete({"search", "-o", "js"}), "json\njsonl\n");
  EXPECT_EQ(Complete({"admin", "reb"}), "rebuild\n");
}

TEST_F(HelpTest, ValuesAndWordsAreThoseOfTheServer) {
  Offer("tag", "ferry strike", "tag:\"ferry strike\"");
  EXPECT_EQ(Complete({"search", "--tag", "fer"}), "ferry strike\n");
  EXPECT_EQ(server_.script()->seen_suggest.kinds(0), "tag");
  Offer("headline", "Ferries stop", "headline:\"Ferries stop\"");
  EXPECT_EQ(Complete({"search", "x", "fer"}), "tag:\"ferry strike\"\n");
  EXPECT_EQ(server_.script()->seen_suggest.text(), "fer");
}

TEST_F(HelpTest, WithoutAServerNothingIsSaid) {
  const Result result = Run({"complete", "--", "--server", "127.0.0.1:1", "search", "--tag", "x"});
  EXPECT_EQ(result.out + result.err, "");
}

}  // namespace
}  // namespace broadsheet::client
