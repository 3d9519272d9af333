// SPDX-License-Identifier: GPL-3.0-or-later
// docs/query_language.md tells the truth: every example in it is taken from the page itself and
// tried, so that the page and the code cannot part.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "engine/query/syntax/parser.h"
#include "engine/query/syntax/tree_text.h"
#include "engine/schema/field_table.h"
#include "tests/engine/query/search_fixture.h"
#include "tests/engine/query/syntax/query_errors.h"

namespace broadsheet::query {
namespace {

using ::testing::HasSubstr;

std::vector<std::string> LinesOfGuide() {
  std::ifstream file(BROADSHEET_LANGUAGE_GUIDE);
  std::vector<std::string> lines;
  for (std::string line; std::getline(file, line);) lines.push_back(line);
  return lines;
}

// What stands between backticks.
std::vector<std::string> CodeIn(std::string_view text) {
  std::vector<std::string> code;
  for (size_t at = text.find('`'); at != std::string_view::npos;) {
    const size_t end = text.find('`', at + 1);
    if (end == std::string_view::npos) break;
    code.emplace_back(text.substr(at + 1, end - at - 1));
    at = text.find('`', end + 1);
  }
  return code;
}

using Row = std::vector<std::string>;

// The cells of the rows of the table whose header line starts with `header`.
std::vector<Row> Table(std::string_view header) {
  std::vector<Row> rows;
  bool inside = false;
  for (const std::string& line : LinesOfGuide()) {
    if (!line.starts_with('|')) {
      inside = false;
      continue;
    }
    if (line.starts_with(header)) {
      inside = true;
    } else if (inside && !line.starts_with("|--")) {
      Row& row = rows.emplace_back();
      for (size_t at = 1; at < line.size();) {
        const size_t end = line.find('|', at);
        row.push_back(line.substr(at, end - at));
        at = end + 1;
      }
    }
  }
  EXPECT_FALSE(rows.empty()) << header;
  return rows;
}

class LanguageGuideTest : public SearchFixture {
 protected:
  // An archive in which everything that the guide looks for is found.
  void SetUp() override {
    ASSERT_TRUE(absl::ParseTime(absl::RFC3339_full, "2024-06-20T12:00:00Z", &call_.now, nullptr));
    Add("pact", {.headline = "Summit ends with a pact",
                 .body = "At the summit in Pyongyang both governors signed a pact of mutual "
                         "defense. The signing ceremony was short; Putin and Kim smiled. Floods "
                         "kept the crowd away.",
                 .tags = {"Kim Jong Un"},
                 .section = "World",
                 .source = "The Hill",
                 .published = "2024-06-19"});
    Add("other", {.headline = "A summit of mayors", .published = "2024-06-18"});
  }
};

TEST_F(LanguageGuideTest, EveryExampleOfWhatToTypeFindsSomething) {
  for (const Row& row : Table("| to find | type |")) {
    const std::vector<std::string> examples = CodeIn(row[1]);
    EXPECT_FALSE(examples.empty()) << row[0];
    for (const std::string& example : examples) {
      EXPECT_GT(Answer(example).total().value(), 0) << example;
    }
  }
}

// Every way of writing a word finds all the others of its row, and none of the other words.
TEST_F(LanguageGuideTest, WhatCountsAsTheSameFindsEachOther) {
  const std::vector<Row> rows = Table("| the same, however written |");
  for (size_t i = 0; i < rows.size(); ++i) {
    const std::string tag = "row" + std::to_string(i);
    for (const size_t cell : {size_t{0}, size_t{1}}) {
      for (const std::string& word : CodeIn(rows[i][cell])) {
        Add(tag + " " + word + " " + std::to_string(cell),
            {.headline = "About " + word + " again.", .tags = {tag}, .language = "en"});
      }
    }
  }
  for (size_t i = 0; i < rows.size(); ++i) {
    const std::vector<std::string> words = CodeIn(rows[i][0]);
    for (const std::string& word : words) {
      for (const std::string& query : {word, "\"about " + word + " again\""}) {
        const std::string typed = query + " tag:row" + std::to_string(i);
        const v1::SearchArticlesResponse answer = Answer(typed);
        EXPECT_EQ(answer.total().value(), static_cast<int64_t>(words.size()))
            << typed << " finds " << IdsOf(answer);
        for (const v1::Hit& hit : answer.hits()) {
          EXPECT_THAT(hit.article().id(), ::testing::EndsWith(" 0")) << typed;
        }
      }
    }
  }
}

TEST_F(LanguageGuideTest, EveryReadingIsTheOneTold) {
  for (const Row& row : Table("| typed | is read as |")) {
    const std::string typed = CodeIn(row[0]).at(0);
    const absl::StatusOr<ParsedQuery> parsed = Parse(typed, limits_, MatchMode::kAll);
    ASSERT_THAT(parsed, testing::IsOk()) << typed;
    EXPECT_EQ(ToString(parsed->root), CodeIn(row[1]).at(0)) << typed;
  }
}

TEST_F(LanguageGuideTest, EveryMistakeIsRefusedForTheReasonTold) {
  for (const Row& row : Table("| typed | reason |")) {
    for (const std::string& mistake : CodeIn(row[0])) {
      EXPECT_EQ(ReasonFor(Request(mistake)), CodeIn(row[1]).at(0)) << mistake;
    }
  }
}

TEST_F(LanguageGuideTest, EveryOperatorOfOthersIsRefusedWithOurs) {
  for (const Row& row : Table("| typed elsewhere | write here |")) {
    const std::vector<std::string> theirs = CodeIn(row[0]);
    const std::vector<std::string> ours = CodeIn(row[1]);
    ASSERT_EQ(theirs.size(), ours.size()) << row[0];
    for (size_t i = 0; i < theirs.size(); ++i) {
      const absl::Status status = Ask(Request(theirs[i])).status();
      EXPECT_EQ(ErrorOf(status).suggested_query(), ours[i]) << theirs[i];
    }
  }
}

TEST_F(LanguageGuideTest, EveryTextThatIsToldToBePlainIs) {
  for (const Row& row : Table("| pasted | is read as |")) {
    for (const std::string& text : CodeIn(row[0])) {
      EXPECT_THAT(Ask(Request(text)), testing::IsOk()) << text;
    }
  }
}

// The bullets that explain a spelling start with it: "* `word~`: words with one letter changed".
TEST_F(LanguageGuideTest, EverySpellingThatIsExplainedIsAccepted) {
  int tried = 0;
  for (const std::string& line : LinesOfGuide()) {
    if (!line.starts_with("* `")) continue;
    const std::string example = CodeIn(line).at(0);
    // D stands for a date.
    if (example.ends_with(":D")) continue;
    EXPECT_THAT(Ask(Request(example)), testing::IsOk()) << example;
    ++tried;
  }
  EXPECT_GE(tried, 8);
}

TEST_F(LanguageGuideTest, TheFieldsAreThoseOfTheFieldTable) {
  std::set<std::string> documented;
  for (const Row& row : Table("| field | |")) {
    for (const std::string& name : CodeIn(row[0])) {
      ASSERT_THAT(name, ::testing::EndsWith(":"));
      documented.insert(name.substr(0, name.size() - 1));
    }
  }
  std::set<std::string> known = {"after", "before", "since", "until"};
  for (const schema::Field& field : schema::Fields()) {
    known.emplace(field.name);
    if (!field.alias.empty()) known.emplace(field.alias);
  }
  EXPECT_EQ(documented, known);
}

}  // namespace
}  // namespace broadsheet::query
