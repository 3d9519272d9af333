// SPDX-License-Identifier: GPL-3.0-or-later
// Snowball stemmers of all languages behind one cache. Not thread-safe.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/text/zeroed_array.h"

struct sb_stemmer;

namespace broadsheet::text {

// A folded word laid out as the key of the stem cache: its bytes as little-endian words of eight,
// then zeros (no word has a NUL). The scanner fills it eight bytes at a time from registers, so
// that hashing and comparing never wait for bytes to come back from memory.
//
// A longer word (up to kMaxBytes) fits in too; it is just not cached. One that is longer still
// cannot be stemmed.
class StemKey {
 public:
  static constexpr size_t kMaxBytes = 256;
  static constexpr size_t kCachedWords = 4;
  static constexpr size_t kCachedBytes = 8 * kCachedWords;

  std::string_view word() const { return {bytes_, size_}; }

  void Assign(std::string_view word);

  // Lays down an ASCII word eight bytes at a time: Clear(), then Append() with `count` bytes in the
  // low end of `eight` and zeros above, where only the last call's count is below eight.
  void Clear() {
    size_ = 0;
    words_ = {};
  }
  void Append(uint64_t eight, size_t count) {
    if (size_ < kCachedBytes) words_[size_ / 8] = eight;
    StoreLittleEndian(eight, bytes_ + size_);
    size_ += count;
  }

 private:
  friend class Stemmers;

  static void StoreLittleEndian(uint64_t eight, char* bytes) {
    if constexpr (std::endian::native == std::endian::big) eight = __builtin_bswap64(eight);
    std::memcpy(bytes, &eight, sizeof(eight));
  }

  std::array<uint64_t, kCachedWords> words_ = {};
  size_t size_ = 0;
  char bytes_[kMaxBytes + 8] = {};
};

// True if Snowball has a stemmer for `primary` (an ISO 639 code in lower case).
bool SnowballKnows(std::string_view primary);

class Stemmers {
 public:
  Stemmers();
  ~Stemmers();
  Stemmers(const Stemmers&) = delete;
  Stemmers& operator=(const Stemmers&) = delete;

  // The number of the stemmer for a BCP 47 tag; 0 when there is none.
  int Find(std::string_view language);

  // The stem of key->word(); the word itself when `stemmer` is 0 or the word holds anything but
  // letters and apostrophes. Never empty. Valid until the next call and while `key` lasts.
  std::string_view Stem(int stemmer, StemKey* key);

 private:
  struct Deleter {
    void operator()(sb_stemmer* stemmer) const;
  };
  struct alignas(64) Slot {
    std::array<uint64_t, StemKey::kCachedWords> key;
    uint8_t stemmer;
    uint8_t stem_size;
    char stem[30];
  };
  // 2 MB: the words that make up nearly all of a running text.
  static constexpr size_t kSlotBits = 15;

  std::string_view StemUncached(int stemmer, std::string_view word);

  std::map<std::string, int, std::less<>> numbers_;
  std::vector<std::unique_ptr<sb_stemmer, Deleter>> stemmers_;
  ZeroedArray<Slot> slots_;
  std::string stem_;
};

}  // namespace broadsheet::text
