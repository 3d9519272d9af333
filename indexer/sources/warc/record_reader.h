// SPDX-License-Identifier: GPL-3.0-or-later
// Reads the records of a web archive, WARC 1.x or ARC 1, one after the other, and goes on behind
// what is damaged; Input has unpacked them already.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "indexer/sources/input/input.h"
#include "indexer/sources/warc/record_head.h"

namespace broadsheet::sources::warc {

// Larger content is skipped, not held in memory.
inline constexpr size_t kMaxContentBytes = 32 << 20;

struct Record {
  RecordHead head = {};
  std::string content = {};
  bool too_large = false;  // then `content` is empty
  // Its offset in the unpacked input, and its number, from 1.
  uint64_t byte_offset = 0;
  uint64_t number = 0;
};

// Not thread-safe. `input` outlives it. Memory is bounded by twice kMaxContentBytes.
class RecordReader {
 public:
  explicit RecordReader(Input& input);

  // Moves to the next record; false at the end. INVALID_ARGUMENT or DATA_LOSS, saying what and
  // where, when records are damaged, truncated, or lost with the packed data that they were in: the
  // next call then goes on with the first record behind that. Other errors of Input::Read, which
  // end the reading.
  absl::StatusOr<bool> Next(Record* record);

  // The offset in the unpacked input that Next has reached, which is where an error happened.
  uint64_t byte_offset() const { return offset_; }

 private:
  std::string_view buffered() const { return {buffer_.data() + begin_, end_ - begin_}; }
  void Drop(size_t bytes);
  absl::StatusOr<std::string_view> Ahead(size_t bytes);
  absl::StatusOr<std::string_view> Fill();
  absl::StatusOr<bool> ReadLine(std::string* line);
  absl::StatusOr<bool> ReadHead(Record* record);
  absl::Status ReadWarcHeaders(RecordHead* head);
  absl::Status ReadContent(uint64_t size, Record* record);
  bool IsDoubtful(const Record& record) const;
  absl::Status CheckEnd(const Record& record);
  absl::Status GiveBack(uint64_t read, const Record& record);
  absl::Status SkipToHead();
  absl::Status Broken(const std::string& why) const;

  Input& input_;
  std::vector<char> buffer_;
  size_t begin_ = 0;
  size_t end_ = 0;
  uint64_t offset_ = 0;
  uint64_t records_ = 0;
  bool is_arc_ = false;
  bool is_at_end_ = false;
  // Where the next record begins, when its first line was read as one of the record before.
  std::optional<uint64_t> begun_at_;
  // What comes next may be within a record.
  bool is_astray_ = false;
  // Why it is so was told.
  bool is_told_ = false;
  // Damage of the input behind the buffered bytes.
  absl::Status gap_;
  uint64_t given_back_ = 0;
};

}  // namespace broadsheet::sources::warc
