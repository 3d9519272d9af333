// SPDX-License-Identifier: GPL-3.0-or-later
// Opening inputs so that nothing waits and nothing else is read than what was checked: what a path
// leads to is looked at when it is open.
#pragma once

#include <sys/stat.h>

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "engine/base/file_descriptor.h"

namespace broadsheet::sources {

enum class FileKind : uint8_t { kFile, kFolder, kLink, kPipe, kDevice, kSocket };

FileKind KindOfFile(const struct stat& info);
// "a device".
std::string_view FileKindName(FileKind kind);

// Why opening, or looking at, something failed: NOT_FOUND, PERMISSION_DENIED or UNAVAILABLE.
absl::Status OpenError(int error);

// INVALID_ARGUMENT, saying what it is and what is read, for a device or a socket.
absl::Status CheckReadable(FileKind kind);

// A file or a pipe that a person names, who may use links as he likes. NOT_FOUND, PERMISSION_DENIED
// or UNAVAILABLE when it cannot be opened, INVALID_ARGUMENT for anything but a file or a pipe; the
// message leaves the name to the caller. A pipe whose writer has not come yet is opened at once.
absl::StatusOr<base::FileDescriptor> OpenNamed(const std::filesystem::path& path);

// `name` in the open folder `folder`, which was found to be of `kind`: a file or a folder. The same
// errors, and INVALID_ARGUMENT when it is something else by now.
absl::StatusOr<base::FileDescriptor> OpenFound(int folder, const std::string& name, FileKind kind,
                                               bool follow_links);

}  // namespace broadsheet::sources
