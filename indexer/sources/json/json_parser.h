// SPDX-License-Identifier: GPL-3.0-or-later
// Parses JSON of real dumps: repairs ill-formed UTF-8 first.
#pragma once

#include <simdjson.h>

#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace broadsheet::sources {

// Not thread-safe.
class JsonParser {
 public:
  // Bytes after the text that Parse may read.
  static constexpr size_t kPadding = 64;

  // INVALID_ARGUMENT when `json` is not JSON. Sets `repaired` if ill-formed UTF-8 or lone
  // surrogates were replaced by U+FFFD. The result is valid until the next call.
  absl::StatusOr<simdjson::dom::element> Parse(std::string_view json, bool* repaired);

 private:
  simdjson::dom::parser parser_;
  // Holds a text that had to be repaired.
  std::string repaired_;
};

// Replaces each \u escape of a lone surrogate, which UTF-8 cannot express, by \ufffd. Returns how
// many were replaced; the length never changes.
size_t RepairSurrogateEscapes(std::string* json);

}  // namespace broadsheet::sources
