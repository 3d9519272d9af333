// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/http/message.h"

#include <cctype>

#include "absl/strings/str_split.h"

namespace broadsheet::desk {
namespace {

int HexDigit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

}  // namespace

std::string Decoded(std::string_view text, bool plus_is_space) {
  std::string decoded;
  for (size_t i = 0; i < text.size(); ++i) {
    const bool escape = text[i] == '%' && i + 2 < text.size();
    const int high = escape ? HexDigit(text[i + 1]) : -1;
    const int low = escape ? HexDigit(text[i + 2]) : -1;
    if (high >= 0 && low >= 0) {
      decoded += static_cast<char>(high * 16 + low);
      i += 2;
    } else {
      decoded += plus_is_space && text[i] == '+' ? ' ' : text[i];
    }
  }
  return decoded;
}

std::string Encoded(std::string_view text) {
  constexpr char kDigits[] = "0123456789ABCDEF";
  std::string encoded;
  encoded.reserve(text.size());
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (std::isalnum(byte) != 0 || c == '-' || c == '.' || c == '_' || c == '~') {
      encoded += c;
    } else {
      encoded += '%';
      encoded += kDigits[byte >> 4];
      encoded += kDigits[byte & 15];
    }
  }
  return encoded;
}

std::vector<NameAndValue> ParseParameters(std::string_view query) {
  std::vector<NameAndValue> parameters;
  for (const std::string& part :
       std::vector<std::string>(absl::StrSplit(std::string(query), '&', absl::SkipEmpty()))) {
    const size_t equals = part.find('=');
    const std::string_view view = part;
    parameters.emplace_back(
        Decoded(view.substr(0, equals), /*plus_is_space=*/true),
        equals == std::string::npos ? "" : Decoded(view.substr(equals + 1), true));
  }
  return parameters;
}

}  // namespace broadsheet::desk
