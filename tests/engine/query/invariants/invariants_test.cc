// SPDX-License-Identifier: GPL-3.0-or-later
// Random questions to a random newspaper, in base and live: what holds of every answer holds of
// theirs. A question that breaks an invariant is shown with the smallest one that does, too.
//
// BROADSHEET_INVARIANT_QUERIES sets how many questions (default 2,000; scripts/test-long: 50,000),
// BROADSHEET_INVARIANT_SEED the seed. Every 2,000 questions are put to an edition of their own,
// whose seed a failure prints: set it to ask just these again.
#include <gtest/gtest.h>

#include <algorithm>
#include <iostream>
#include <map>
#include <set>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "engine/schema/error.h"
#include "tests/engine/query/invariants/author.h"
#include "tests/engine/query/invariants/edition.h"
#include "tests/engine/query/invariants/invariants.h"
#include "tests/engine/query/invariants/smallest.h"
#include "tests/testing/from_environment.h"

namespace broadsheet::query::invariants {
namespace {

constexpr uint32_t kQuestionsOfAnEdition = 2000;
// Each invariant is tried with one question in so many: most of them ask several more.
constexpr size_t kOneIn = 8;

std::vector<Invariant> AllInvariants() {
  std::vector<Invariant> all = AnswerInvariants();
  for (const auto* more : {&SetInvariants(), &VariantInvariants()}) {
    all.insert(all.end(), more->begin(), more->end());
  }
  return all;
}

// Too many words are an answer as well: a question that is made of others may have them.
bool IsTooComplex(const absl::Status& refusal) {
  return schema::ErrorReason(refusal) == "QUERY_TOO_COMPLEX";
}

// Nothing is said of a question that is refused.
Verdict Check(const Invariant& invariant, Reader& reader, const Question& question) {
  reader.All(question);
  if (!reader.TakeRefusal().ok()) return std::nullopt;
  Verdict verdict = invariant.check(reader, question);
  const absl::Status refusal = reader.TakeRefusal();
  if (IsTooComplex(refusal)) return std::nullopt;
  if (!refusal.ok()) return "refused: " + refusal.ToString();
  return verdict;
}

std::string Report(const Invariant& invariant, Reader& reader, const Question& question) {
  const auto breaks = [&](const Question& smaller) {
    reader.Forget();
    return !Check(invariant, reader, smaller).value_or("").empty();
  };
  const Question smallest = Smallest(question, breaks);
  reader.Forget();
  return std::string(invariant.name) + "\n  the question: " + Described(question) +
         "\n  the smallest: " + Described(smallest) +
         "\n  what is wrong: " + Check(invariant, reader, smallest).value_or("");
}

class InvariantsTest : public ::testing::Test {
 protected:
  static constexpr uint32_t kSeed = 20240619;

  void SetUp() override {
    seed_ = testing::FromEnvironment("BROADSHEET_INVARIANT_SEED", kSeed);
    questions_ = testing::FromEnvironment("BROADSHEET_INVARIANT_QUERIES", 2000);
    std::cout << "BROADSHEET_INVARIANT_SEED=" << seed_ << ", " << questions_ << " questions\n";
  }

  void AskAnEdition(uint32_t seed, uint32_t questions) {
    Edition edition(seed);
    Reader reader(edition);
    Author author(edition.visible(), seed);
    Chance chance(seed);
    for (uint32_t i = 0; i < questions; ++i) {
      const Question question = author.Ask();
      SCOPED_TRACE("question " + std::to_string(i) +
                   " of BROADSHEET_INVARIANT_SEED=" + std::to_string(seed));
      CheckAll(reader, question, chance);
      const int hits = reader.All(question).hits_size();
      refused_ += reader.TakeRefusal().ok() ? 0 : 1;
      with_hits_ += hits > 0 ? 1 : 0;
      with_many_hits_ += hits > 100 ? 1 : 0;
      reader.Forget();
    }
  }

  // Each broken invariant is reported once.
  void CheckAll(Reader& reader, const Question& question, Chance& chance) {
    for (const Invariant& invariant : invariants_) {
      if (!chance.OneIn(kOneIn) || broken_.contains(invariant.name)) continue;
      const Verdict verdict = Check(invariant, reader, question);
      applied_[invariant.name] += verdict ? 1 : 0;
      if (verdict.value_or("").empty()) continue;
      ADD_FAILURE() << Report(invariant, reader, question);
      broken_.insert(invariant.name);
    }
  }

  const std::vector<Invariant> invariants_ = AllInvariants();
  uint32_t seed_ = 0;
  uint32_t questions_ = 0;
  std::map<std::string_view, uint32_t> applied_;
  std::set<std::string_view> broken_;
  uint32_t refused_ = 0;
  uint32_t with_hits_ = 0;
  uint32_t with_many_hits_ = 0;
};

TEST_F(InvariantsTest, HoldOfEveryAnswer) {
  for (uint32_t asked = 0; asked < questions_; asked += kQuestionsOfAnEdition) {
    AskAnEdition(seed_ + asked / kQuestionsOfAnEdition,
                 std::min(kQuestionsOfAnEdition, questions_ - asked));
  }
  if (HasFailure()) return;
  // None of it is trivial.
  EXPECT_LT(refused_, questions_ / 50);
  EXPECT_GT(with_hits_, questions_ / 2);
  EXPECT_GT(with_many_hits_, questions_ / 50);
  for (const Invariant& invariant : invariants_) {
    EXPECT_GT(applied_[invariant.name], questions_ / 250) << invariant.name;
  }
}

}  // namespace
}  // namespace broadsheet::query::invariants
