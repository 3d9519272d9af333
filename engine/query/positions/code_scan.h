// SPDX-License-Identifier: GPL-3.0-or-later
// Scans the codes of a token run at the speed of memory. Phrases spend most of their time here.
// With the widest vector instructions that the processor has; every kind gives the same answers.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "engine/storage/base/token_run.h"

namespace broadsheet::query {

using Codes = std::span<const storage::RunCode>;

// The index of the last field mark in codes[0] .. codes[at], which names the field of codes[at];
// codes.size() when there is none, as in a damaged run.
size_t LastFieldMark(Codes codes, size_t at);

// The index of the first field mark from `from` on; codes.size() when there is none.
size_t NextFieldMark(Codes codes, size_t from);

// How many words start in `codes`.
size_t CountWords(Codes codes);

// Whether any of the token codes (token_code.h) has the payload.
bool AnyHasPayload(std::span<const uint32_t> codes, uint32_t payload);

// A set of codes to look for. Safe to read from any thread.
class CodeSet {
 public:
  void Clear();
  void Add(storage::RunCode code);
  // Removes the codes that were added last, until `size` are left.
  void Shrink(size_t size);

  size_t size() const { return codes_.size(); }
  bool Has(storage::RunCode code) const;
  // The first code from `from` on that is in the set; codes.size() when there is none.
  size_t Next(Codes codes, size_t from) const;

 private:
  static constexpr size_t kMostCompared = 16;
  static constexpr size_t kCodes = 1 << 16;

  bool IsMany() const { return codes_.size() > kMostCompared; }

  std::vector<storage::RunCode> codes_;  // each once
  // For more codes than a scan compares with one by one: whether a code is in the set. Empty before
  // there were so many.
  std::vector<bool> member_;
};

// For tests: the kinds of vector instructions that this processor has, best first; the last is
// "portable". UseForTest makes all scans use one of them; "" is the best again.
std::vector<std::string_view> ScanKinds();
void UseScanKindForTest(std::string_view kind);

}  // namespace broadsheet::query
