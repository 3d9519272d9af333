// SPDX-License-Identifier: GPL-3.0-or-later
// One document can be long enough to need a deadline of its own.
#include <gtest/gtest.h>

#include <cstdint>
#include <vector>

#include "engine/query/positions/token_matcher.h"
#include "engine/xapian/guard.h"
#include "tests/engine/query/token_letters.h"

namespace broadsheet::query {
namespace {

using letters::HashOf;
using letters::InFields;
using letters::kDefaultFields;
using letters::Near;
using letters::Phrase;
using schema::FieldId;
using storage::CodeKind;
using storage::MakeCode;

// A run whose words are "a b" so many times.
testing::PackedRun Monotonous(size_t times) {
  std::vector<uint32_t> run = {storage::FieldMark(FieldId::kBody)};
  for (size_t i = 0; i < times; ++i) {
    run.push_back(MakeCode(CodeKind::kWord, HashOf('a')));
    run.push_back(MakeCode(CodeKind::kWord, HashOf('b')));
  }
  return testing::PackedRun(run);
}

// Looks at the clock through CallControl, which counts the looks and cancels at one of them.
class CountedLooks {
 public:
  explicit CountedLooks(size_t cancel_at)
      : call_{.deadline = absl::InfiniteFuture(),
              .cancelled = [this, cancel_at] { return ++looks_ == cancel_at; }} {}
  base::Deadline& deadline() { return deadline_; }
  size_t looks() const { return looks_; }

 private:
  size_t looks_ = 0;
  base::CallControl call_;
  base::Deadline deadline_{call_};
};

// What no search by trying combinations would survive: 8 sides, a million places for each.
TEST(MatcherDeadlineTest, StopsInTheMiddleOfOneDocument) {
  const testing::PackedRun run = Monotonous(1'000'000);
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
    EXPECT_THROW(matcher.Matches(run), base::DeadlineError);
    EXPECT_EQ(looks.looks(), 10U);
  }
}

TEST(MatcherDeadlineTest, FindStopsToo) {
  CountedLooks looks(10);
  TokenMatcher matcher(Near(std::vector<std::vector<PhrasePattern>>(8, {Phrase("a")}), 100),
                       &looks.deadline());
  EXPECT_THROW(matcher.Find(Monotonous(200'000)), base::DeadlineError);
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

}  // namespace
}  // namespace broadsheet::query
