// SPDX-License-Identifier: GPL-3.0-or-later
// Letters in a query, byte by byte; the locale makes no difference.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>

#include "engine/text/char_class.h"

namespace broadsheet::query {

// A letter of any script is ASCII, or bytes above it.
inline bool IsLetterByte(char c) { return text::IsAsciiAlpha(c) || !text::IsAscii(c); }

inline std::string LowerAscii(std::string_view text) {
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(), text::AsciiLower);
  return lower;
}

}  // namespace broadsheet::query
