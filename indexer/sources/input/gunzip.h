// SPDX-License-Identifier: GPL-3.0-or-later
// gzip, unpacked up to the very byte where it breaks off: libarchive gives up to 64 KB less, which
// are whole records of a web archive or of a dump.
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
  // Gives the packed data block by block, each valid until the next call; an empty one at the end.
  using Packed = std::function<absl::StatusOr<std::string_view>()>;

  explicit Gunzip(Packed packed);
  ~Gunzip();
  Gunzip(const Gunzip&) = delete;
  Gunzip& operator=(const Gunzip&) = delete;

  // The next unpacked bytes, valid until the next call; none at the end. One gzip member may follow
  // another; what follows the last and is no gzip, as on tapes, is passed over. DATA_LOSS when a
  // member is damaged or breaks off, once all before it was given; errors of `packed`.
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
