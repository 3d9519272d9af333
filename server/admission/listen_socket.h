// SPDX-License-Identifier: GPL-3.0-or-later
// The sockets on which a server listens. They are bound before the index is opened, so that an
// address in use is reported at once; clients can connect only after Listen().
#pragma once

#include <sys/stat.h>

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "engine/base/file_descriptor.h"
#include "server/admission/listen_address.h"

namespace broadsheet::server {

// Owns the sockets, and the file of a Unix socket, which it removes in the end unless another
// server has replaced it. Movable; not thread-safe.
class ListenSocket {
 public:
  // One socket for each address that the host's name has ("localhost" may have two), all with the
  // same port. FAILED_PRECONDITION with the system's reason and the remedy when one cannot be
  // bound, when a server answers at the Unix socket, or when another kind of file is in its place.
  static absl::StatusOr<ListenSocket> Bind(const ListenAddress& address);

  ListenSocket(ListenSocket&& other) noexcept = default;
  ListenSocket& operator=(ListenSocket&& other) = delete;
  // As Close().
  ~ListenSocket();

  // Lets clients connect, who then wait to be accepted. FAILED_PRECONDITION as above: Linux lets
  // two servers bind the same address, but only one listen.
  absl::Status Listen();

  // Refuses connections from now on; address() stays. May be called again.
  void Close();

  // `address` with the port the system chose in place of 0.
  const std::string& address() const { return address_; }
  bool is_unix() const { return !unix_path_.empty(); }
  // Whether only this machine can connect.
  bool is_loopback() const { return loopback_; }
  // Non-blocking, never inherited by a child process.
  const std::vector<base::FileDescriptor>& descriptors() const { return descriptors_; }

 private:
  ListenSocket() = default;
  absl::Status BindUnix(const ListenAddress& address);
  absl::Status BindTcp(const ListenAddress& address);

  std::string address_;
  bool loopback_ = true;
  std::vector<base::FileDescriptor> descriptors_;
  // A Unix socket's path, and the identity of the file bound there.
  std::string unix_path_;
  struct stat unix_file_ = {};
};

}  // namespace broadsheet::server
