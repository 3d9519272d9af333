// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/listen_address.h"

#include <arpa/inet.h>
#include <netdb.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cstring>
#include <string_view>

#include "absl/cleanup/cleanup.h"
#include "absl/strings/str_format.h"

namespace broadsheet::server {
namespace {

constexpr std::string_view kUnixScheme = "unix:";

absl::Status NotAnAddress(const std::string& text) {
  return absl::InvalidArgumentError(absl::StrFormat(
      "cannot listen on \"%s\": expected HOST:PORT, such as 127.0.0.1:6460, [IPV6]:PORT, or "
      "unix:PATH",
      text));
}

absl::Status CannotListen(const ListenAddress& address, const std::string& reason) {
  return absl::FailedPreconditionError(
      absl::StrFormat("cannot listen on %s: %s; stop what uses it, or choose another address with "
                      "--listen",
                      address.text, reason));
}

absl::Status CheckUnixSocketFree(const ListenAddress& address) {
  sockaddr_un name{};
  name.sun_family = AF_UNIX;
  if (address.unix_path.size() >= sizeof(name.sun_path)) {
    return CannotListen(address, "the path is longer than a socket's may be");
  }
  std::memcpy(name.sun_path, address.unix_path.data(), address.unix_path.size());
  const int probe = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (probe < 0) return CannotListen(address, std::strerror(errno));
  const absl::Cleanup close_probe = [probe] { close(probe); };
  if (connect(probe, reinterpret_cast<const sockaddr*>(&name), sizeof(name)) == 0) {
    return CannotListen(address, "another server answers there");
  }
  return absl::OkStatus();
}

absl::Status TryBind(const ListenAddress& address, const addrinfo& resolved) {
  const int probe = socket(resolved.ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
  // A family that this machine has not; gRPC passes over it too.
  if (probe < 0) return absl::OkStatus();
  const absl::Cleanup close_probe = [probe] { close(probe); };
  // As gRPC does: a port whose last connections are in TIME_WAIT is free.
  const int on = 1;
  setsockopt(probe, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
  if (bind(probe, resolved.ai_addr, resolved.ai_addrlen) != 0) {
    return CannotListen(address, std::strerror(errno));
  }
  return absl::OkStatus();
}

}  // namespace

bool ListenAddress::IsLoopback() const {
  if (!unix_path.empty() || host == "localhost") return true;
  in_addr v4{};
  if (inet_pton(AF_INET, host.c_str(), &v4) == 1) return (ntohl(v4.s_addr) >> 24) == 127;
  in6_addr v6{};
  return inet_pton(AF_INET6, host.c_str(), &v6) == 1 && IN6_IS_ADDR_LOOPBACK(&v6);
}

std::string ListenAddress::WithPort(int bound_port) const {
  if (!unix_path.empty()) return text;
  const bool brackets = host.find(':') != std::string::npos;
  return brackets ? absl::StrFormat("[%s]:%d", host, bound_port)
                  : absl::StrFormat("%s:%d", host, bound_port);
}

absl::StatusOr<ListenAddress> ParseListenAddress(const std::string& text) {
  ListenAddress address{.text = text, .host = "", .port = 0, .unix_path = ""};
  if (text.starts_with(kUnixScheme)) {
    address.unix_path = text.substr(kUnixScheme.size());
    if (address.unix_path.starts_with("//")) address.unix_path.erase(0, 2);
    if (address.unix_path.empty()) return NotAnAddress(text);
    return address;
  }
  const size_t colon = text.rfind(':');
  if (colon == std::string::npos || colon == 0) return NotAnAddress(text);
  const char* const end = text.data() + text.size();
  const auto parsed = std::from_chars(text.data() + colon + 1, end, address.port);
  if (parsed.ec != std::errc() || parsed.ptr != end || address.port < 0 || address.port > 65535) {
    return NotAnAddress(text);
  }
  address.host = text.substr(0, colon);
  if (address.host.front() == '[' && address.host.back() == ']') {
    address.host = address.host.substr(1, address.host.size() - 2);
  } else if (address.host.find(':') != std::string::npos) {
    return NotAnAddress(text);
  }
  return address;
}

absl::Status CheckExposure(const ListenAddress& address, bool insecure) {
  if (address.IsLoopback() || insecure) return absl::OkStatus();
  return absl::FailedPreconditionError(absl::StrFormat(
      "will not listen on %s: other machines could connect, unencrypted and without credentials "
      "(TLS comes in a later release); listen on 127.0.0.1 behind a proxy that encrypts, or allow "
      "it with --insecure",
      address.text));
}

absl::Status CheckBindable(const ListenAddress& address) {
  if (!address.unix_path.empty()) return CheckUnixSocketFree(address);
  addrinfo hints{};
  hints.ai_family = AF_UNSPEC;
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV;
  addrinfo* resolved = nullptr;
  const int failed =
      getaddrinfo(address.host.c_str(), std::to_string(address.port).c_str(), &hints, &resolved);
  if (failed != 0) return CannotListen(address, gai_strerror(failed));
  const absl::Cleanup free_resolved = [resolved] { freeaddrinfo(resolved); };
  for (const addrinfo* each = resolved; each != nullptr; each = each->ai_next) {
    if (absl::Status status = TryBind(address, *each); !status.ok()) return status;
  }
  return absl::OkStatus();
}

}  // namespace broadsheet::server
