// SPDX-License-Identifier: GPL-3.0-or-later
// The files below the paths a person names.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "absl/status/status.h"

namespace broadsheet::sources {

struct WalkSink {
  // A regular file, or whatever a person named: a pipe, a device. An error ends the walk.
  std::function<absl::Status(const std::filesystem::path& file)> on_file;
  // Something inside a folder that cannot be read, with the reason. An error ends the walk.
  std::function<absl::Status(const std::filesystem::path& path, const std::string& reason)>
      on_unreadable;
};

struct WalkOptions {
  // Left out wherever it is met below a named folder: the index that is being written.
  std::filesystem::path exclude;
};

// Calls the sink for `path` itself or, when it is a folder, for all that is in it, folder by
// folder, sorted by name (bytes). Hidden files and folders (".git") are passed over. Linked files
// are read; linked folders are not entered, so that no link leads in circles. Memory is bounded by
// the largest folder.
//
// NOT_FOUND when `path` does not exist; else only what the sink returns.
absl::Status Walk(const std::filesystem::path& path, const WalkOptions& options,
                  const WalkSink& sink);

// Bytes on disk of all files that Walk would find, for an estimate of the time left; what cannot
// be read counts nothing.
uint64_t TotalBytes(const std::vector<std::string>& paths, const WalkOptions& options);

}  // namespace broadsheet::sources
