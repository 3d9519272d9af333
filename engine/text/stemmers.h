// SPDX-License-Identifier: GPL-3.0-or-later
// Snowball stemmers of all languages behind one cache. Not thread-safe.
#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

struct sb_stemmer;

namespace broadsheet::text {

// A folded word laid out as the key of the stem cache, so that finding it is one comparison of 32
// bytes: stemmer number, length, bytes, and zeros up to the end.
//
// A longer word (up to kMaxBytes) fits in too; it is just not cached.
class StemKey {
 public:
  static constexpr size_t kMaxBytes = 64;
  static constexpr size_t kCachedBytes = 30;

  char* bytes() { return data_ + 2; }
  std::string_view word() const { return {data_ + 2, size_}; }

  // Says how many of bytes() are the word, and clears what the cache compares beyond them.
  void SetSize(size_t size) {
    size_ = size;
    data_[1] = static_cast<char>(size);
    std::memset(data_ + 2 + size, 0, 32);
  }
  void Assign(std::string_view word) {
    std::memcpy(bytes(), word.data(), word.size());
    SetSize(word.size());
  }

 private:
  friend class Stemmers;

  alignas(32) char data_[2 + kMaxBytes + 32] = {};
  size_t size_ = 0;
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
  struct Slot {
    char key[32];
    uint8_t stem_size;
    char stem[31];
  };
  // 2 MB: the words that make up nearly all of a running text.
  static constexpr size_t kSlotBits = 15;

  std::string_view StemUncached(int stemmer, std::string_view word);

  std::map<std::string, int, std::less<>> numbers_;
  std::vector<std::unique_ptr<sb_stemmer, Deleter>> stemmers_;
  std::unique_ptr<Slot[]> slots_;
  std::string stem_;
};

}  // namespace broadsheet::text
