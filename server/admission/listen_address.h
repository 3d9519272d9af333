// SPDX-License-Identifier: GPL-3.0-or-later
// Where the server listens, and whom that lets in.
#pragma once

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace broadsheet::server {

// "HOST:PORT", "[IPV6]:PORT" or "unix:PATH", taken apart.
struct ListenAddress {
  // As the user wrote it, and as gRPC takes it.
  std::string text;
  // Without brackets; empty for a Unix socket.
  std::string host;
  // 0 = any free one.
  int port = 0;
  // The socket's path; empty for TCP.
  std::string unix_path;

  // Only this machine can connect: 127.0.0.0/8, ::1, localhost, or a Unix socket.
  bool IsLoopback() const;
  // `text` with the port the system chose in place of 0.
  std::string WithPort(int bound_port) const;
};

// INVALID_ARGUMENT, saying what is expected, when `text` is no address.
absl::StatusOr<ListenAddress> ParseListenAddress(const std::string& text);

// FAILED_PRECONDITION, naming the way out, when anybody on the network could connect without being
// encrypted or asked for a name, and `insecure` does not say that this is meant.
absl::Status CheckExposure(const ListenAddress& address, bool insecure);

}  // namespace broadsheet::server
