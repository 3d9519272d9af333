// SPDX-License-Identifier: GPL-3.0-or-later
// Reads the objects of a JSON document one at a time: the document is one object, an array of
// objects, or objects one after the other, each on one line or several.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "indexer/sources/input/input.h"
#include "indexer/sources/input/line_reader.h"

namespace broadsheet::sources {

struct JsonRecord {
  // From "{" to "}"; only the first bytes of a record that is too long. At least
  // JsonRecords::kPadding bytes after it may be read. Valid until the next call of Next.
  std::string_view text = {};
  // The start of the record: the line counted from 1, the byte in the unpacked input.
  uint64_t line = 0;
  uint64_t byte_offset = 0;
  bool too_long = false;
};

// Not thread-safe. `input` outlives it. Memory is bounded by the longest record.
class JsonRecords {
 public:
  static constexpr size_t kPadding = LineReader::kPadding;

  // If the first line is a whole object, and more follows, every record is a line: a broken line
  // then affects no other record.
  JsonRecords(Input& input, size_t max_record_bytes);

  // Moves to the next object; false at the end. INVALID_ARGUMENT when something other than an
  // object follows, or when the document ends within an object; errors of Input::Read. Do not call
  // it again after an error.
  absl::StatusOr<bool> Next(JsonRecord* record);

  // The place that Next has reached, which is where an error happened.
  uint64_t line() const { return lines_ == nullptr ? line_ : lines_->next_number(); }
  uint64_t byte_offset() const { return lines_ == nullptr ? offset_ : lines_->next_offset(); }

 private:
  // The next byte, or -1 at the end.
  absl::StatusOr<int> Take();
  absl::Status SkipToObject(bool* found);
  absl::Status ReadObject(JsonRecord* record);
  absl::StatusOr<bool> NextLine(JsonRecord* record);

  Input& input_;
  const size_t max_record_bytes_;
  // Set when records are lines.
  std::unique_ptr<LineReader> lines_;
  std::vector<char> buffer_;
  size_t begin_ = 0;
  size_t end_ = 0;
  uint64_t line_ = 1;
  uint64_t offset_ = 0;
  std::string record_;
};

}  // namespace broadsheet::sources
