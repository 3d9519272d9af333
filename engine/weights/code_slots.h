// SPDX-License-Identifier: GPL-3.0-or-later
// Which of some words each code of a token run stands for.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "engine/storage/base/run_code.h"

namespace broadsheet::weights {

// A table of all codes, to be kept from search to search: filling it anew would take longer than
// what is done with it. Not thread-safe.
class CodeSlots {
 public:
  // The slots below are those of all other codes. They are several, since a processor that counts
  // in one place again and again waits for itself.
  static constexpr uint16_t kFirst = 16;

  CodeSlots() : slots_(size_t{UINT16_MAX} + 1) {
    for (size_t code = 0; code < slots_.size(); ++code) slots_[code] = OfOthers(code);
  }

  uint16_t operator[](storage::RunCode code) const { return slots_[code]; }
  // `slot` is kFirst or more.
  void Set(storage::RunCode code, uint16_t slot) { slots_[code] = slot; }
  // Makes it one of the other codes again.
  void Unset(storage::RunCode code) { slots_[code] = OfOthers(code); }

 private:
  static uint16_t OfOthers(size_t code) { return static_cast<uint16_t>(code % kFirst); }

  std::vector<uint16_t> slots_;
};

}  // namespace broadsheet::weights
