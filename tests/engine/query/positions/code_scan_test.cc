// SPDX-License-Identifier: GPL-3.0-or-later
// Scans take blocks of codes: what they find is what looking at one code after the other finds, at
// every place within a block.
#include "engine/query/positions/code_scan.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <random>
#include <vector>

namespace broadsheet::query {
namespace {

using storage::CodeKind;
using storage::MakeCode;

constexpr uint32_t kOtherWords = 1000;

class RandomRun {
 public:
  explicit RandomRun(uint32_t seed) : random_(seed) {}

  uint32_t Below(uint32_t n) { return std::uniform_int_distribution<uint32_t>(0, n - 1)(random_); }

  // One code in `rare` is a mark of some kind, and one has a payload below kOtherWords.
  std::vector<uint32_t> Codes(size_t count, uint32_t rare) {
    constexpr CodeKind kWords[] = {CodeKind::kWord, CodeKind::kExact, CodeKind::kAlternative};
    std::vector<uint32_t> run;
    for (size_t i = 0; i < count; ++i) {
      const uint32_t payload = Below(rare) == 0 ? Below(10) : kOtherWords + Below(1U << 29);
      run.push_back(MakeCode(kWords[Below(3)], payload));
      if (Below(rare) != 0) continue;
      const auto kind = static_cast<storage::MarkKind>(Below(3));
      run.back() = kind == storage::MarkKind::kField
                       ? storage::FieldMark(static_cast<schema::FieldId>(Below(12)))
                       : storage::BreakMark(kind);
    }
    return run;
  }

 private:
  std::mt19937 random_;
};

TEST(CodeScanTest, StopsAtTheFirstCodeWithAPayload) {
  RandomRun random(1);
  for (int round = 0; round < 2000; ++round) {
    const std::vector<uint32_t> run = random.Codes(random.Below(80), 40);
    std::vector<uint32_t> payloads;
    for (uint32_t i = random.Below(7); i > 0; --i) payloads.push_back(random.Below(10));
    const CodeScan scan(payloads);
    const auto is_hit = [&](uint32_t code) {
      return std::find(payloads.begin(), payloads.end(), code & storage::kPayloadMask) !=
             payloads.end();
    };
    for (size_t from = 0; from <= run.size(); ++from) {
      const auto first =
          std::find_if(run.begin() + static_cast<ptrdiff_t>(from), run.end(), is_hit);
      ASSERT_EQ(scan.Next(run, from), static_cast<size_t>(first - run.begin())) << round;
    }
  }
}

TEST(CodeScanTest, FindsTheFieldMarkBeforeEveryCode) {
  RandomRun random(2);
  for (int round = 0; round < 2000; ++round) {
    const std::vector<uint32_t> run = random.Codes(random.Below(80), 30);
    size_t last = run.size();
    for (size_t at = 0; at < run.size(); ++at) {
      if (storage::IsFieldMark(run[at])) last = at;
      ASSERT_EQ(LastFieldMark(run, at), last) << round;
    }
  }
}

}  // namespace
}  // namespace broadsheet::query
