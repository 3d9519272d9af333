// SPDX-License-Identifier: GPL-3.0-or-later
// Reads ASCII letters and digits eight bytes at a time.
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace broadsheet::text {

// Up to eight ASCII letters and digits in lower case, the first in the low byte, zeros above.
struct AsciiRun {
  uint64_t lower = 0;
  size_t count = 0;
};

// The letters and digits that `text` has at `pos`, up to the first other byte or eight of them.
//
// Within a machine word (as in Bit Twiddling Hacks, "determine if a word has a byte between m and
// n"): adding 0x80 - m to a byte below 0x80 sets its high bit when it is at least m.
inline AsciiRun ReadAsciiRun(std::string_view text, size_t pos) {
  constexpr uint64_t kOnes = 0x0101010101010101;
  constexpr uint64_t kHighBits = 0x80 * kOnes;
  uint64_t bytes = 0;
  // Fewer than eight bytes are padded with NUL, which is not a letter.
  std::memcpy(&bytes, text.data() + pos, std::min<size_t>(8, text.size() - pos));
  if constexpr (std::endian::native == std::endian::big) bytes = __builtin_bswap64(bytes);
  const uint64_t seven_bits = bytes & ~kHighBits;
  // Lower-cases letters and leaves digits as they are.
  const uint64_t lower = seven_bits | (0x20 * kOnes);
  const uint64_t letters = (lower + (0x80 - 'a') * kOnes) & ~(lower + (0x80 - 'z' - 1) * kOnes);
  const uint64_t digits =
      (seven_bits + (0x80 - '0') * kOnes) & ~(seven_bits + (0x80 - '9' - 1) * kOnes);
  const uint64_t others = ~(letters | digits) & kHighBits;
  const uint64_t stops = others | (bytes & kHighBits);
  if (stops == 0) return {lower, 8};
  const int bits = std::countr_zero(stops) - 7;
  return {lower & ((uint64_t{1} << bits) - 1), static_cast<size_t>(bits) / 8};
}

}  // namespace broadsheet::text
