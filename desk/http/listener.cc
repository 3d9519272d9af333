// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/http/listener.h"

#include <arpa/inet.h>
#include <event2/util.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string_view>
#include <utility>

#include "absl/strings/str_format.h"

namespace broadsheet::desk {
namespace {

constexpr std::string_view kUnixScheme = "unix:";
constexpr std::string_view kLocalhost = "localhost:";
constexpr int kBacklog = 256;

absl::Status CannotListen(const std::string& address, const std::string& why) {
  return absl::FailedPreconditionError("cannot listen on " + address + ": " + why);
}

bool IsLoopback(const sockaddr_storage& address) {
  if (address.ss_family == AF_INET) {
    const auto& v4 = reinterpret_cast<const sockaddr_in&>(address);
    return (ntohl(v4.sin_addr.s_addr) >> 24) == 127;
  }
  return IN6_IS_ADDR_LOOPBACK(&reinterpret_cast<const sockaddr_in6&>(address).sin6_addr);
}

// What follows the last colon; nullopt when it is no port. (evutil takes no 0.)
std::optional<uint16_t> PortOf(const std::string& address) {
  const size_t colon = address.rfind(':');
  if (colon == std::string::npos) return std::nullopt;
  uint16_t port = 0;
  const char* const end = address.data() + address.size();
  const auto [read, error] = std::from_chars(address.data() + colon + 1, end, port);
  return error == std::errc() && read == end ? std::optional(port) : std::nullopt;
}

void SetPort(uint16_t port, sockaddr_storage& address) {
  if (address.ss_family == AF_INET) {
    reinterpret_cast<sockaddr_in&>(address).sin_port = htons(port);
  } else {
    reinterpret_cast<sockaddr_in6&>(address).sin6_port = htons(port);
  }
}

std::string TextOf(const sockaddr_storage& address) {
  std::array<char, INET6_ADDRSTRLEN> text = {};
  if (address.ss_family == AF_INET) {
    const auto& v4 = reinterpret_cast<const sockaddr_in&>(address);
    inet_ntop(AF_INET, &v4.sin_addr, text.data(), text.size());
    return absl::StrFormat("%s:%d", text.data(), ntohs(v4.sin_port));
  }
  const auto& v6 = reinterpret_cast<const sockaddr_in6&>(address);
  inet_ntop(AF_INET6, &v6.sin6_addr, text.data(), text.size());
  return absl::StrFormat("[%s]:%d", text.data(), ntohs(v6.sin6_port));
}

// Whether a program accepts connections at a Unix socket.
bool SomebodyListens(const sockaddr_un& at) {
  const base::FileDescriptor probe(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  return connect(probe.get(), reinterpret_cast<const sockaddr*>(&at), sizeof(at)) == 0;
}

}  // namespace

Listener::~Listener() {
  if (socket_.open() && !unix_path_.empty()) unlink(unix_path_.c_str());
}

absl::StatusOr<Listener> Listener::Open(const std::string& address, bool any_machine) {
  Listener listener;
  listener.address_ = address;
  absl::Status opened;
  if (address.starts_with(kUnixScheme)) {
    opened = listener.OpenUnix(address.substr(kUnixScheme.size()));
  } else if (address.starts_with(kLocalhost)) {
    opened = listener.OpenTcp("127.0.0.1:" + address.substr(kLocalhost.size()), any_machine);
  } else {
    opened = listener.OpenTcp(address, any_machine);
  }
  if (!opened.ok()) return opened;
  if (listen(listener.fd(), kBacklog) != 0) return CannotListen(address, std::strerror(errno));
  evutil_make_socket_nonblocking(listener.fd());
  return listener;
}

absl::Status Listener::OpenUnix(const std::string& path) {
  sockaddr_un at{};
  at.sun_family = AF_UNIX;
  if (path.empty() || path.size() >= sizeof(at.sun_path)) {
    return absl::InvalidArgumentError(
        absl::StrFormat("cannot listen on %s: a socket's path has 1 to %d bytes", address_,
                        sizeof(at.sun_path) - 1));
  }
  path.copy(at.sun_path, path.size());
  struct stat file {};
  if (lstat(path.c_str(), &file) == 0) {
    if (!S_ISSOCK(file.st_mode)) return CannotListen(address_, "there is a file that is no socket");
    if (SomebodyListens(at)) return CannotListen(address_, "another program listens there");
    unlink(path.c_str());  // of a desk that was killed
  }
  socket_ = base::FileDescriptor(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  if (bind(socket_.get(), reinterpret_cast<const sockaddr*>(&at), sizeof(at)) != 0) {
    return CannotListen(address_, std::strerror(errno));
  }
  unix_path_ = path;
  return absl::OkStatus();
}

absl::Status Listener::OpenTcp(const std::string& address, bool any_machine) {
  sockaddr_storage at{};
  int size = sizeof(at);
  auto* const raw = reinterpret_cast<sockaddr*>(&at);
  const std::optional<uint16_t> port = PortOf(address);
  const std::string host = address.substr(0, address.rfind(':'));
  if (!port || evutil_parse_sockaddr_port(host.c_str(), raw, &size) != 0) {
    return absl::InvalidArgumentError(
        "cannot listen on " + address_ +
        ": expected IP:PORT, such as 127.0.0.1:8080, [IPV6]:PORT, or unix:PATH");
  }
  SetPort(*port, at);
  if (!IsLoopback(at) && !any_machine) {
    return CannotListen(address_,
                        "other machines could connect, unencrypted; listen on 127.0.0.1 or a Unix "
                        "socket behind nginx or Apache, or allow it with --insecure");
  }
  socket_ = base::FileDescriptor(socket(at.ss_family, SOCK_STREAM | SOCK_CLOEXEC, 0));
  const int on = 1;
  setsockopt(socket_.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
  auto length = static_cast<socklen_t>(size);
  if (bind(socket_.get(), raw, length) != 0) return CannotListen(address_, std::strerror(errno));
  length = sizeof(at);
  getsockname(socket_.get(), raw, &length);
  address_ = TextOf(at);
  return absl::OkStatus();
}

}  // namespace broadsheet::desk
