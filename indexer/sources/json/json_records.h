// SPDX-License-Identifier: GPL-3.0-or-later
// The objects of a JSON document, one at a time: a document that is one object, an array of them,
// or objects one after the other, each on a line of its own or over many.
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
  // From its "{" to its "}"; at least JsonRecords::kPadding bytes behind it may be read. Of one
  // that is too long: its first bytes. Valid until the next call of Next.
  std::string_view text = {};
  // Where it starts: the line counted from 1, the byte in the unpacked input.
  uint64_t line = 0;
  uint64_t byte_offset = 0;
  bool too_long = false;
};

// Not thread-safe. `input` outlives it. Memory is bounded by the longest record.
class JsonRecords {
 public:
  static constexpr size_t kPadding = LineReader::kPadding;

  // When the first line is a whole object, and not all there is, every record is a line: then a
  // broken one costs nothing but itself.
  JsonRecords(Input& input, size_t max_record_bytes);

  // Moves to the next object; false at the end. INVALID_ARGUMENT when there is something else than
  // an object, or when the document ends within one; errors of Input::Read. After an error there is
  // no going on.
  absl::StatusOr<bool> Next(JsonRecord* record);

  // Where Next is: where an error happened.
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
