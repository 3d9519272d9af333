// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/article/whole_input.h"

#include <utility>

#include "absl/strings/str_format.h"

namespace broadsheet::sources {

absl::StatusOr<std::string> ReadWhole(Input& input, size_t max_bytes, std::string_view what) {
  constexpr size_t kReadBytes = 64 << 10;
  std::string content;
  while (content.size() <= max_bytes) {
    const absl::StatusOr<std::string_view> bytes = input.Next(kReadBytes);
    if (!bytes.ok()) return bytes.status();
    if (bytes->empty()) return content;
    content += *bytes;
  }
  return absl::InvalidArgumentError(absl::StrFormat(
      "%s of more than %d bytes cannot be one article", std::string(what), max_bytes));
}

Reject RejectWhole(const Input& input, const absl::Status& why, std::string record) {
  constexpr size_t kExcerptBytes = 1000;
  if (record.size() > kExcerptBytes) record.resize(kExcerptBytes);
  return {.input = input.name(),
          .reason = std::string(why.message()),
          .record = std::move(record),
          .lost = absl::IsDataLoss(why) ? 1ULL : 0};
}

}  // namespace broadsheet::sources
