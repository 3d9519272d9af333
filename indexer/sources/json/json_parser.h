// SPDX-License-Identifier: GPL-3.0-or-later
// Parses JSON of real dumps: repairs ill-formed UTF-8, and mends mistakes that leave no doubt.
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

  // What the last text had to be mended for, for a warning; "" when it was valid.
  std::string_view mended() const { return mended_; }

 private:
  simdjson::error_code ParseMended(simdjson::dom::element* root);

  simdjson::dom::parser parser_;
  // Holds a text that had to be repaired.
  std::string repaired_;
  std::string_view mended_;
};

// Leaves out commas before another one or the end of an object, an array or the text, and writes
// control characters in strings, such as line ends, as JSON writes them. Returns whether there were
// any.
bool MendJson(std::string* json);

// Replaces each \u escape of a lone surrogate, which UTF-8 cannot express, by \ufffd. Returns how
// many were replaced; the length never changes.
size_t RepairSurrogateEscapes(std::string* json);

}  // namespace broadsheet::sources
