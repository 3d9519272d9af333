// SPDX-License-Identifier: GPL-3.0-or-later
// Random patterns over random runs, sound and damaged: the matcher finds what trying every
// combination finds. Over whole articles and queries: token_property_test.cc.
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <random>
#include <vector>

#include "engine/query/positions/token_matcher.h"
#include "tests/engine/query/token_letters.h"

namespace broadsheet::query {
namespace {

using letters::HashOf;
using schema::FieldId;
using storage::CodeKind;
using storage::MakeCode;

// The other side: positions spelled out, and every combination tried.
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

testing::PackedRun Encode(const std::vector<PlainStretch>& article) {
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
  return testing::PackedRun(run);
}

TEST(TokenMatcherPropertyTest, AgreesWithTryingEveryCombination) {
  RandomCases cases(20240619);
  int matched = 0;
  for (int i = 0; i < 20000; ++i) {
    const TokenConstraint constraint = cases.Constraint();
    const std::vector<PlainStretch> article = cases.Article();
    const bool expected = BruteForce(constraint, article);
    TokenMatcher matcher(constraint);
    const testing::PackedRun run = Encode(article);
    ASSERT_EQ(matcher.Matches(run), expected) << "case " << i;
    ASSERT_EQ(!matcher.Find(run).empty(), expected) << "case " << i;
    matched += expected ? 1 : 0;
  }
  // Neither side is trivially true or false.
  EXPECT_GT(matched, 2000);
  EXPECT_LT(matched, 18000);
}

// Codes that no build writes: whatever a damaged file holds must be safe to read, which the
// sanitizers of scripts/test see to.
TEST(DamagedRunTest, IsReadWithinItsBounds) {
  RandomCases cases(7);
  std::vector<uint32_t> letters;
  for (int i = 0; i < 4; ++i) letters.push_back(MakeCode(CodeKind::kWord, cases.Letter()));
  const storage::WordTable table(letters);
  // Every kind of code, those at the borders, and what stands for no word of the table.
  const std::vector<uint32_t> borders = {0,      1,      31,     32,     33,     34,     64,
                                         1087,   1088,   1089,   1091,   1092,   0xebff, 0xec00,
                                         0xec01, 0xec05, 0xf3ff, 0xf400, 0xf401, 0xffff};
  for (int i = 0; i < 5000; ++i) {
    std::vector<storage::RunCode> codes(cases.Below(40));
    for (storage::RunCode& code : codes) {
      const auto any = static_cast<uint32_t>(borders.size());
      code = static_cast<storage::RunCode>(cases.Below(3) == 0 ? cases.Below(1U << 16)
                                                               : borders[cases.Below(any)]);
    }
    std::vector<uint32_t> rare(cases.Below(8));
    for (uint32_t& code : rare) {
      code = MakeCode(static_cast<CodeKind>(cases.Below(4)), cases.Letter());
    }
    const storage::TokenRun run{.codes = codes, .rare = rare, .table = &table};
    TokenConstraint constraint = cases.Constraint();
    constraint.fields = ~FieldMask{0};
    constraint.unit = static_cast<NearUnit>(cases.Below(3));
    TokenMatcher matcher(constraint);
    const auto words =
        static_cast<size_t>(std::count_if(codes.begin(), codes.end(), storage::StartsWord));
    const std::vector<Occurrence> found = matcher.Find(run);
    ASSERT_EQ(matcher.Matches(run), !found.empty()) << "case " << i;
    for (const Occurrence& one : found) ASSERT_LT(one.last, words) << "case " << i;
  }
}

}  // namespace
}  // namespace broadsheet::query
