// SPDX-License-Identifier: GPL-3.0-or-later
// Binary search over numbers, for lists that are no containers.
#pragma once

#include <cstdint>

namespace broadsheet::base {

// The first number in [begin, end) for which `is_behind` is true, or `end`; where it is true for
// one number it is for all that follow.
template <typename Predicate>
uint32_t FirstBehind(uint32_t begin, uint32_t end, Predicate is_behind) {
  while (begin < end) {
    const uint32_t middle = begin + (end - begin) / 2;
    if (is_behind(middle)) {
      end = middle;
    } else {
      begin = middle + 1;
    }
  }
  return begin;
}

}  // namespace broadsheet::base
