// SPDX-License-Identifier: GPL-3.0-or-later
// The token by which a program is known to a server. It comes from a file or from the environment,
// never from a command line, which other users of the machine can read.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace broadsheet::base {

// What the file holds, but for the white space around it. Errors name the file, not what it holds:
// NOT_FOUND when there is none, PERMISSION_DENIED when it cannot be read, INVALID_ARGUMENT when it
// is no one word.
absl::StatusOr<std::string> ReadToken(const std::filesystem::path& file);

// What the variable BROADSHEET_TOKEN holds, likewise; "" when it is unset or empty.
absl::StatusOr<std::string> TokenOfEnvironment();

// The value of the metadata "authorization" with it.
std::string AuthorizationOf(std::string_view token);

// Whether what is sent to `address`, as gRPC reads it ("host:port", "[ipv6]:port", "unix:path"),
// stays on this machine: nobody else can read it there, encrypted or not.
bool IsOnThisMachine(std::string_view address);

}  // namespace broadsheet::base
