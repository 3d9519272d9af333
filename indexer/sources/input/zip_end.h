// SPDX-License-Identifier: GPL-3.0-or-later
// Finds where the last zip archive of a file begins and ends: `cat a.zip b.zip` makes one file of
// two archives, of which the directory at the end lists only the last one's entries.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace broadsheet::sources {

// So many of the last bytes hold the end record of a zip archive, with the longest comment.
inline constexpr size_t kZipEndBytes = (64 << 10) + 128;

// Offsets in the bytes that hold the archives.
struct ZipEnd {
  uint64_t begin = 0;      // of the archive, as its end record has it
  uint64_t directory = 0;  // of its list of entries
  uint64_t end = 0;        // behind its end record and comment
};

// Looks for the last end record in `tail`, which ends at offset `end`. Nullopt when there is none,
// or when it does not fit what is there.
std::optional<ZipEnd> FindZipEnd(std::string_view tail, uint64_t end);

}  // namespace broadsheet::sources
