// SPDX-License-Identifier: GPL-3.0-or-later
// The socket on which the desk listens: loopback TCP or a Unix socket, unless told otherwise.
#pragma once

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "engine/base/file_descriptor.h"

namespace broadsheet::desk {

// Owns a listening socket, and the file of a Unix socket, which it removes in the end.
class Listener {
 public:
  // `address` is IP:PORT, [IPV6]:PORT, localhost:PORT or unix:PATH; port 0 = any free one.
  // INVALID_ARGUMENT for what is none; FAILED_PRECONDITION with the reason when it is in use, or
  // when it can be reached from other machines and `any_machine` does not allow that.
  static absl::StatusOr<Listener> Open(const std::string& address, bool any_machine);
  Listener(Listener&& other) noexcept = default;
  Listener& operator=(Listener&& other) = delete;
  ~Listener();

  // With the port that the system chose: "127.0.0.1:8080" or "unix:/run/desk.sock".
  const std::string& address() const { return address_; }
  bool is_unix() const { return !unix_path_.empty(); }
  // Non-blocking.
  int fd() const { return socket_.get(); }

 private:
  Listener() = default;
  absl::Status OpenUnix(const std::string& path);
  absl::Status OpenTcp(const std::string& address, bool any_machine);

  std::string address_;
  std::string unix_path_;
  base::FileDescriptor socket_;
};

}  // namespace broadsheet::desk
