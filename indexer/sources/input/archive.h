// SPDX-License-Identifier: GPL-3.0-or-later
// Reads tar and zip archives: their entries as Inputs, one after the other.
//
// Writes nothing to disk. Reports and leaves out links, devices, and names that lead out of the
// archive; skips hidden files and folders, as in a folder.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "indexer/sources/input/input.h"

namespace broadsheet::sources {

// How deeply archives may be nested.
inline constexpr int kMaxArchiveDepth = 3;

// Whether an input that begins with `head` is an archive that ReadArchive reads.
bool IsArchive(std::string_view head);

struct ArchiveSink {
  // Receives an entry, named "news.zip/2024/a.xml", which must be read within the call. An error
  // ends the reading.
  std::function<absl::Status(std::unique_ptr<Input> entry)> on_file;
  // Receives the name of an entry, or of the archive, that cannot be used, and the reason. An error
  // ends the reading.
  std::function<absl::Status(const std::string& name, const std::string& reason)> on_unusable;
  // Receives the name of the archive, of which at least one entry cannot be found, and the reason.
  // An error ends the reading.
  std::function<absl::Status(const std::string& name, const std::string& reason)> on_lost;
};

// Reads `input`, which is an archive, to its end. Where an entry's head is damaged it goes on with
// the next, in a zip by its directory; where that is not possible, it reports the rest as lost. The
// only errors are those of the sink and CANCELLED.
absl::Status ReadArchive(Input& input, const ArchiveSink& sink);

}  // namespace broadsheet::sources
