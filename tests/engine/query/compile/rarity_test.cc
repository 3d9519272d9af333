// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/compile/rarity.h"

#include <gtest/gtest.h>
#include <xapian.h>

#include <memory>
#include <string>
#include <vector>

#include "engine/query/match/polled_query.h"
#include "engine/storage/live/snapshot.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/test_index.h"

namespace broadsheet::query {
namespace {

constexpr int kManyWords = static_cast<int>(kMostUnpolledLists) + 8;

// Ten articles: "senat" is in all, "budget" in two, and each of many numbers in one.
class RarityTest : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string numbers;
    for (int i = 0; i < kManyWords; ++i) numbers += NumberWord(i) + " ";
    for (int i = 0; i < 10; ++i) {
      index_.Add("n" + std::to_string(i),
                 {.headline = i < 2 ? "Senate budget" : "Senate", .body = i == 9 ? numbers : ""});
    }
    auto snapshot = storage::Snapshot::Open(index_.Open());
    ASSERT_THAT(snapshot, testing::IsOk());
    snapshot_ = *std::move(snapshot);
  }

  static std::string NumberWord(int i) { return std::to_string(1000 + i); }
  static std::vector<Xapian::Query> Numbers() {
    std::vector<Xapian::Query> queries;
    for (int i = 0; i < kManyWords; ++i) queries.emplace_back(NumberWord(i));
    return queries;
  }

  double Rarity(const Xapian::Query& query) { return RarityOf(snapshot_->both(), query); }

  testing::TestIndex index_;
  std::unique_ptr<storage::Snapshot> snapshot_;
  base::CallControl call_;
  base::Deadline deadline_{call_};
};

TEST_F(RarityTest, AWordOfFewArticlesIsWorthMoreThanOneOfMany) {
  EXPECT_GT(Rarity(Xapian::Query("1000")), Rarity(Xapian::Query("budget")));
  EXPECT_GT(Rarity(Xapian::Query("budget")), Rarity(Xapian::Query("senat")));
  EXPECT_GT(Rarity(Xapian::Query("senat")), 0);
  EXPECT_EQ(Rarity(Xapian::Query("unheard")), 0);
}

TEST_F(RarityTest, AllOfSomeWordsAreWorthTheirSumAndAnyOfThemLessThanTheRarest) {
  const Xapian::Query budget("budget");
  const Xapian::Query number("1000");
  EXPECT_DOUBLE_EQ(Rarity(budget & number), Rarity(budget) + Rarity(number));
  EXPECT_LT(Rarity(budget | number), Rarity(number));
  EXPECT_LT(Rarity(budget | number), Rarity(budget));
}

// Large queries are wrapped to be stopped at the deadline, which says nothing about articles.
TEST_F(RarityTest, PollingChangesNothing) {
  MatchContext match{*snapshot_, deadline_};
  const std::vector<Xapian::Query> words = Numbers();
  const Xapian::Query any(Xapian::Query::OP_OR, words.begin(), words.end());
  const Xapian::Query all(Xapian::Query::OP_AND, words.begin(), words.end());
  const Xapian::Query polled_any = AnyOf(match, words);
  const Xapian::Query polled_all = AllOf(match, words);
  ASSERT_NE(polled_any.get_description(), any.get_description()) << "no longer a large query";
  ASSERT_NE(polled_all.get_description(), all.get_description());
  EXPECT_DOUBLE_EQ(Rarity(polled_any), Rarity(any));
  EXPECT_DOUBLE_EQ(Rarity(polled_all), Rarity(all));
  EXPECT_DOUBLE_EQ(Rarity(Polled(match, any)), Rarity(any));
  EXPECT_DOUBLE_EQ(Rarity(AllOf(match, {polled_any, Xapian::Query("budget")})),
                   Rarity(any) + Rarity(Xapian::Query("budget")));
}

}  // namespace
}  // namespace broadsheet::query
