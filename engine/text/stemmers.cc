// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/text/stemmers.h"

#include <libstemmer.h>

#include <algorithm>

#include "engine/text/char_class.h"
#include "engine/text/language.h"

namespace broadsheet::text {
namespace {

// libstemmer knows algorithms by ISO 639 code, but also by name ("porter", "english"): a code has
// two or three letters. Both written forms of Norwegian go by the stemmer for "no".
std::string SnowballCode(std::string_view primary) {
  if (primary.size() < 2 || primary.size() > 3) return {};
  if (primary == "nb" || primary == "nn") return "no";
  return std::string(primary);
}

sb_stemmer* NewStemmer(std::string_view primary) {
  const std::string code = SnowballCode(primary);
  return code.empty() ? nullptr : sb_stemmer_new(code.c_str(), "UTF_8");
}

// Multiplicative hashing (Knuth, TAOCP 6.4) with xxHash's odd constants; the high bits of the
// product are the good ones.
uint64_t HashKey(const std::array<uint64_t, StemKey::kCachedWords>& key, uint64_t stemmer) {
  const uint64_t low = (key[0] ^ (key[2] * 0xC2B2AE3D27D4EB4F)) * 0x9E3779B97F4A7C15;
  const uint64_t high = (key[1] ^ (key[3] * 0x165667B19E3779F9) ^ stemmer) * 0xD6E8FEB86659FD93;
  const uint64_t mixed = low ^ (low >> 32) ^ high;
  return mixed * 0x9E3779B97F4A7C15;
}

bool IsStemmable(std::string_view word) {
  return std::all_of(word.begin(), word.end(),
                     [](char c) { return !IsAscii(c) || IsAsciiAlpha(c) || c == '\''; });
}

}  // namespace

bool SnowballKnows(std::string_view primary) {
  sb_stemmer* stemmer = NewStemmer(primary);
  sb_stemmer_delete(stemmer);
  return stemmer != nullptr;
}

void StemKey::Assign(std::string_view word) {
  Clear();
  for (; !word.empty(); word.remove_prefix(std::min<size_t>(word.size(), 8))) {
    const size_t count = std::min<size_t>(word.size(), 8);
    uint64_t eight = 0;
    for (size_t i = 0; i < count; ++i) {
      eight |= uint64_t{static_cast<unsigned char>(word[i])} << (8 * i);
    }
    Append(eight, count);
  }
}

void Stemmers::Deleter::operator()(sb_stemmer* stemmer) const { sb_stemmer_delete(stemmer); }

Stemmers::Stemmers() : slots_(size_t{1} << kSlotBits) {
  // Number 0: no stemmer.
  stemmers_.emplace_back(nullptr);
}

Stemmers::~Stemmers() = default;

int Stemmers::Find(std::string_view language) {
  if (language.empty()) return 0;
  const std::string primary = PrimaryLanguage(language);
  const auto known = numbers_.find(primary);
  if (known != numbers_.end()) return known->second;
  // A language without a stemmer is not remembered: made-up tags must not fill the memory.
  sb_stemmer* stemmer = NewStemmer(primary);
  if (stemmer == nullptr) return 0;
  const int number = static_cast<int>(stemmers_.size());
  stemmers_.emplace_back(stemmer);
  numbers_[primary] = number;
  return number;
}

std::string_view Stemmers::StemUncached(int stemmer, std::string_view word) {
  if (!IsStemmable(word)) return word;
  sb_stemmer* snowball = stemmers_[static_cast<size_t>(stemmer)].get();
  const sb_symbol* stem = sb_stemmer_stem(snowball, reinterpret_cast<const sb_symbol*>(word.data()),
                                          static_cast<int>(word.size()));
  if (stem == nullptr) return word;
  const int size = sb_stemmer_length(snowball);
  if (size <= 0 || static_cast<size_t>(size) > StemKey::kMaxBytes) return word;
  stem_.assign(reinterpret_cast<const char*>(stem), static_cast<size_t>(size));
  // Some algorithms mark letters by capitals while they work; none may be left in a term.
  std::transform(stem_.begin(), stem_.end(), stem_.begin(), AsciiLower);
  return stem_;
}

std::string_view Stemmers::Stem(int stemmer, StemKey* key) {
  if (stemmer == 0) return key->word();
  if (key->size_ > StemKey::kCachedBytes) return StemUncached(stemmer, key->word());
  const auto number = static_cast<uint8_t>(stemmer);
  Slot& slot = slots_[HashKey(key->words_, number) >> (64 - kSlotBits)];
  if (slot.stemmer == number && slot.key == key->words_) return {slot.stem, slot.stem_size};
  const std::string_view stem = StemUncached(stemmer, key->word());
  if (stem.size() > sizeof(slot.stem)) return stem;
  slot.key = key->words_;
  slot.stemmer = number;
  std::memcpy(slot.stem, stem.data(), stem.size());
  slot.stem_size = static_cast<uint8_t>(stem.size());
  return {slot.stem, slot.stem_size};
}

}  // namespace broadsheet::text
