// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/bearer_token.h"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fstream>

#include "absl/status/status.h"
#include "absl/strings/str_format.h"

namespace broadsheet::base {
namespace {

// Longer than any token; what is longer is another kind of file.
constexpr size_t kMaxTokenBytes = 1000;

constexpr std::string_view kTokenVariable = "BROADSHEET_TOKEN";

std::string Stripped(const std::string& text) {
  constexpr const char* kSpace = " \t\r\n";
  const size_t first = text.find_first_not_of(kSpace);
  if (first == std::string::npos) return "";
  return text.substr(first, text.find_last_not_of(kSpace) + 1 - first);
}

bool IsOneWord(const std::string& text) {
  return !text.empty() && text.size() <= kMaxTokenBytes &&
         std::all_of(text.begin(), text.end(), [](char byte) { return byte > ' ' && byte < 0x7F; });
}

absl::Status Unreadable(const std::filesystem::path& file, int error) {
  const std::string message =
      absl::StrFormat("cannot read the token in %s: %s", file.string(), std::strerror(error));
  return error == ENOENT ? absl::NotFoundError(message) : absl::PermissionDeniedError(message);
}

absl::Status NoToken(std::string_view where) {
  return absl::InvalidArgumentError(absl::StrFormat(
      "%s holds no token: a token is one word of letters and digits", std::string(where)));
}

}  // namespace

absl::StatusOr<std::string> ReadToken(const std::filesystem::path& file) {
  errno = 0;
  std::ifstream in(file, std::ios::binary);
  if (!in.is_open()) return Unreadable(file, errno);
  std::string text(2 * kMaxTokenBytes, '\0');
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (in.bad()) return Unreadable(file, EIO);
  text.resize(static_cast<size_t>(in.gcount()));
  std::string token = Stripped(text);
  if (!IsOneWord(token)) return NoToken(file.string());
  return token;
}

absl::StatusOr<std::string> TokenOfEnvironment() {
  const char* set = std::getenv(kTokenVariable.data());
  std::string token = Stripped(set == nullptr ? "" : set);
  if (!token.empty() && !IsOneWord(token)) return NoToken(kTokenVariable);
  return token;
}

std::string AuthorizationOf(std::string_view token) { return "Bearer " + std::string(token); }

bool IsOnThisMachine(std::string_view address) {
  if (address.starts_with("unix:") || address.starts_with("unix-abstract:")) return true;
  for (const std::string_view scheme : {"dns:", "ipv4:", "ipv6:"}) {
    if (address.starts_with(scheme)) address.remove_prefix(scheme.size());
  }
  std::string host(address.substr(0, address.rfind(':')));
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  if (host == "localhost") return true;
  in_addr v4{};
  if (inet_pton(AF_INET, host.c_str(), &v4) == 1) return (ntohl(v4.s_addr) >> 24) == 127;
  in6_addr v6{};
  return inet_pton(AF_INET6, host.c_str(), &v6) == 1 && IN6_IS_ADDR_LOOPBACK(&v6);
}

}  // namespace broadsheet::base
