// SPDX-License-Identifier: GPL-3.0-or-later
// A tombstone supersedes an article of base. It is a metadata key in live's database, so that one
// commit writes an article and supersedes the one it replaces. The value has no meaning, but must
// not be empty (Xapian would drop the key).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace broadsheet::storage {

inline constexpr std::string_view kTombstonePrefix = "t";
inline constexpr std::string_view kTombstoneValue = "1";

// "t" and the docid in base as 4 big-endian bytes.
std::string TombstoneKey(uint32_t base_docid);

// 0 when `key` is not a tombstone.
uint32_t DocidOfTombstone(std::string_view key);

}  // namespace broadsheet::storage
