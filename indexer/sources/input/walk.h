// SPDX-License-Identifier: GPL-3.0-or-later
// The files below the paths a person names.
//
// Whoever may write into a folder decides what is in it, but not what else on this machine is read:
// symbolic links in it lead nowhere unless that is asked for, and only regular files are opened.
// Every folder is opened from the one it was found in, and everything is looked at again when it is
// open, so that nothing changes when a folder is exchanged for a link meanwhile.
#pragma once

#include <sys/stat.h>

#include <array>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "engine/base/file_descriptor.h"

namespace broadsheet::sources {

// Something that was found and is to be read. Valid within the call that gets it.
class WalkedFile {
 public:
  // A file or a pipe that a person named.
  WalkedFile(const std::filesystem::path& path, const struct stat& info)
      : path_(path), size_(SizeOf(info)) {}
  // A regular file `name` in the open folder `folder`.
  WalkedFile(const std::filesystem::path& path, const struct stat& info, int folder,
             std::string name, bool follow_links)
      : path_(path),
        size_(SizeOf(info)),
        folder_(folder),
        name_(std::move(name)),
        follow_links_(follow_links) {}

  const std::filesystem::path& path() const { return path_; }
  // Bytes on disk; 0 for a pipe.
  uint64_t size() const { return size_; }
  // As OpenNamed or OpenFound.
  absl::StatusOr<base::FileDescriptor> Open() const;

 private:
  static uint64_t SizeOf(const struct stat& info) {
    return S_ISREG(info.st_mode) ? static_cast<uint64_t>(info.st_size) : 0;
  }

  const std::filesystem::path& path_;
  const uint64_t size_;
  const int folder_ = -1;
  const std::string name_;
  const bool follow_links_ = true;
};

// What is in a folder and not read, on purpose.
enum class PassedOver : uint8_t { kLink, kDevice, kSocket, kPipe, kRepeatedFolder };
inline constexpr size_t kPassedOver = 5;
inline constexpr std::array<std::string_view, kPassedOver> kPassedOverNouns = {
    "symbolic link", "device", "socket", "pipe", "repeated folder"};

struct WalkSink {
  // An error ends the walk.
  std::function<absl::Status(const WalkedFile& file)> on_file;
  // Something inside a folder that cannot be read, with the reason. An error ends the walk.
  std::function<absl::Status(const std::filesystem::path& path, const std::string& reason)>
      on_unreadable;
  // May be empty.
  std::function<void(const std::filesystem::path& path, PassedOver what)> on_passed_over;
};

struct WalkOptions {
  // Left out wherever it is met below a named folder: the index that is being written.
  std::filesystem::path exclude = {};
  // Reads what symbolic links in folders lead to, wherever that is; each folder once, so that no
  // link leads in circles.
  bool follow_links = false;
};

// Folders inside one another beyond this are reported and not entered: each holds a descriptor.
inline constexpr size_t kMaxFolderDepth = 200;

// Calls the sink for `path` itself or, when it is a folder, for all that is in it, folder by
// folder, sorted by name (bytes). Hidden files and folders (".git") are passed over without a word.
// Memory is bounded by the folders on the way down.
//
// NOT_FOUND when `path` does not exist; else only what the sink returns.
absl::Status Walk(const std::filesystem::path& path, const WalkOptions& options,
                  const WalkSink& sink);

// Bytes on disk of all files that Walk would find, for an estimate of the time left; what cannot
// be read counts nothing. Opens no file.
uint64_t TotalBytes(const std::vector<std::string>& paths, const WalkOptions& options);

}  // namespace broadsheet::sources
