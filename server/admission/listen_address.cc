// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/admission/listen_address.h"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <charconv>
#include <string_view>

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

absl::Status CheckExposure(const ListenAddress& address, bool tls, bool insecure) {
  if (address.IsLoopback() || tls || insecure) return absl::OkStatus();
  const bool can_encrypt = address.option == "--listen";
  return absl::FailedPreconditionError(absl::StrFormat(
      "will not listen on %s: other machines could connect, unencrypted; %s, or allow it with "
      "--insecure",
      address.text,
      can_encrypt ? "encrypt with --tls-cert and --tls-key, or listen on a Unix socket behind "
                    "nginx (SECURITY.md)"
                  : "listen on 127.0.0.1 or a Unix socket"));
}

}  // namespace broadsheet::server
