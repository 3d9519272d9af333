// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/compile/telling_words.h"

#include <string>
#include <vector>

#include "engine/query/syntax/loosen_any.h"
#include "engine/query/syntax/tree_text.h"
#include "tests/engine/query/compile_fixture.h"

namespace broadsheet::query {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

// Ten articles. "council" is in each of them, "budget" in half of them, and each of many words in
// one.
class TellingWordsTest : public CompileFixture {
 protected:
  void SetUp() override {
    for (int i = 0; i < 10; ++i) {
      Add("n" + std::to_string(i),
          {.headline = i < 5 ? "Council budget" : "Council", .body = i == 9 ? Rare(200) : ""});
    }
    OpenSnapshot();
  }

  // Words of letters only, which no stemmer changes.
  static std::string RareWord(int i) {
    return {'k', static_cast<char>('a' + i / 26), 'z', static_cast<char>('a' + i % 26), 'q'};
  }
  static std::string Rare(int count) {
    std::string words;
    for (int i = 0; i < count; ++i) words += RareWord(i) + " ";
    return words;
  }

  // The tree that is searched for; `had_` is what KeepTellingWords returned.
  Node Shortened(const std::string& query) {
    const absl::StatusOr<ParsedQuery> parsed = Parse(query, limits_.ForAnyWord(), MatchMode::kAny);
    EXPECT_THAT(parsed, testing::IsOk());
    Node root = parsed.ok() ? parsed->root : Node();
    LoosenAnyWords(analyzer_, {"en"}, WordForm::kPlain, &root);
    had_ = KeepTellingWords(Input(), &root);
    return root;
  }
  std::string Kept(const std::string& query) { return ToString(Shortened(query)); }
  // The same words as KeepTellingWords leaves of a query that is short enough.
  static constexpr int kMost = static_cast<int>(kTellingWords);

  size_t had_ = 0;
};

TEST_F(TellingWordsTest, AQueryThatIsShortEnoughStaysAsItIs) {
  EXPECT_EQ(Shortened(Rare(kMost)).children.size(), kTellingWords);
  EXPECT_EQ(had_, 0U);
  EXPECT_EQ(Kept("council budget"), "council OR budget");
  EXPECT_EQ(Kept("council"), "council");
  EXPECT_EQ(had_, 0U);
}

TEST_F(TellingWordsTest, OfALongOneThoseThatTellMostStayInTheirOrder) {
  const Node root = Shortened("council budget unheard " + Rare(kMost));
  EXPECT_EQ(had_, kTellingWords + 3);
  ASSERT_EQ(root.children.size(), kTellingWords);
  for (int i = 0; i < kMost; ++i)
    EXPECT_EQ(root.children[static_cast<size_t>(i)].text, RareWord(i));
}

TEST_F(TellingWordsTest, WordsThatNoArticleHasGoFirstAndThenFrequentOnes) {
  const std::string query = "council unheard budget ";
  EXPECT_THAT(Kept(query + Rare(kMost - 2)), Not(HasSubstr("unheard")));
  EXPECT_THAT(Kept(query + Rare(kMost - 2)), HasSubstr("council OR budget OR "));
  EXPECT_EQ(had_, kTellingWords + 1);
  EXPECT_THAT(Kept(query + Rare(kMost - 1)), ::testing::StartsWith("budget OR "));
}

TEST_F(TellingWordsTest, OfEqualWordsTheFirstStay) {
  const std::string kept = Kept(Rare(kMost + 40));
  EXPECT_THAT(kept, HasSubstr(RareWord(kMost - 1)));
  EXPECT_THAT(kept, Not(HasSubstr(RareWord(kMost))));
}

TEST_F(TellingWordsTest, RepeatedWordsCountMore) {
  const std::string last = RareWord(kMost + 30);
  EXPECT_THAT(Kept(Rare(kMost + 40)), Not(HasSubstr(last)));
  EXPECT_THAT(Kept(Rare(kMost + 40) + last), HasSubstr(last));
  EXPECT_EQ(had_, kTellingWords + 40) << "a repeat is no other word";
}

TEST_F(TellingWordsTest, PartsThatAreNoWordsOfTheDefaultSearchStay) {
  const std::string parts = "\"council budget\" headline:council unhea* tag:x";
  const std::string kept = Kept(parts + " council " + Rare(kMost));
  EXPECT_THAT(
      kept, ::testing::StartsWith(
                "\"council budget\" OR headline:council OR unhea* OR tag:\"x\" OR " + RareWord(0)));
  EXPECT_EQ(had_, kTellingWords + 1);
}

// Bug: of a long text with a date or a negation every word was searched for.
TEST_F(TellingWordsTest, WhatNarrowsAQueryStays) {
  const Node root = Shortened("council " + Rare(kMost) + "-budget date:2024");
  EXPECT_EQ(had_, kTellingWords + 1);
  ASSERT_EQ(root.children.size(), 3U);
  EXPECT_EQ(root.children[0].children.size(), kTellingWords);
  EXPECT_THAT(ToString(root), ::testing::EndsWith(") AND NOT budget AND date:2024"));
  EXPECT_EQ(Shortened("tag:x AND (council " + Rare(kMost) + ")").children[1].children.size(),
            kTellingWords);
}

TEST_F(TellingWordsTest, WordsThatMustAllMatchStay) {
  Shortened("council AND (budget " + Rare(kMost) + ")");
  EXPECT_EQ(had_, 0U);
}

}  // namespace
}  // namespace broadsheet::query
