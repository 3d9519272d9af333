// SPDX-License-Identifier: GPL-3.0-or-later
// Runs over a token run as fast as memory gives it. This is where phrases spend their time.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "engine/storage/base/token_run.h"

namespace broadsheet::query {

// The last field mark of run[0] .. run[at], which says what field run[at] is in; run.size() when
// there is none, as a damaged run may have none.
size_t LastFieldMark(storage::TokenRun run, size_t at);

// Looks for codes with one of some payloads, whatever their kind. Immutable; safe from any thread.
class CodeScan {
 public:
  CodeScan() = default;
  // Payloads are hashes of terms, each below 2^30.
  explicit CodeScan(std::vector<uint32_t> payloads);

  // The first code from `from` on that has one of the payloads; run.size() when there is none. May
  // stop at a mark, whose payload is no hash.
  size_t Next(storage::TokenRun run, size_t from) const;

  size_t payload_count() const { return payloads_.size(); }

 private:
  bool Has(uint32_t payload) const;

  std::vector<uint32_t> payloads_;  // sorted
  // Many payloads: a bit for each value of a payload's low bits that one of them has.
  std::array<uint64_t, 64> low_bits_ = {};
};

}  // namespace broadsheet::query
