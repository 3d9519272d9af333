// SPDX-License-Identifier: GPL-3.0-or-later
// The address on which the server listens, and who can connect to it.
#pragma once

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace broadsheet::server {

// "HOST:PORT", "[IPV6]:PORT" or "unix:PATH", parsed.
struct ListenAddress {
  // As the user wrote it; gRPC takes the same form.
  std::string text;
  // Without brackets; empty for a Unix socket.
  std::string host;
  // 0 = any free port.
  int port = 0;
  // The socket's path; empty for TCP.
  std::string unix_path;
  // Who may connect to the Unix socket, as far as its folder lets them: its owner and group.
  unsigned unix_mode = 0660;
  // What it was given with, for messages.
  std::string option = "--listen";

  // True if only this machine can connect: 127.0.0.0/8, ::1, localhost, or a Unix socket.
  bool IsLoopback() const;
  bool IsUnix() const { return !unix_path.empty(); }
  // `text` with the port the system chose in place of 0.
  std::string WithPort(int bound_port) const;
};

// INVALID_ARGUMENT, saying what is expected, when `text` is not an address.
absl::StatusOr<ListenAddress> ParseListenAddress(const std::string& text);

// FAILED_PRECONDITION, naming the remedy, when anybody on the network could connect unencrypted,
// and neither `tls` nor `insecure` makes that all right.
absl::Status CheckExposure(const ListenAddress& address, bool tls, bool insecure);

}  // namespace broadsheet::server
