// SPDX-License-Identifier: GPL-3.0-or-later
// Scans a token run at the speed of memory. Phrases spend most of their time here.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "engine/storage/base/token_run.h"

namespace broadsheet::query {

// The index of the last field mark in run[0] .. run[at], which names the field of run[at];
// run.size() when there is none, as in a damaged run.
size_t LastFieldMark(storage::TokenRun run, size_t at);

// Finds codes with one of some payloads, whatever their kind. Immutable; safe from any thread.
class CodeScan {
 public:
  CodeScan() = default;
  // Payloads are hashes of terms, each below 2^30.
  explicit CodeScan(std::vector<uint32_t> payloads);

  // The first code from `from` on that has one of the payloads; run.size() when there is none. May
  // stop at a mark, whose payload is not a hash.
  size_t Next(storage::TokenRun run, size_t from) const;

  size_t payload_count() const { return payloads_.size(); }

 private:
  bool Has(uint32_t payload) const;

  std::vector<uint32_t> payloads_;  // sorted
  // With many payloads: one bit for each value of the low bits, set if a payload has it.
  std::array<uint64_t, 64> low_bits_ = {};
};

}  // namespace broadsheet::query
