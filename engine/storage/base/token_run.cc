// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/storage/base/token_run.h"

#include "engine/storage/base/word_table.h"

namespace broadsheet::storage {
namespace {

// The forms of rare word `place`.
WordForms RareForms(std::span<const uint32_t> rare, uint32_t place) {
  for (size_t at = 0; at < rare.size(); --place) {
    const size_t end = EndOfForms(rare, at);
    if (place == 0) return rare.subspan(at, end - at);
    at = end;
  }
  return {};
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

WordForms TokenRun::FormsAt(size_t at) const {
  if (codes[at] < kFirstRare) return table->FormsOf(codes[at]);
  return RareForms(rare, RarePlaceAt(at));
}

TokenRun ReadRun(std::span<const uint32_t> units, const WordTable& table) {
  if (units.empty() || units[0] >= units.size()) return {};
  const std::span<const uint32_t> rare = units.subspan(1, units[0]);
  const std::span<const uint32_t> rest = units.subspan(1 + rare.size());
  std::span<const RunCode> codes(reinterpret_cast<const RunCode*>(rest.data()), rest.size() * 2);
  if (!codes.empty() && codes.back() == kFiller) codes = codes.first(codes.size() - 1);
  return {.codes = codes, .rare = rare, .table = &table};
}

}  // namespace broadsheet::storage
