// SPDX-License-Identifier: GPL-3.0-or-later
// What stands behind what on a command line, as a person types it.
#include "client/session/option.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <regex>
#include <set>
#include <string>
#include <vector>

#include "tests/client/program_fixture.h"

namespace broadsheet::client {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class OptionTest : public ProgramTest {
 protected:
  OptionTest() { AddHit("a", "A"); }

  // What the server is asked for by these arguments of `search`, which must be good ones.
  v1::SearchArticlesRequest Asked(std::vector<std::string> arguments) {
    server_.script()->seen.Clear();
    arguments.insert(arguments.begin(), "search");
    const Result result = Run(arguments);
    EXPECT_EQ(result.exit_status, 0) << result.err;
    return server_.script()->seen;
  }
};

// `--source AP fraud` was an error, since the option took the word for a second publication.
TEST_F(OptionTest, AListTakesOneValueAndLeavesTheWordsBehindIt) {
  const auto source = Asked({"--source", "AP", "fraud"});
  EXPECT_EQ(source.query(), "fraud");
  EXPECT_THAT(source.filter().source().any_of(), ElementsAre("AP"));
  const auto tag = Asked({"--tag", "Kim Jong Un", "putin", "pact"});
  EXPECT_EQ(tag.query(), "putin pact");
  EXPECT_THAT(tag.filter().tag().all_of(), ElementsAre("Kim Jong Un"));
  const auto byline = Asked({"--byline", "Ada Quill", "x"});
  EXPECT_EQ(byline.query(), "x byline:\"Ada Quill\"");
  const auto whole = Asked({"--byline", "\"Ada Quill\"", "x"});
  EXPECT_EQ(whole.query(), "x");
  EXPECT_THAT(whole.filter().byline().all_of(), ElementsAre("Ada Quill"));
  const auto section = Asked({"--section", "Business", "x"});
  EXPECT_EQ(section.query(), "x");
  EXPECT_THAT(section.filter().section().any_of(), ElementsAre("Business"));
  const auto language = Asked({"--language", "en", "x"});
  EXPECT_EQ(language.query(), "x");
  EXPECT_THAT(language.filter().language().any_of(), ElementsAre("en"));
  EXPECT_EQ(Asked({"--caption", "signing ceremony", "x"}).query(),
            "x caption:\"signing ceremony\"");
}

TEST_F(OptionTest, AListIsGivenAgainAndStandsAnywhereAmongTheWords) {
  const auto asked =
      Asked({"--tag", "a", "--tag", "b", "fraud", "--tag", "c", "in", "--tag=d", "court"});
  EXPECT_EQ(asked.query(), "fraud in court");
  EXPECT_THAT(asked.filter().tag().all_of(), ElementsAre("a", "b", "c", "d"));

  const auto mixed = Asked({"--source", "AP", "--limit", "3", "--source", "AFP", "fraud",
                            "--language", "en", "--language", "ko"});
  EXPECT_EQ(mixed.query(), "fraud");
  EXPECT_THAT(mixed.filter().source().any_of(), ElementsAre("AP", "AFP"));
  EXPECT_THAT(mixed.filter().language().any_of(), ElementsAre("en", "ko"));
  EXPECT_EQ(mixed.page_size(), 3);

  EXPECT_EQ(Asked({"--caption", "one", "x", "--caption", "two"}).query(),
            "x caption:\"one\" caption:\"two\"");
}

TEST_F(OptionTest, AValueIsTakenToTheLetter) {
  for (const std::string value :
       {"[a,b]", "a,b", "{}", "%%", "-x", "--tag", "a=b", "it's \"so\" $HOME !x", "北朝鮮", " "}) {
    const auto behind = Asked({"--tag", value, "fraud"});
    EXPECT_EQ(behind.query(), "fraud") << value;
    EXPECT_THAT(behind.filter().tag().all_of(), ElementsAre(value));
    const auto joined = Asked({"fraud", "--tag=" + value});
    EXPECT_EQ(joined.query(), "fraud") << value;
    EXPECT_THAT(joined.filter().tag().all_of(), ElementsAre(value));
  }
}

// "[a,b]" was two words, and after a word `--` ended the command rather than the options.
TEST_F(OptionTest, WordsAreTakenToTheLetter) {
  EXPECT_EQ(Asked({"[a,b]", "{}", "%%"}).query(), "[a,b] {} %%");
  EXPECT_EQ(Asked({"get", "search", "--tag", "a", "status"}).query(), "get search status");
  EXPECT_EQ(Asked({"--", "putin -kim"}).query(), "putin -kim");
  EXPECT_EQ(Asked({"putin", "--", "-kim"}).query(), "putin -kim");
  EXPECT_EQ(Asked({"--tag", "a", "--", "-kim", "--tag", "b"}).query(), "-kim --tag b");
  EXPECT_EQ(Asked({"putin", "--tag", "a", "--", "-kim", "--", "-h"}).query(), "putin -kim -- -h");
  EXPECT_THAT(Asked({"--tag", "a", "--", "--tag=b"}).filter().tag().all_of(), ElementsAre("a"));
}

// Whatever `search --help` lists takes the one word behind it, also what is added later.
TEST_F(OptionTest, EveryOptionOfASearchTakesOneValue) {
  const std::map<std::string, std::string> values = {
      {"--tag", "x"},         {"--byline", "x"},         {"--caption", "x"},
      {"--section", "x"},     {"--source", "x"},         {"--language", "x"},
      {"--since", "2024"},    {"--until", "2024"},       {"--limit", "3"},
      {"--page", "2"},        {"--sort", "newest"},      {"--match", "any"},
      {"--output", "json"},   {"--profile", "recent"},   {"--half-life", "7"},
      {"--recency-cap", "1"}, {"--time-zone", "UTC"},    {"--explain", ""},
      {"--exact-total", ""},  {"--facet", "tag"},        {"--timeline", "month"},
      {"--count", ""},        {"--collapse-copies", ""}, {"--no-synonyms", ""},
  };
  // These ask something else: commands/bulk_test.cc.
  const std::set<std::string> elsewhere = {"--all", "--queries", "--fields"};
  const std::string help = Run({"search", "--help"}).out;
  std::set<std::string> listed;
  const std::regex line(R"(\n  (?:-[a-z], )?(--[a-z-]+))");
  for (std::sregex_iterator i(help.begin(), help.end(), line), end; i != end; ++i) {
    listed.insert((*i)[1]);
  }
  listed.erase("--help");
  for (const std::string& option : elsewhere) EXPECT_EQ(listed.erase(option), 1U) << option;
  EXPECT_EQ(listed.size(), values.size());
  for (const std::string& option : listed) {
    ASSERT_TRUE(values.contains(option)) << "give a value for " << option;
    std::vector<std::string> arguments = {option, values.at(option), "fraud", "in", "court"};
    if (values.at(option).empty()) arguments.erase(arguments.begin() + 1);
    EXPECT_THAT(Asked(arguments).query(),
                ::testing::ContainsRegex("^((since|until):\"2024\" )?fraud in court"))
        << option;
  }
}

// `--tag=` of a shell variable that is not set took the next word for the tag.
TEST_F(OptionTest, AnEmptyValueIsSaidAndTakesNoWord) {
  for (const std::vector<std::string>& arguments :
       std::vector<std::vector<std::string>>{{"search", "--tag=", "fraud"},
                                             {"search", "--tag", "", "fraud"},
                                             {"search", "fraud", "--tag="},
                                             {"search", "--tag", "a", "--tag="}}) {
    const Result result = Run(arguments);
    EXPECT_EQ(result.exit_status, 2);
    EXPECT_THAT(result.err, HasSubstr("--tag: the value is empty"));
  }
  EXPECT_THAT(Run({"search", "--since=", "2024"}).err, HasSubstr("--since: the value is empty"));
  EXPECT_THAT(Run({"--server", "", "status"}).err, HasSubstr("--server: the value is empty"));
  EXPECT_THAT(Run({"get", ""}).err, HasSubstr("which article?"));
}

TEST_F(OptionTest, AnIdMayLookLikeAnOption) {
  Run({"get", "--", "-4711"});
  EXPECT_EQ(server_.script()->seen_id, "-4711");
  Run({"get", "--output", "json", "--", "--id="});
  EXPECT_EQ(server_.script()->seen_id, "--id=");
  Run({"get", "ID="});
  EXPECT_EQ(server_.script()->seen_id, "ID=");
}

// "-harbour" was taken for -h, and help was all that came.
TEST_F(OptionTest, AWordToLeaveOutIsNoRequestForHelp) {
  const Result negated = Run({"search", "ferry", "-harbour"});
  EXPECT_EQ(negated.exit_status, 2);
  EXPECT_THAT(negated.err, HasSubstr("broadsheet search -- 'ferry -harbour'"));
  EXPECT_THAT(negated.out, IsEmpty());

  EXPECT_THAT(Run({"-h"}).out, HasSubstr("Subcommands:"));
  EXPECT_THAT(Run({"search", "-h"}).out, HasSubstr("Query language:"));
  EXPECT_THAT(Run({"get", "x", "-h"}).out, HasSubstr("Read articles"));
  EXPECT_THAT(Asked({"--tag", "-h", "x"}).filter().tag().all_of(), ElementsAre("-h"));
}

// A short form is a letter alone; "-nuclear" is a word to leave out.
TEST_F(OptionTest, ShortFormsAreALetterAlone) {
  EXPECT_EQ(Asked({"-n", "3", "ferry"}).page_size(), 3);
  EXPECT_EQ(Asked({"ferry", "-n3"}).page_size(), 3);
  EXPECT_EQ(Run({"search", "ferry", "-o", "ids"}).out, "a\n");
  EXPECT_EQ(Run({"-s", server_.address(), "search", "ferry"}).exit_status, 0);
  for (const char* word : {"-nuclear", "-strike", "-oil", "-harbour"}) {
    EXPECT_THAT(Run({"search", "ferry", word}).err,
                HasSubstr(std::string("broadsheet search -- 'ferry ") + word));
  }
  EXPECT_THAT(Asked({"--tag", "-n", "x"}).filter().tag().all_of(), ElementsAre("-n"));
}

TEST_F(OptionTest, AnUnknownOptionIsNotTakenForANegatedWord) {
  const Result result = Run({"search", "ferry", "-kim", "--tags", "x"});
  EXPECT_EQ(result.exit_status, 2);
  EXPECT_THAT(result.err, HasSubstr("--tags"));
  EXPECT_THAT(result.err, Not(HasSubstr("leave a word out")));
}

}  // namespace
}  // namespace broadsheet::client
