// SPDX-License-Identifier: GPL-3.0-or-later
// Reads the lines of an input one at a time, in memory bounded by the longest line allowed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "indexer/sources/input/input.h"

namespace broadsheet::sources {

struct TextLine {
  // The line without its end ("\n" or "\r\n"); only the first bytes of a line that is too long. At
  // least LineReader::kPadding bytes after it may be read. Valid until the next call of Next.
  std::string_view text = {};
  // Counted from 1.
  uint64_t number = 0;
  // The offset of the line in the unpacked input.
  uint64_t byte_offset = 0;
  // Its whole length, without the line end.
  uint64_t bytes = 0;
  bool too_long = false;
};

// Not thread-safe. `input` outlives it.
class LineReader {
 public:
  // How far simdjson reads past the end of a document.
  static constexpr size_t kPadding = 64;
  // How many bytes of a line that is too long are kept.
  static constexpr size_t kExcerptBytes = 1000;

  LineReader(Input& input, size_t max_line_bytes);

  // Moves to the next line; false at the end. Errors of Input::Read: the part of a line before the
  // error is not returned. After DATA_LOSS the next call goes on behind the damage, perhaps within
  // a line.
  absl::StatusOr<bool> Next(TextLine* line);

  // The line that Next reads next, which is where an error happened.
  uint64_t next_number() const { return number_ + 1; }
  uint64_t next_offset() const { return offset_; }

 private:
  void Grow(size_t bytes);
  absl::StatusOr<bool> Fill();
  absl::StatusOr<bool> SkipLong(TextLine* line);
  void HandOut(size_t length, size_t line_end, TextLine* line);

  Input& input_;
  const size_t max_line_bytes_;
  // buffer_bytes_ of them, and kPadding.
  std::unique_ptr<char[]> buffer_;
  size_t buffer_bytes_ = 0;
  // Unread bytes are [begin_, end_) of buffer_.
  size_t begin_ = 0;
  size_t end_ = 0;
  uint64_t number_ = 0;
  uint64_t offset_ = 0;
  // The bytes in the buffer are the part of a line before an error.
  bool is_cut_ = false;
  std::string excerpt_;
};

}  // namespace broadsheet::sources
