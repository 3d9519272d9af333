// SPDX-License-Identifier: GPL-3.0-or-later
// The records of a web archive, WARC 1.x or ARC 1, one after the other; Input has unpacked them,
// record by record or as a whole.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "indexer/sources/input/input.h"

namespace broadsheet::sources::warc {

// Content beyond this is passed over, not held.
inline constexpr size_t kMaxContentBytes = 32 << 20;

struct Record {
  // "response", "request", "warcinfo", ...; of ARC "response" and, for its first record,
  // "warcinfo".
  std::string type;
  // WARC-Target-URI.
  std::string uri;
  // The content's type: "application/http; msgtype=response".
  std::string content_type;
  std::string content;
  bool too_large = false;  // then `content` is empty
  // Where it starts in the unpacked input, and the how-manieth it is, from 1.
  uint64_t byte_offset = 0;
  uint64_t number = 0;
};

// Not thread-safe. `input` outlives it. Memory is bounded by kMaxContentBytes.
class RecordReader {
 public:
  explicit RecordReader(Input& input);

  // Moves to the next record; false at the end. INVALID_ARGUMENT when a record is broken or breaks
  // off, naming it: there is no going on. Errors of Input::Read.
  absl::StatusOr<bool> Next(Record* record);

  // Where Next is: where an error happened.
  uint64_t byte_offset() const { return offset_; }

 private:
  absl::StatusOr<bool> Fill();
  // A line without its end, as text: what is no UTF-8 in it is replaced. False at the end of the
  // input.
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
