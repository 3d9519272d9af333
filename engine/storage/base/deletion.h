// SPDX-License-Identifier: GPL-3.0-or-later
// The record of a deletion in live/: a metadata key in its database, committed with the deletion
// and removed by the next put of the id. A tombstone supersedes a document of this base/; this
// record lets another generation learn of the deletion (engine/indexing/publish/handover.h).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace broadsheet::storage {

struct Deletion {
  std::string id;
  int64_t version = 0;  // of the article that was deleted
  bool operator==(const Deletion&) const = default;
};

inline constexpr std::string_view kDeletionPrefix = "d";

// "d" and the id's term.
std::string DeletionKey(std::string_view id);

// The key's value: "<version> <id>".
std::string EncodeDeletion(const Deletion& deletion);
// nullopt when `value` is not a deletion.
std::optional<Deletion> DecodeDeletion(std::string_view value);

}  // namespace broadsheet::storage
