// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/http/request_guard.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"

namespace broadsheet::desk {
namespace {

constexpr std::string_view kPolicy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

// "news.example:8080" -> "news.example", "[::1]:80" -> "[::1]"; in small letters.
std::string NameOf(std::string_view host) {
  const size_t bracket = host.find(']');
  const size_t colon = host.find(':', bracket == std::string_view::npos ? 0 : bracket);
  return absl::AsciiStrToLower(std::string(host.substr(0, colon)));
}

// gRPC ends the process for metadata that HTTP/2 does not allow.
bool IsHeaderText(std::string_view value) {
  return std::all_of(value.begin(), value.end(), [](char c) { return c >= ' ' && c <= '~'; });
}

}  // namespace

RequestGuard::RequestGuard(std::vector<std::string> hosts)
    : hosts_([&hosts] {
        std::vector<std::string> known = {"localhost", "127.0.0.1", "[::1]"};
        for (const std::string& host : hosts) known.push_back(NameOf(host));
        return known;
      }()) {}

bool RequestGuard::Knows(std::string_view host) const {
  return std::find(hosts_.begin(), hosts_.end(), NameOf(host)) != hosts_.end();
}

std::optional<HttpReply> RequestGuard::Refuse(const HttpRequest& request) const {
  if (!Knows(request.host)) {
    return TextReply(421,
                     "The desk does not answer for this host name. Whoever runs it can allow it: "
                     "broadsheet-desk --allow-host NAME\n");
  }
  constexpr std::string_view kScheme = "://";
  if (!request.origin.empty()) {
    const size_t scheme = request.origin.find(kScheme);
    const bool own = scheme != std::string::npos &&
                     request.origin.substr(scheme + kScheme.size()) == request.host;
    if (!own) return TextReply(403, "Requests from pages of other sites are refused.\n");
  }
  if (!IsHeaderText(request.authorization)) {
    return TextReply(400, "The Authorization header has bytes that no token has.\n");
  }
  return std::nullopt;
}

void AddSecurityHeaders(HttpReply& reply) {
  for (const auto& [name, value] : std::initializer_list<std::pair<const char*, std::string_view>>{
           {"Content-Security-Policy", kPolicy},
           {"X-Content-Type-Options", "nosniff"},
           {"Referrer-Policy", "no-referrer"},
           {"Cross-Origin-Opener-Policy", "same-origin"},
           {"Cross-Origin-Resource-Policy", "same-origin"}}) {
    reply.headers.emplace_back(name, value);
  }
}

}  // namespace broadsheet::desk
