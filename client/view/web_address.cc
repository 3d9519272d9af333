// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/view/web_address.h"

#include "absl/strings/match.h"
#include "absl/strings/str_format.h"

namespace broadsheet::client {

std::string WebAddress(std::string_view url) {
  // Terminals and browsers take no longer ones.
  constexpr size_t kLongestAddress = 2000;
  const std::string start(url.substr(0, 8));
  if (!absl::StartsWithIgnoreCase(start, "http://") &&
      !absl::StartsWithIgnoreCase(start, "https://")) {
    return "";
  }
  std::string address;
  for (const char c : url) {
    const auto byte = static_cast<unsigned char>(c);
    // A space or a control character: what follows it is no part of an address.
    if (byte <= ' ' || byte == 0x7F) return "";
    if (byte >= 0x80) {
      address += absl::StrFormat("%%%02X", byte);
    } else {
      address += c;
    }
  }
  return address.size() <= kLongestAddress ? address : "";
}

}  // namespace broadsheet::client
