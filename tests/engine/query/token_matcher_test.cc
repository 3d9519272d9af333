// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/token_matcher.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <map>
#include <random>
#include <sstream>
#include <string>
#include <vector>

#include "engine/storage/guard.h"

namespace broadsheet::query {
namespace {

using schema::FieldId;
using storage::CodeKind;
using storage::MakeCode;

// Runs and patterns in letters: "H:a b=B c/d . e" is a headline of four words, b with the exact
// form B, c with the alternative d, and a sentence that starts before e.
uint32_t HashOf(char letter) { return static_cast<uint32_t>(letter) * 1000; }

const std::map<char, FieldId> kFields = {{'H', FieldId::kHeadline},
                                         {'B', FieldId::kBody},
                                         {'C', FieldId::kCaption},
                                         {'R', FieldId::kCredit}};

std::vector<uint32_t> RunOf(const std::string& text) {
  std::vector<uint32_t> run;
  std::istringstream words(text);
  for (std::string word; words >> word;) {
    if (word.size() == 2 && word[1] == ':') {
      run.push_back(storage::FieldMark(kFields.at(word[0])));
    } else if (word == "." || word == "..") {
      run.push_back(storage::BreakMark(word == "." ? storage::MarkKind::kSentence
                                                   : storage::MarkKind::kParagraph));
    } else {
      run.push_back(MakeCode(CodeKind::kWord, HashOf(word[0])));
      for (size_t i = 1; i + 1 < word.size(); i += 2) {
        const CodeKind kind = word[i] == '=' ? CodeKind::kExact : CodeKind::kAlternative;
        run.push_back(MakeCode(kind, HashOf(word[i + 1])));
      }
    }
  }
  return run;
}

// "a|b =C" is two words: a or b, then the exact form C.
PhrasePattern Phrase(const std::string& text, uint32_t slop = 0) {
  PhrasePattern phrase{.words = {}, .slop = slop};
  std::istringstream words(text);
  for (std::string word; words >> word;) {
    WordPattern pattern;
    if (word[0] == '=') {
      pattern.exact.push_back(HashOf(word[1]));
    } else {
      for (size_t i = 0; i < word.size(); i += 2) pattern.terms.push_back(HashOf(word[i]));
    }
    phrase.words.push_back(std::move(pattern));
  }
  return phrase;
}

constexpr FieldMask kDefaultFields =
    MaskOf(FieldId::kHeadline) | MaskOf(FieldId::kBody) | MaskOf(FieldId::kCaption);

TokenConstraint InFields(FieldMask fields, PhrasePattern phrase) {
  return {.fields = fields, .operands = {{std::move(phrase)}}};
}

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

TokenConstraint Near(std::vector<std::vector<PhrasePattern>> operands, uint32_t distance,
                     bool ordered = false) {
  return {.fields = kDefaultFields,
          .operands = std::move(operands),
          .distance = distance,
          .ordered = ordered};
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

// The property test's other side: positions spelled out, and every combination tried.
struct PlainPosition {
  uint32_t term = 0;
  uint32_t term_exact = 0;
  std::vector<uint32_t> alternatives;
  bool Accepts(const WordPattern& word) const {
    const auto has = [](const std::vector<uint32_t>& all, uint32_t one) {
      return std::find(all.begin(), all.end(), one) != all.end();
    };
    if (has(word.terms, term) || has(word.exact, term_exact)) return true;
    return std::any_of(alternatives.begin(), alternatives.end(), [&](uint32_t alternative) {
      return has(word.terms, alternative) || has(word.exact, alternative);
    });
  }
};
struct PlainStretch {
  FieldId field;
  std::vector<PlainPosition> positions;
};
struct PlainSpan {
  size_t first;
  size_t last;
  size_t words;
};

bool Within(const std::vector<PlainSpan>& spans, uint32_t distance, bool ordered) {
  size_t first = SIZE_MAX;
  size_t last = 0;
  size_t words = 0;
  for (size_t i = 0; i < spans.size(); ++i) {
    first = std::min(first, spans[i].first);
    last = std::max(last, spans[i].last);
    words += spans[i].words;
    for (size_t j = 0; j < i; ++j) {
      if (spans[i].first <= spans[j].last && spans[j].first <= spans[i].last) return false;
      if (ordered && spans[i].first < spans[j].first) return false;
    }
  }
  return last - first + 1 - words < distance;
}

void AllSpans(const PlainStretch& stretch, const PhrasePattern& phrase, size_t word, size_t first,
              size_t last, std::vector<PlainSpan>* spans) {
  if (word == phrase.words.size()) {
    if (last - first + 1 - word <= phrase.slop) spans->push_back({first, last, word});
    return;
  }
  for (size_t p = word == 0 ? 0 : last + 1; p < stretch.positions.size(); ++p) {
    if (!stretch.positions[p].Accepts(phrase.words[word])) continue;
    AllSpans(stretch, phrase, word + 1, word == 0 ? p : first, p, spans);
  }
}

bool BruteForce(const TokenConstraint& constraint, const std::vector<PlainStretch>& article) {
  for (const PlainStretch& stretch : article) {
    if ((MaskOf(stretch.field) & constraint.fields) == 0) continue;
    std::vector<std::vector<PlainSpan>> spans(constraint.operands.size());
    for (size_t i = 0; i < spans.size(); ++i) {
      for (const PhrasePattern& phrase : constraint.operands[i]) {
        AllSpans(stretch, phrase, 0, 0, 0, &spans[i]);
      }
    }
    std::vector<PlainSpan> chosen;
    const std::function<bool(size_t)> choose = [&](size_t operand) {
      if (operand == spans.size()) {
        return spans.size() == 1 || Within(chosen, constraint.distance, constraint.ordered);
      }
      return std::any_of(spans[operand].begin(), spans[operand].end(), [&](const PlainSpan& span) {
        chosen.push_back(span);
        const bool matched = choose(operand + 1);
        chosen.pop_back();
        return matched;
      });
    };
    if (choose(0)) return true;
  }
  return false;
}

class RandomCases {
 public:
  explicit RandomCases(uint32_t seed) : random_(seed) {}

  uint32_t Below(uint32_t n) { return std::uniform_int_distribution<uint32_t>(0, n - 1)(random_); }
  uint32_t Letter() { return HashOf(static_cast<char>('a' + Below(4))); }

  std::vector<PlainStretch> Article() {
    std::vector<PlainStretch> article(1 + Below(3));
    for (PlainStretch& stretch : article) {
      stretch.field = Below(2) == 0 ? FieldId::kBody : FieldId::kCaption;
      stretch.positions.resize(Below(7));
      for (PlainPosition& position : stretch.positions) {
        position.term = Letter();
        position.term_exact = Below(3) == 0 ? Letter() : position.term;
        if (Below(5) == 0) position.alternatives.push_back(Letter());
      }
    }
    return article;
  }

  PhrasePattern Phrase() {
    PhrasePattern phrase{.words = std::vector<WordPattern>(1 + Below(3)), .slop = Below(3)};
    for (WordPattern& word : phrase.words) {
      (Below(5) == 0 ? word.exact : word.terms).push_back(Letter());
      if (Below(4) == 0) word.terms.push_back(Letter());
    }
    return phrase;
  }

  TokenConstraint Constraint() {
    TokenConstraint constraint{
        .fields = MaskOf(FieldId::kBody), .distance = 1 + Below(4), .ordered = Below(2) == 0};
    if (Below(2) == 0) constraint.fields |= MaskOf(FieldId::kCaption);
    constraint.operands.resize(Below(2) == 0 ? 1 : 2 + Below(2));
    for (auto& operand : constraint.operands) {
      for (uint32_t i = 0; i < 1 + Below(2); ++i) operand.push_back(Phrase());
    }
    return constraint;
  }

 private:
  std::mt19937 random_;
};

std::vector<uint32_t> Encode(const std::vector<PlainStretch>& article) {
  std::vector<uint32_t> run;
  for (const PlainStretch& stretch : article) {
    run.push_back(storage::FieldMark(stretch.field));
    for (const PlainPosition& position : stretch.positions) {
      run.push_back(MakeCode(CodeKind::kWord, position.term));
      if (position.term_exact != position.term) {
        run.push_back(MakeCode(CodeKind::kExact, position.term_exact));
      }
      for (const uint32_t alternative : position.alternatives) {
        run.push_back(MakeCode(CodeKind::kAlternative, alternative));
      }
    }
  }
  return run;
}

TEST(TokenMatcherPropertyTest, AgreesWithTryingEveryCombination) {
  RandomCases cases(20240619);
  int matched = 0;
  for (int i = 0; i < 20000; ++i) {
    const TokenConstraint constraint = cases.Constraint();
    const std::vector<PlainStretch> article = cases.Article();
    const bool expected = BruteForce(constraint, article);
    TokenMatcher matcher(constraint);
    const std::vector<uint32_t> run = Encode(article);
    ASSERT_EQ(matcher.Matches(run), expected) << "case " << i;
    ASSERT_EQ(!matcher.Find(run).empty(), expected) << "case " << i;
    matched += expected ? 1 : 0;
  }
  // Neither side is trivially true or false.
  EXPECT_GT(matched, 2000);
  EXPECT_LT(matched, 18000);
}

// A run whose words are "a b" so many times.
std::vector<uint32_t> Monotonous(size_t times) {
  std::vector<uint32_t> run = {storage::FieldMark(FieldId::kBody)};
  for (size_t i = 0; i < times; ++i) {
    run.push_back(MakeCode(CodeKind::kWord, HashOf('a')));
    run.push_back(MakeCode(CodeKind::kWord, HashOf('b')));
  }
  return run;
}

// Looks at the clock through CallControl, which counts the looks and cancels at one of them.
class CountedLooks {
 public:
  explicit CountedLooks(size_t cancel_at)
      : call_{.deadline = absl::InfiniteFuture(),
              .cancelled = [this, cancel_at] { return ++looks_ == cancel_at; }} {}
  Deadline& deadline() { return deadline_; }
  size_t looks() const { return looks_; }

 private:
  size_t looks_ = 0;
  CallControl call_;
  Deadline deadline_{call_};
};

// What no search by trying combinations would survive: 8 sides, a million places for each.
TEST(MatcherDeadlineTest, StopsInTheMiddleOfOneDocument) {
  const std::vector<uint32_t> run = Monotonous(1'000'000);
  const std::vector<std::vector<PhrasePattern>> eight(8, {Phrase("a")});
  const std::vector<TokenConstraint> hopeless = {
      Near(eight, 1),                                              // never side by side
      Near(eight, 1, true),                                        // nor in order
      InFields(kDefaultFields, Phrase("a b a b a b a b a a", 0)),  // nearly, everywhere
      InFields(kDefaultFields, Phrase("a a a a a a a a a a c|b|b|a", 5)),
      Near({{Phrase("a a", 5)}, {Phrase("b b b b", 2)}, {Phrase("a b", 9)}}, 1)};
  for (const TokenConstraint& constraint : hopeless) {
    CountedLooks looks(10);
    TokenMatcher matcher(constraint, &looks.deadline());
    EXPECT_THROW(matcher.Matches(run), storage::DeadlineError);
    EXPECT_EQ(looks.looks(), 10U);
  }
}

TEST(MatcherDeadlineTest, FindStopsToo) {
  CountedLooks looks(10);
  TokenMatcher matcher(Near(std::vector<std::vector<PhrasePattern>>(8, {Phrase("a")}), 100),
                       &looks.deadline());
  EXPECT_THROW(matcher.Find(Monotonous(200'000)), storage::DeadlineError);
}

// Work grows with the text, not with its square or worse: twice the text, about twice the looks.
TEST(MatcherDeadlineTest, NearIsLinearInTheText) {
  const auto looks_for = [](size_t times) {
    CountedLooks looks(0);
    TokenMatcher matcher(Near(std::vector<std::vector<PhrasePattern>>(8, {Phrase("a")}), 1),
                         &looks.deadline());
    EXPECT_FALSE(matcher.Matches(Monotonous(times)));
    return looks.looks();
  };
  const size_t once = looks_for(2'000);
  EXPECT_GT(once, 20U);
  EXPECT_LT(looks_for(4'000), 3 * once);
}

// Codes that no build writes: whatever a damaged file holds must be safe to read, which the
// sanitizers of scripts/test see to.
TEST(DamagedRunTest, IsReadWithinItsBounds) {
  RandomCases cases(7);
  for (int i = 0; i < 5000; ++i) {
    std::vector<uint32_t> run(cases.Below(40));
    for (uint32_t& code : run) {
      const uint32_t payload = cases.Below(3) == 0 ? cases.Below(1U << 30) : cases.Letter();
      code = MakeCode(static_cast<CodeKind>(cases.Below(4)), payload);
    }
    TokenConstraint constraint = cases.Constraint();
    constraint.fields = ~FieldMask{0};
    constraint.unit = static_cast<NearUnit>(cases.Below(3));
    TokenMatcher matcher(constraint);
    const auto words = static_cast<size_t>(std::count_if(run.begin(), run.end(), [](uint32_t code) {
      return storage::KindOf(code) == CodeKind::kWord;
    }));
    const std::vector<Occurrence> found = matcher.Find(run);
    ASSERT_EQ(matcher.Matches(run), !found.empty()) << "case " << i;
    for (const Occurrence& one : found) ASSERT_LT(one.last, words) << "case " << i;
  }
}

}  // namespace
}  // namespace broadsheet::query
