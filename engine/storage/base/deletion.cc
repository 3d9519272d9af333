// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/storage/base/deletion.h"

#include <charconv>
#include <system_error>

#include "engine/schema/terms.h"

namespace broadsheet::storage {

std::string DeletionKey(std::string_view id) {
  return std::string(kDeletionPrefix) + schema::IdTerm(id);
}

std::string EncodeDeletion(const Deletion& deletion) {
  return std::to_string(deletion.version) + " " + deletion.id;
}

std::optional<Deletion> DecodeDeletion(std::string_view value) {
  Deletion deletion;
  const char* end = value.data() + value.size();
  const auto [rest, error] = std::from_chars(value.data(), end, deletion.version);
  if (error != std::errc() || rest == end || *rest != ' ') return std::nullopt;
  deletion.id.assign(rest + 1, end);
  if (deletion.id.empty()) return std::nullopt;
  return deletion;
}

}  // namespace broadsheet::storage
