// SPDX-License-Identifier: GPL-3.0-or-later
// Tells one commit of live/ from another for the price of a stat, so that readers may look before
// every request.
#pragma once

#include <cstdint>
#include <filesystem>

namespace broadsheet::storage {

// Of the file that Xapian replaces with each commit. All zero while live/ was never written.
struct LiveStamp {
  uint64_t inode = 0;
  int64_t changed_ns = 0;
  bool exists() const { return inode != 0; }
  bool operator==(const LiveStamp&) const = default;
};

// `generation` is generations/NNNNNN. A file that cannot be looked at is absent.
LiveStamp ReadLiveStamp(const std::filesystem::path& generation);

inline bool LiveExists(const std::filesystem::path& generation) {
  return ReadLiveStamp(generation).exists();
}

}  // namespace broadsheet::storage
