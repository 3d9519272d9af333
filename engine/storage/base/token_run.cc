// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/storage/base/token_run.h"

#include <algorithm>

namespace broadsheet::storage {
namespace {

// Asks for the first lines of a run at once: whoever opens one scans it, and each line by itself
// would be waited for.
void Prefetch(std::span<const uint32_t> units) {
  constexpr size_t kLine = 64 / sizeof(uint32_t);
  const size_t end = std::min<size_t>(units.size(), 16 * kLine);
  for (size_t at = 0; at < end; at += kLine) __builtin_prefetch(units.data() + at);
}

}  // namespace

uint32_t TokenRun::RarePlaceAt(size_t at) const {
  const RunCode code = codes[at];
  if (code < kFirstRare) return kMostRareWords;
  if (code < kFirstLead) return code - kFirstRare;
  const RunCode trail = at + 1 < codes.size() ? codes[at + 1] : RunCode{0};
  if (trail < kFirstTrail || trail >= kFirstWord) return kMostRareWords;
  return kShortRare + (code - kFirstLead) * kTrails + (trail - kFirstTrail);
}

void RunForms::Enter(const TokenRun& run) {
  run_ = run;
  begins_.clear();
}

WordForms RunForms::At(size_t at) {
  if (run_[at] < kFirstRare) return run_.table->FormsOf(run_[at]);
  if (begins_.empty()) {
    for (size_t i = 0; i < run_.rare.size(); i = EndOfForms(run_.rare, i)) {
      begins_.push_back(static_cast<uint32_t>(i));
    }
  }
  const uint32_t place = run_.RarePlaceAt(at);
  if (place >= begins_.size()) return {};
  const size_t begin = begins_[place];
  return run_.rare.subspan(begin, EndOfForms(run_.rare, begin) - begin);
}

TokenRun ReadRun(std::span<const uint32_t> units, const WordTable& table) {
  Prefetch(units);
  if (units.empty() || units[0] >> 1 >= units.size()) return {};
  const std::span<const uint32_t> rare = units.subspan(1, units[0] >> 1);
  const std::span<const uint32_t> rest = units.subspan(1 + rare.size());
  const size_t unused = rest.empty() ? 0 : units[0] & 1;
  const std::span<const RunCode> codes(reinterpret_cast<const RunCode*>(rest.data()),
                                       rest.size() * 2 - unused);
  return {.codes = codes, .rare = rare, .table = &table};
}

}  // namespace broadsheet::storage
