// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/positions/token_matcher.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "tests/engine/query/token_letters.h"

namespace broadsheet::query {
namespace {

using letters::InFields;
using letters::kDefaultFields;
using letters::Near;
using letters::Phrase;
using letters::RunOf;
using schema::FieldId;

bool Matches(const TokenConstraint& constraint, const std::string& run) {
  TokenMatcher matcher(constraint);
  return matcher.Matches(RunOf(run));
}
bool PhraseMatches(const std::string& phrase, const std::string& run, uint32_t slop = 0) {
  return Matches(InFields(kDefaultFields, Phrase(phrase, slop)), run);
}

TEST(PhraseTest, WantsItsWordsSideBySideInOrder) {
  EXPECT_TRUE(PhraseMatches("a b", "H: x a b y"));
  EXPECT_TRUE(PhraseMatches("a b", "H: a a b"));
  EXPECT_FALSE(PhraseMatches("a b", "H: b a"));
  EXPECT_FALSE(PhraseMatches("a b", "H: a x b"));
  EXPECT_FALSE(PhraseMatches("a b", ""));
}

TEST(PhraseTest, NeverCrossesFromOneCaptionToTheNext) {
  EXPECT_FALSE(PhraseMatches("a b", "C: x a C: b y"));
  EXPECT_FALSE(PhraseMatches("a b", "H: a B: b", 5));
  EXPECT_TRUE(PhraseMatches("a b", "C: x a C: a b"));
}

TEST(PhraseTest, CrossesSentences) { EXPECT_TRUE(PhraseMatches("a b", "B: x a . b y")); }

TEST(PhraseTest, LooksOnlyInItsFields) {
  EXPECT_FALSE(PhraseMatches("a b", "R: a b"));
  EXPECT_FALSE(Matches(InFields(MaskOf(FieldId::kBody), Phrase("a b")), "H: a b B: b a"));
  EXPECT_TRUE(Matches(InFields(MaskOf(FieldId::kBody), Phrase("a b")), "H: x B: a b"));
}

TEST(PhraseTest, TakesAnyTermOfAWordAndAlternativesInTheText) {
  EXPECT_TRUE(PhraseMatches("a|c b|d", "H: c d"));
  EXPECT_TRUE(PhraseMatches("d b", "H: a/d b"));
  EXPECT_TRUE(PhraseMatches("a b", "H: a/d b"));
  EXPECT_FALSE(PhraseMatches("a d", "H: a/d b"));
}

TEST(PhraseTest, ExactWordsCompareTheFormThatWasWritten) {
  EXPECT_TRUE(PhraseMatches("=a b", "H: a b"));
  EXPECT_FALSE(PhraseMatches("=a b", "H: a=x b"));
  EXPECT_TRUE(PhraseMatches("=x b", "H: a=x b"));
  EXPECT_TRUE(PhraseMatches("=d", "H: a=x/d b"));
}

TEST(SlopTest, AllowsSoManyFurtherWordsInAll) {
  EXPECT_TRUE(PhraseMatches("a b c", "H: a x b y c", 2));
  EXPECT_FALSE(PhraseMatches("a b c", "H: a x b y z c", 2));
  EXPECT_FALSE(PhraseMatches("a b", "H: b a", 5));
}

TEST(NearTest, CountsTheWordsBetween) {
  const auto near = [](uint32_t distance) {
    return Near({{Phrase("a")}, {Phrase("b")}}, distance);
  };
  EXPECT_TRUE(Matches(near(1), "H: b a"));
  EXPECT_FALSE(Matches(near(1), "H: b x a"));
  EXPECT_TRUE(Matches(near(3), "H: a x y b"));
  EXPECT_FALSE(Matches(near(3), "H: a x y z b"));
}

TEST(NearTest, WantsTwoPlacesForTheSameWordTwice) {
  const TokenConstraint twice = Near({{Phrase("a")}, {Phrase("a")}}, 3);
  EXPECT_FALSE(Matches(twice, "H: a x"));
  EXPECT_TRUE(Matches(twice, "H: a x a"));
}

TEST(NearTest, TakesGroupsAndPhrases) {
  const TokenConstraint groups = Near({{Phrase("a b"), Phrase("c")}, {Phrase("d")}}, 2);
  EXPECT_TRUE(Matches(groups, "H: d x a b"));
  EXPECT_TRUE(Matches(groups, "H: c x d"));
  EXPECT_FALSE(Matches(groups, "H: a x b d"));
}

TEST(NearTest, AdjKeepsTheOrderWritten) {
  const TokenConstraint ordered = Near({{Phrase("a")}, {Phrase("b")}, {Phrase("c")}}, 3, true);
  EXPECT_TRUE(Matches(ordered, "H: a x b c"));
  EXPECT_FALSE(Matches(ordered, "H: b a c"));
  EXPECT_TRUE(Matches(ordered, "H: b a x b c"));
}

TokenConstraint NearIn(NearUnit unit, std::vector<std::vector<PhrasePattern>> operands,
                       bool ordered = false) {
  TokenConstraint constraint = Near(std::move(operands), 0, ordered);
  constraint.unit = unit;
  return constraint;
}

TEST(NearTest, OneSentenceHoldsAllOperandsHoweverFarApart) {
  const TokenConstraint near = NearIn(NearUnit::kSentence, {{Phrase("a")}, {Phrase("b")}});
  EXPECT_TRUE(Matches(near, "B: x . b x x x x x x x x x x x x a . x"));
  EXPECT_FALSE(Matches(near, "B: x a . b c/d"));
  EXPECT_FALSE(Matches(near, "B: a .. b"));
  EXPECT_FALSE(Matches(near, "C: a C: b"));
  EXPECT_FALSE(Matches(near, "R: a b"));
}

TEST(NearTest, OneParagraphGoesOverSentences) {
  const TokenConstraint near = NearIn(NearUnit::kParagraph, {{Phrase("a")}, {Phrase("b")}});
  EXPECT_TRUE(Matches(near, "B: x .. a . x . b"));
  EXPECT_FALSE(Matches(near, "B: a . x .. b"));
}

TEST(NearTest, APhraseThatRunsOverAFullStopIsInNoSentence) {
  const auto near = [](NearUnit unit) { return NearIn(unit, {{Phrase("a b", 2)}, {Phrase("c")}}); };
  EXPECT_TRUE(Matches(near(NearUnit::kSentence), "B: . a x b c"));
  EXPECT_FALSE(Matches(near(NearUnit::kSentence), "B: c a . b c"));
  EXPECT_TRUE(Matches(near(NearUnit::kParagraph), "B: c a . b c"));
}

TEST(NearTest, AdjInASentenceKeepsTheOrder) {
  const TokenConstraint adj = NearIn(NearUnit::kSentence, {{Phrase("a")}, {Phrase("b")}}, true);
  EXPECT_TRUE(Matches(adj, "B: b . b a x b"));
  EXPECT_FALSE(Matches(adj, "B: b a . b"));
}

TEST(FindTest, GivesEveryPlaceThatTakesPartAndNoOther) {
  TokenMatcher near(Near({{Phrase("a")}, {Phrase("b")}}, 3));
  EXPECT_EQ(near.Find(RunOf("B: a x x a a b x x x b")),
            (std::vector<Occurrence>{{3, 3}, {4, 4}, {5, 5}}));
  TokenMatcher adj(Near({{Phrase("a")}, {Phrase("c")}, {Phrase("b")}}, 3, true));
  EXPECT_EQ(adj.Find(RunOf("B: c a b c b")), (std::vector<Occurrence>{{1, 1}, {3, 3}, {4, 4}}));
}

TEST(FindTest, GivesPhrasesWholeAndOperandsOfNearApart) {
  TokenMatcher phrase(InFields(kDefaultFields, Phrase("a b")));
  EXPECT_EQ(phrase.Find(RunOf("H: x a b B: a b")), (std::vector<Occurrence>{{1, 2}, {3, 4}}));
  TokenMatcher near(Near({{Phrase("a b")}, {Phrase("c")}}, 3));
  EXPECT_EQ(near.Find(RunOf("H: x x c x a b")), (std::vector<Occurrence>{{2, 2}, {4, 5}}));
}

}  // namespace
}  // namespace broadsheet::query
