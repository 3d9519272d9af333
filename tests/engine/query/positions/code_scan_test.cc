// SPDX-License-Identifier: GPL-3.0-or-later
// Scans take blocks of codes: what they find is what looking at one code after the other finds, at
// every place within a block.
#include "engine/query/positions/code_scan.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace broadsheet::query {
namespace {

using storage::RunCode;

class RandomRun {
 public:
  explicit RandomRun(uint32_t seed) : random_(seed) {}

  uint32_t Below(uint32_t n) { return std::uniform_int_distribution<uint32_t>(0, n - 1)(random_); }

  // One code in `rare` is a small one or one of the borders between kinds of codes.
  std::vector<RunCode> Codes(size_t count, uint32_t rare) {
    constexpr RunCode kBorders[] = {0, 31, 32, 33, 34, 1087, 1088, 0x7fff, 0x8000, 0xffff};
    std::vector<RunCode> run;
    for (size_t i = 0; i < count; ++i) {
      run.push_back(static_cast<RunCode>(Below(rare) == 0 ? kBorders[Below(std::size(kBorders))]
                                                          : Below(1 << 16)));
    }
    return run;
  }

 private:
  std::mt19937 random_;
};

// With each kind of vector instructions that the processor has.
class CodeScanTest : public ::testing::TestWithParam<std::string_view> {
 protected:
  void SetUp() override { UseScanKindForTest(GetParam()); }
  void TearDown() override { UseScanKindForTest(""); }
};

TEST_P(CodeScanTest, StopsAtTheFirstCodeOfASet) {
  RandomRun random(1);
  for (int round = 0; round < 1000; ++round) {
    const std::vector<RunCode> run = random.Codes(random.Below(200), 40);
    CodeSet set;
    // Few are compared one by one, many looked up.
    for (uint32_t i = random.Below(40); i > 0; --i) {
      const bool there = !run.empty() && random.Below(4) == 0;
      set.Add(there ? run[random.Below(static_cast<uint32_t>(run.size()))]
                    : static_cast<RunCode>(random.Below(1 << 16)));
    }
    for (size_t from = 0; from <= run.size(); ++from) {
      const auto first = std::find_if(run.begin() + static_cast<ptrdiff_t>(from), run.end(),
                                      [&](RunCode code) { return set.Has(code); });
      ASSERT_EQ(set.Next(run, from), static_cast<size_t>(first - run.begin())) << round;
    }
  }
}

TEST_P(CodeScanTest, ASetLosesWhatWasAddedLast) {
  for (const RunCode several : {RunCode{3}, RunCode{100}}) {
    CodeSet set;
    for (RunCode code = 1; code <= several; ++code) set.Add(static_cast<RunCode>(code * 500));
    set.Add(7);
    EXPECT_EQ(set.size(), several + 1U);
    set.Add(7);
    EXPECT_EQ(set.size(), several + 1U);
    const std::vector<RunCode> run = {8, 7, 500};
    EXPECT_EQ(set.Next(run, 0), 1U);
    set.Shrink(several);
    EXPECT_EQ(set.Next(run, 0), 2U);
    set.Clear();
    EXPECT_EQ(set.Next(run, 0), run.size());
    set.Add(8);
    EXPECT_EQ(set.Next(run, 0), 0U);
  }
}

TEST_P(CodeScanTest, FindsTheFieldMarksBeforeAndBehindEveryCode) {
  RandomRun random(2);
  for (int round = 0; round < 1000; ++round) {
    const std::vector<RunCode> run = random.Codes(random.Below(200), 30);
    size_t last = run.size();
    for (size_t at = 0; at < run.size(); ++at) {
      if (storage::IsFieldMark(run[at])) last = at;
      ASSERT_EQ(LastFieldMark(run, at), last) << round;
      const auto next =
          std::find_if(run.begin() + static_cast<ptrdiff_t>(at), run.end(), storage::IsFieldMark);
      ASSERT_EQ(NextFieldMark(run, at), static_cast<size_t>(next - run.begin())) << round;
    }
  }
}

TEST_P(CodeScanTest, CountsTheCodesThatStartAWord) {
  RandomRun random(3);
  for (int round = 0; round < 1000; ++round) {
    const std::vector<RunCode> run = random.Codes(random.Below(200), 3);
    const auto words = std::count_if(run.begin(), run.end(), storage::StartsWord);
    ASSERT_EQ(CountWords(run), static_cast<size_t>(words)) << round;
  }
}

TEST_P(CodeScanTest, KnowsWhetherATokenCodeHasAPayload) {
  RandomRun random(4);
  for (int round = 0; round < 1000; ++round) {
    std::vector<uint32_t> codes(random.Below(70));
    for (uint32_t& code : codes) code = random.Below(1U << 31) * 2 + random.Below(2);
    const uint32_t payload =
        codes.empty() || random.Below(2) == 0
            ? random.Below(1U << 30)
            : codes[random.Below(static_cast<uint32_t>(codes.size()))] & storage::kPayloadMask;
    const bool any = std::any_of(codes.begin(), codes.end(), [payload](uint32_t code) {
      return (code & storage::kPayloadMask) == payload;
    });
    ASSERT_EQ(AnyHasPayload(codes, payload), any) << round;
  }
}

INSTANTIATE_TEST_SUITE_P(EachKind, CodeScanTest, ::testing::ValuesIn(ScanKinds()),
                         [](const auto& kind) { return std::string(kind.param); });

}  // namespace
}  // namespace broadsheet::query
