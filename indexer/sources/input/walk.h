// SPDX-License-Identifier: GPL-3.0-or-later
// Finds the files below the paths that a person names.
//
// A user who can write into a folder must not be able to make the program read other files of the
// machine. So symbolic links in folders are not followed unless the options say so, and only
// regular files are opened. Every folder is opened relative to its parent, and everything is
// checked again after opening, so that replacing a folder by a link meanwhile has no effect.
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

// A file that was found and will be read. Valid during the call that receives it.
class WalkedFile {
 public:
  // For a file or a pipe that a person named.
  WalkedFile(const std::filesystem::path& path, const struct stat& info)
      : path_(path), size_(SizeOf(info)) {}
  // For a regular file `name` in the open folder `folder`.
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
  // Errors as OpenNamed or OpenFound.
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

// Entries of folders that are skipped on purpose.
enum class PassedOver : uint8_t { kLink, kDevice, kSocket, kPipe, kRepeatedFolder };
inline constexpr size_t kPassedOver = 5;
inline constexpr std::array<std::string_view, kPassedOver> kPassedOverNouns = {
    "symbolic link", "device", "socket", "pipe", "repeated folder"};

struct WalkSink {
  // An error ends the walk.
  std::function<absl::Status(const WalkedFile& file)> on_file;
  // Receives the path of an entry of a folder that cannot be read, and the reason. An error ends
  // the walk.
  std::function<absl::Status(const std::filesystem::path& path, const std::string& reason)>
      on_unreadable;
  // May be empty.
  std::function<void(const std::filesystem::path& path, PassedOver what)> on_passed_over;
};

struct WalkOptions {
  // A folder or a file to skip wherever it occurs below a named folder: the index or the report
  // that is being written.
  std::filesystem::path exclude = {};
  // Follows symbolic links in folders, wherever they lead; reads each folder once, so that links
  // cannot form a cycle.
  bool follow_links = false;
};

// Folders nested more deeply are reported and not entered, because each open folder takes a
// descriptor.
inline constexpr size_t kMaxFolderDepth = 200;

// Calls the sink for `path` itself or, if it is a folder, for all files in it, folder by folder,
// sorted by name (bytes). Skips hidden files and folders (".git") silently. Memory is bounded by
// the folders on the path to the current one.
//
// NOT_FOUND when `path` does not exist; else only what the sink returns.
absl::Status Walk(const std::filesystem::path& path, const WalkOptions& options,
                  const WalkSink& sink);

// Bytes on disk of all files that Walk would find, for an estimate of the time left; unreadable
// files count 0. Opens no file.
uint64_t TotalBytes(const std::vector<std::string>& paths, const WalkOptions& options);

}  // namespace broadsheet::sources
