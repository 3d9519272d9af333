// SPDX-License-Identifier: GPL-3.0-or-later
// Unpacks gzip up to the last byte of truncated data. libarchive returns up to 64 KB less, in which
// whole records of a web archive or a dump are lost.
#pragma once

#include <zlib.h>

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace broadsheet::sources {

// Whether data that begins with `head` is gzip.
bool IsGzip(std::string_view head);

// Not thread-safe.
class Gunzip {
 public:
  // Returns the packed data block by block, each valid until the next call; an empty block at the
  // end.
  using Packed = std::function<absl::StatusOr<std::string_view>()>;

  explicit Gunzip(Packed packed);
  ~Gunzip();
  Gunzip(const Gunzip&) = delete;
  Gunzip& operator=(const Gunzip&) = delete;

  // The next unpacked bytes, valid until the next call; none at the end. One gzip member may follow
  // another; data after the last member that is not gzip, as on tapes, is ignored. DATA_LOSS when a
  // member is damaged or truncated, after all bytes before the damage; errors of `packed`.
  absl::StatusOr<std::string_view> Next();

 private:
  absl::Status Fill();
  absl::Status EndMember();

  const Packed packed_;
  z_stream stream_ = {};
  std::vector<char> buffer_;
  bool packed_at_end_ = false;
  bool at_end_ = false;
  absl::Status broken_;
};

}  // namespace broadsheet::sources
