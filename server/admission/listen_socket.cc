// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/admission/listen_socket.h"

#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "absl/cleanup/cleanup.h"
#include "absl/strings/str_format.h"

namespace broadsheet::server {
namespace {

using base::FileDescriptor;

// A port that the system chose for one address may be taken at the next.
constexpr int kPortTries = 16;

absl::Status CannotListen(const ListenAddress& address, const std::string& reason) {
  return absl::FailedPreconditionError(
      absl::StrFormat("cannot listen on %s: %s; stop what uses it, or choose another address with "
                      "%s",
                      address.text, reason, address.option));
}

base::FileDescriptor NewSocket(int family) {
  return base::FileDescriptor(::socket(family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
}

// What a server that was killed has left is removed; a socket that somebody answers at is not, nor
// a file of another kind, which somebody has named by mistake.
absl::Status ClearUnixPath(const ListenAddress& address, const sockaddr_un& name) {
  struct stat found = {};
  if (::lstat(name.sun_path, &found) != 0) return absl::OkStatus();
  if (!S_ISSOCK(found.st_mode)) return CannotListen(address, "there is a file which is no socket");
  const base::FileDescriptor probe = NewSocket(AF_UNIX);
  if (!probe.open()) return CannotListen(address, std::strerror(errno));
  if (::connect(probe.get(), reinterpret_cast<const sockaddr*>(&name), sizeof(name)) == 0 ||
      errno == EAGAIN) {
    return CannotListen(address, "another server answers there");
  }
  if (::unlink(name.sun_path) != 0) return CannotListen(address, std::strerror(errno));
  return absl::OkStatus();
}

// EAFNOSUPPORT for a family that this machine does not have; 0 when it is bound.
int TryBind(const addrinfo& resolved, uint16_t port, base::FileDescriptor* bound) {
  sockaddr_storage address = {};
  std::memcpy(&address, resolved.ai_addr, resolved.ai_addrlen);
  const bool is_v6 = resolved.ai_family == AF_INET6;
  in_port_t& own_port = is_v6 ? reinterpret_cast<sockaddr_in6&>(address).sin6_port
                              : reinterpret_cast<sockaddr_in&>(address).sin_port;
  own_port = htons(port);
  base::FileDescriptor socket = NewSocket(resolved.ai_family);
  if (!socket.open()) return errno;
  const int on = 1;
  // A port whose last connections are in TIME_WAIT is free.
  ::setsockopt(socket.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
  if (::bind(socket.get(), reinterpret_cast<const sockaddr*>(&address), resolved.ai_addrlen) != 0) {
    return errno;
  }
  *bound = std::move(socket);
  return 0;
}

uint16_t PortOf(const base::FileDescriptor& socket) {
  sockaddr_storage address = {};
  socklen_t size = sizeof(address);
  ::getsockname(socket.get(), reinterpret_cast<sockaddr*>(&address), &size);
  return ntohs(address.ss_family == AF_INET6 ? reinterpret_cast<sockaddr_in6&>(address).sin6_port
                                             : reinterpret_cast<sockaddr_in&>(address).sin_port);
}

// All of `resolved` on one port; `error` is that of the first which could not be bound.
std::vector<base::FileDescriptor> BindEach(const addrinfo* resolved, uint16_t port, int* error) {
  std::vector<base::FileDescriptor> bound;
  *error = EAFNOSUPPORT;
  for (; resolved != nullptr; resolved = resolved->ai_next) {
    base::FileDescriptor socket;
    const int failed = TryBind(*resolved, port, &socket);
    if (failed == EAFNOSUPPORT) continue;
    *error = failed;
    if (failed != 0) return {};
    bound.push_back(std::move(socket));
    port = PortOf(bound.front());
  }
  return bound;
}

}  // namespace

absl::StatusOr<ListenSocket> ListenSocket::Bind(const ListenAddress& address) {
  ListenSocket socket;
  socket.loopback_ = address.IsLoopback();
  const bool is_unix = !address.unix_path.empty();
  absl::Status bound = is_unix ? socket.BindUnix(address) : socket.BindTcp(address);
  if (!bound.ok()) return bound;
  return socket;
}

ListenSocket::~ListenSocket() { Close(); }

void ListenSocket::Close() {
  // Nothing when moved from.
  if (descriptors_.empty()) return;
  descriptors_.clear();
  if (unix_path_.empty()) return;
  struct stat now = {};
  const bool is_ours = ::lstat(unix_path_.c_str(), &now) == 0 && now.st_dev == unix_file_.st_dev &&
                       now.st_ino == unix_file_.st_ino;
  if (is_ours) ::unlink(unix_path_.c_str());
}

absl::Status ListenSocket::BindUnix(const ListenAddress& address) {
  sockaddr_un name = {};
  name.sun_family = AF_UNIX;
  if (address.unix_path.size() >= sizeof(name.sun_path)) {
    return CannotListen(address, "the path is longer than a socket's may be");
  }
  std::memcpy(name.sun_path, address.unix_path.data(), address.unix_path.size());
  if (absl::Status clear = ClearUnixPath(address, name); !clear.ok()) return clear;
  base::FileDescriptor socket = NewSocket(AF_UNIX);
  // First the mode that Linux makes the file with, less what the umask takes away, so that at no
  // moment more may connect than are meant to; then what the umask took.
  if (!socket.open() || ::fchmod(socket.get(), address.unix_mode) != 0 ||
      ::bind(socket.get(), reinterpret_cast<const sockaddr*>(&name), sizeof(name)) != 0 ||
      ::chmod(name.sun_path, address.unix_mode) != 0 || ::lstat(name.sun_path, &unix_file_) != 0) {
    return CannotListen(address, std::strerror(errno));
  }
  unix_path_ = address.unix_path;
  address_ = address.text;
  descriptors_.push_back(std::move(socket));
  return absl::OkStatus();
}

absl::Status ListenSocket::BindTcp(const ListenAddress& address) {
  addrinfo hints = {};
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV;
  addrinfo* resolved = nullptr;
  const int unknown =
      ::getaddrinfo(address.host.c_str(), std::to_string(address.port).c_str(), &hints, &resolved);
  if (unknown != 0) return CannotListen(address, ::gai_strerror(unknown));
  const absl::Cleanup free_resolved = [resolved] { ::freeaddrinfo(resolved); };
  int error = EADDRINUSE;
  for (int left = address.port == 0 ? kPortTries : 1; left > 0 && error == EADDRINUSE; --left) {
    descriptors_ = BindEach(resolved, static_cast<uint16_t>(address.port), &error);
  }
  if (descriptors_.empty()) return CannotListen(address, std::strerror(error));
  address_ = address.WithPort(PortOf(descriptors_.front()));
  return absl::OkStatus();
}

absl::Status ListenSocket::Listen() {
  for (const base::FileDescriptor& each : descriptors_) {
    if (::listen(each.get(), SOMAXCONN) == 0) continue;
    return absl::FailedPreconditionError(
        absl::StrFormat("cannot listen on %s: %s", address_, std::strerror(errno)));
  }
  return absl::OkStatus();
}

}  // namespace broadsheet::server
