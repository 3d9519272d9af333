// SPDX-License-Identifier: GPL-3.0-or-later
// The answer to a search as it goes over the wire.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/strings/str_format.h"
#include "engine/schema/error.h"

namespace broadsheet::query {

// What an answer may take: whatever a caller asks for at once, a server has the memory for it. A
// page of a thousand articles with their bodies takes a tenth of it.
inline constexpr size_t kMaxAnswerBytes = size_t{64} << 20;

// INVALID_ARGUMENT_VALUE for `field`, by which less can be asked for, when `bytes` is more.
inline absl::Status CheckAnswerSize(size_t bytes, std::string_view field) {
  if (bytes <= kMaxAnswerBytes) return absl::OkStatus();
  return schema::BadField(
      field, absl::StrFormat("the answer would take more than %d MB; ask for fewer articles at "
                             "once, or for fewer of their fields by read_mask",
                             kMaxAnswerBytes >> 20));
}

// A serialised response of broadsheet.v1. The articles of its hits are never parsed, so fields that
// a newer writer has stored pass through. Copies share the bytes.
struct EncodedResponse {
  std::shared_ptr<const std::string> bytes;
};

}  // namespace broadsheet::query
