// SPDX-License-Identifier: GPL-3.0-or-later
// Characters that hide, or turn round, what people see of a text. Pure; safe from any thread.
#pragma once

#include <cstdint>

namespace broadsheet::base {

// True for controls but "\n" and tab, marks of direction, and the like. Not the joiners and marks
// of one direction, which scripts need.
constexpr bool IsHiddenMark(int32_t c) {
  const bool control = (c >= 0 && c < 0x20 && c != '\n' && c != '\t') || (c >= 0x7F && c < 0xA0);
  const bool invisible = c == 0x200B || c == 0x2060 || c == 0xFEFF || c == 0x00AD;
  const bool line = c == 0x2028 || c == 0x2029;
  const bool direction =
      (c >= 0x202A && c <= 0x202E) || (c >= 0x2061 && c <= 0x206F) || c == 0x061C;
  const bool annotation = c >= 0xFFF9 && c <= 0xFFFB;
  const bool tag = c >= 0xE0000 && c <= 0xE007F;
  return control || invisible || line || direction || annotation || tag;
}

}  // namespace broadsheet::base
