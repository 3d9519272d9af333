// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/indexing/document/term_counts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace broadsheet::indexing {
namespace {

using ::testing::ElementsAre;
using ::testing::Eq;
using ::testing::IsEmpty;
using ::testing::Pair;

constexpr uint64_t kHashSeed = 7;

std::vector<std::pair<std::string, uint32_t>> Counted(TermCounts& counts) {
  std::vector<std::pair<std::string, uint32_t>> all;
  for (const TermCounts::Entry* entry : counts.Sorted()) {
    all.emplace_back(counts.TermOf(*entry), entry->tf);
  }
  return all;
}

TEST(TermCountsTest, AddsUpEachTerm) {
  TermCounts counts(kHashSeed);
  counts.Add("kim", 3);
  counts.Add("putin", 1);
  counts.Add("kim", 1);
  EXPECT_THAT(Counted(counts), ElementsAre(Pair("kim", 4), Pair("putin", 1)));
}

TEST(TermCountsTest, OrdersTermsByTheirBytes) {
  TermCounts counts(kHashSeed);
  for (const char* term : {"summits", "summit", "summitry", "\xc3\xa9t\xc3\xa9", "S", "a"}) {
    counts.Add(term, 1);
  }
  std::vector<std::string> terms;
  for (const auto& [term, tf] : Counted(counts)) terms.push_back(term);
  EXPECT_THAT(terms, ElementsAre("S", "a", "summit", "summitry", "summits", "\xc3\xa9t\xc3\xa9"));
}

TEST(TermCountsTest, HoldsManyMoreTermsThanAnArticleUsuallyHas) {
  TermCounts counts(kHashSeed);
  std::map<std::string, uint32_t> expected;
  for (uint32_t i = 0; i < 100'000; ++i) {
    const std::string term = "t" + std::to_string(i % 30'000);
    counts.Add(term, 1);
    ++expected[term];
  }
  const auto counted = Counted(counts);
  EXPECT_THAT(std::vector(expected.begin(), expected.end()).size(), Eq(counted.size()));
  EXPECT_TRUE(std::equal(
      counted.begin(), counted.end(), expected.begin(),
      [](const auto& a, const auto& b) { return a.first == b.first && a.second == b.second; }));
}

TEST(TermCountsTest, ForgetsAllWhenCleared) {
  TermCounts counts(kHashSeed);
  for (int i = 0; i < 10'000; ++i) counts.Add("t" + std::to_string(i), 1);
  counts.Clear();
  EXPECT_THAT(Counted(counts), IsEmpty());
  counts.Add("t1", 2);
  EXPECT_THAT(Counted(counts), ElementsAre(Pair("t1", 2)));
}

}  // namespace
}  // namespace broadsheet::indexing
