// SPDX-License-Identifier: GPL-3.0-or-later
// A tombstone hides an article of base: a metadata key in live's own database, so that one commit
// writes an upsert and hides what it replaces. The value says nothing, but must not be empty
// (Xapian would drop the key).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace broadsheet::storage {

inline constexpr std::string_view kTombstonePrefix = "t";
inline constexpr std::string_view kTombstoneValue = "1";

// "t" and the docid in base as 4 big-endian bytes.
std::string TombstoneKey(uint32_t base_docid);

// 0 when `key` is no tombstone.
uint32_t DocidOfTombstone(std::string_view key);

}  // namespace broadsheet::storage
