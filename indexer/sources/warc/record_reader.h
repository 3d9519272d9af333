// SPDX-License-Identifier: GPL-3.0-or-later
// Reads the records of a web archive, WARC 1.x or ARC 1, one after the other; Input has unpacked
// them already.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "indexer/sources/input/input.h"

namespace broadsheet::sources::warc {

// Larger content is skipped, not held in memory.
inline constexpr size_t kMaxContentBytes = 32 << 20;

struct Record {
  // "response", "request", "warcinfo", ...; in ARC "response", and "warcinfo" for the first record.
  std::string type;
  // WARC-Target-URI.
  std::string uri;
  // The content's type: "application/http; msgtype=response".
  std::string content_type;
  std::string content;
  bool too_large = false;  // then `content` is empty
  // Its offset in the unpacked input, and its number, from 1.
  uint64_t byte_offset = 0;
  uint64_t number = 0;
};

// Not thread-safe. `input` outlives it. Memory is bounded by kMaxContentBytes.
class RecordReader {
 public:
  explicit RecordReader(Input& input);

  // Moves to the next record; false at the end. INVALID_ARGUMENT, naming the record, when one is
  // damaged or truncated. Errors of Input::Read. Do not call it again after an error.
  absl::StatusOr<bool> Next(Record* record);

  // The offset that Next has reached, which is where an error happened.
  uint64_t byte_offset() const { return offset_; }

 private:
  absl::StatusOr<bool> Fill();
  // Reads a line without its end, and replaces ill-formed UTF-8. False at the end of the input.
  absl::StatusOr<bool> ReadLine(std::string* line);
  absl::Status ReadContent(uint64_t size, Record* record);
  absl::StatusOr<uint64_t> ReadWarcHead(Record* record);
  absl::StatusOr<uint64_t> ReadArcHead(std::string_view line, Record* record);
  absl::Status Broken(const std::string& why) const;

  Input& input_;
  std::vector<char> buffer_;
  size_t begin_ = 0;
  size_t end_ = 0;
  uint64_t offset_ = 0;
  uint64_t records_ = 0;
};

}  // namespace broadsheet::sources::warc
