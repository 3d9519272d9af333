// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/syntax/loosen_any.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "engine/query/syntax/parser.h"
#include "engine/query/syntax/tree_text.h"
#include "tests/testing/status_matchers.h"

namespace broadsheet::query {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class LoosenAnyTest : public ::testing::Test {
 protected:
  Node TreeOf(const std::string& query, WordForm usual = WordForm::kPlain) {
    const absl::StatusOr<ParsedQuery> parsed = Parse(query, Limits(), MatchMode::kAny);
    EXPECT_THAT(parsed, testing::IsOk());
    Node root = parsed.ok() ? parsed->root : Node();
    LoosenAnyWords(analyzer_, {"en"}, usual, &root);
    return root;
  }
  std::string Loosened(const std::string& query) { return ToString(TreeOf(query)); }

  text::Analyzer analyzer_;
};

TEST_F(LoosenAnyTest, StopWordsAreLeftOutUnlessThereAreNoOthers) {
  EXPECT_EQ(Loosened("the ferry of the strike"), "ferry OR strike");
  EXPECT_EQ(Loosened("to be or not to be"), "to OR be OR or OR not");
  EXPECT_EQ(Loosened("the"), "the");
}

TEST_F(LoosenAnyTest, RepeatsBecomeOneWordThatKnowsItsPlaces) {
  const Node root = TreeOf("ferry strike ferry bridge ferry");
  EXPECT_EQ(ToString(root), "ferry OR strike OR bridge");
  EXPECT_EQ(root.children[0].span.begin, 0U);
  EXPECT_THAT(root.children[0].again, ElementsAre(13, 26));
  EXPECT_THAT(root.children[1].again, IsEmpty());
}

// Bug: a sentence that starts or ends with a word made another word of it.
TEST_F(LoosenAnyTest, CaseAndPunctuationMakeNoOtherWordUnlessTheyDoInTheIndex) {
  EXPECT_EQ(Loosened("Strike, ferry. Strike. Ferry!"), "Strike, OR ferry.");
  EXPECT_EQ(Loosened("US strike us strike U.S."), "US OR strike OR us");
  EXPECT_EQ(Loosened("Ferry strike FERRY ferry"), "Ferry OR strike");
  EXPECT_EQ(Loosened("café ferry Café cafe"), "café OR ferry OR cafe");
  EXPECT_EQ(Loosened("talk talks"), "talk OR talks") << "forms are words of their own";
}

// Bug: under the profile `exact` each repeat counted as another word.
TEST_F(LoosenAnyTest, RepeatsBecomeOneWordWhereWordsAreTakenAsTyped) {
  absl::StatusOr<ParsedQuery> parsed = Parse("ferry strike ferry", Limits(), MatchMode::kAny);
  ASSERT_THAT(parsed, testing::IsOk());
  for (Node& word : parsed->root.children) word.form = WordForm::kExact;
  LoosenAnyWords(analyzer_, {"en"}, WordForm::kExact, &parsed->root);
  EXPECT_EQ(ToString(parsed->root), "=ferry OR =strike");
  EXPECT_THAT(parsed->root.children[0].again, ElementsAre(13));
}

TEST_F(LoosenAnyTest, WordsOfOtherKindsAreNoRepeats) {
  EXPECT_EQ(Loosened("ferry =ferry ferry* headline:ferry \"ferry\""),
            "ferry OR =ferry OR ferry* OR headline:ferry OR \"ferry\"");
  EXPECT_EQ(Loosened("headline:ferry headline:ferry"), "headline:ferry OR headline:ferry");
}

TEST_F(LoosenAnyTest, PartsOfACompoundAreWords) {
  EXPECT_EQ(Loosened("ferry-strike talks"), "ferrystrike OR ferry OR strike OR talks");
  EXPECT_EQ(Loosened("ferry-strike strike"), "ferrystrike OR ferry OR strike");
}

// Bug: of a text with parentheses, the words in them counted by themselves.
TEST_F(LoosenAnyTest, ParenthesesWithinAnOrMakeNoDifference) {
  EXPECT_EQ(Loosened("ferry (the strike (bridge ferry)) strike"), "ferry OR strike OR bridge");
  EXPECT_EQ(Loosened("ferry (of the)"), "ferry");
}

TEST_F(LoosenAnyTest, WhatNarrowsStays) {
  EXPECT_EQ(Loosened("the ferry ferry -the date:2024"), "(ferry) AND NOT the AND date:2024");
  EXPECT_EQ(Loosened("ferry strike -\"of the\""), "(ferry OR strike) AND NOT \"of the\"");
  EXPECT_EQ(Loosened("(ferry the) AND strike"), "(ferry) AND strike");
}

}  // namespace
}  // namespace broadsheet::query
