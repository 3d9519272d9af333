// SPDX-License-Identifier: GPL-3.0-or-later
// Archives of files, tar and zip: their entries as Inputs, one after the other.
//
// Nothing is ever written to disk. Links, devices, and names that lead out of the archive are
// reported and left out; hidden files and folders are passed over, as in a folder.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "indexer/sources/input/input.h"

namespace broadsheet::sources {

// How many archives may be inside one another.
inline constexpr int kMaxArchiveDepth = 3;

// Whether an input that begins with `head` is an archive that ReadArchive reads.
bool IsArchive(std::string_view head);

struct ArchiveSink {
  // An entry, named "news.zip/2024/a.xml". To be read within the call. An error ends the reading.
  std::function<absl::Status(std::unique_ptr<Input> entry)> on_file;
  // An entry, or the archive itself, that cannot be used, and why. An error ends the reading.
  std::function<absl::Status(const std::string& name, const std::string& reason)> on_unusable;
};

// Reads `input`, which is an archive, to its end or to where it is damaged, which is reported. The
// only errors are those of the sink and CANCELLED.
absl::Status ReadArchive(Input& input, const ArchiveSink& sink);

}  // namespace broadsheet::sources
