// SPDX-License-Identifier: GPL-3.0-or-later
// ASCII letters and digits in a query; the locale makes no difference.
#pragma once

#include <string>
#include <string_view>

namespace broadsheet::query {

inline bool IsDigit(char c) { return c >= '0' && c <= '9'; }
inline bool IsAsciiLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
// A letter of any script is ASCII, or bytes above it.
inline bool IsLetterByte(char c) {
  return IsAsciiLetter(c) || static_cast<unsigned char>(c) >= 0x80;
}

inline std::string LowerAscii(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return lower;
}

}  // namespace broadsheet::query
