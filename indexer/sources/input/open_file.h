// SPDX-License-Identifier: GPL-3.0-or-later
// Opens inputs without waiting, and checks the kind of a file after opening it, so that exactly the
// checked file is read.
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

// The reason why opening or examining a file failed: NOT_FOUND, PERMISSION_DENIED or UNAVAILABLE.
absl::Status OpenError(int error);

// INVALID_ARGUMENT, naming `kind` and the kinds that can be read, for a device or a socket.
absl::Status CheckReadable(FileKind kind);

// Opens a file or a pipe that a person names; follows links. NOT_FOUND, PERMISSION_DENIED or
// UNAVAILABLE when it cannot be opened, INVALID_ARGUMENT for anything but a file or a pipe; the
// caller adds the name to the message. Does not wait for the writer of a pipe.
absl::StatusOr<base::FileDescriptor> OpenNamed(const std::filesystem::path& path);

// Opens `name`, a file or a folder, in the open folder `folder`. The same errors, and
// INVALID_ARGUMENT when it is no longer of `kind`.
absl::StatusOr<base::FileDescriptor> OpenFound(int folder, const std::string& name, FileKind kind,
                                               bool follow_links);

}  // namespace broadsheet::sources
