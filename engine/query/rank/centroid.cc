// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/rank/centroid.h"

#include <algorithm>
#include <bit>
#include <cmath>

#include "engine/query/match/bm25.h"
#include "engine/schema/term_weight.h"

namespace broadsheet::query {
namespace {

using storage::CodeKind;

// How many words of an article are read, and places for them: a quarter stays free at least.
constexpr uint32_t kMostWords = 1500;
constexpr size_t kSlots = 2048;

// Hashes are evenly spread, so that their low bits will do.
size_t Next(size_t slot, size_t slots) { return (slot + 1) & (slots - 1); }

}  // namespace

ArticleVectors::ArticleVectors(const WordRarity& rarity) : rarity_(rarity), slots_(kSlots) {}

std::span<const VectorWord> ArticleVectors::operator[](size_t i) const {
  const size_t begin = i == 0 ? 0 : ends_[i - 1];
  return {words_.data() + begin, ends_[i] - begin};
}

void ArticleVectors::Add(storage::TokenRun run) {
  const size_t begin = words_.size();
  uint32_t length = 0;
  int weight = 0;
  for (const uint32_t code : run) {
    if (storage::IsFieldMark(code)) {
      weight = TableFieldOf(code).weight;
    } else if (weight > 0 && storage::KindOf(code) == CodeKind::kWord) {
      if (++length > kMostWords) break;
      Count(code & storage::kPayloadMask, weight);
    }
  }
  Weigh(begin, length);
  ends_.push_back(words_.size());
}

void ArticleVectors::Count(uint32_t hash, int weight) {
  const auto article = static_cast<uint32_t>(ends_.size() + 1);
  size_t slot = hash & (kSlots - 1);
  while (slots_[slot].article == article && words_[slots_[slot].word].hash != hash) {
    slot = Next(slot, kSlots);
  }
  if (slots_[slot].article != article) {
    slots_[slot] = {.article = article, .word = static_cast<uint32_t>(words_.size())};
    words_.push_back({.hash = hash});
  }
  words_[slots_[slot].word].weight += static_cast<float>(weight);
}

// Turns counts into weights.
void ArticleVectors::Weigh(size_t begin, uint32_t length) {
  const double norm = schema::LengthNorm(length);
  double squares = 0;
  size_t end = begin;
  for (size_t i = begin; i < words_.size(); ++i) {
    const double idf = rarity_.IdfOf(words_[i].hash);
    if (idf == 0) continue;
    const double saturated = Saturation(words_[i].weight, norm);
    squares += idf * saturated * saturated;
    words_[end++] = {.hash = words_[i].hash,
                     .weight = static_cast<float>(std::sqrt(idf) * saturated)};
  }
  words_.resize(end);
  const auto unit = static_cast<float>(1 / std::sqrt(squares));
  for (size_t i = begin; i < end; ++i) words_[i].weight *= unit;
}

Centroid::Centroid(size_t words) : slots_(std::bit_ceil(2 * words + 1)) {}

size_t Centroid::SlotOf(uint32_t hash) const {
  size_t slot = hash & (slots_.size() - 1);
  while (slots_[slot].weight != 0 && slots_[slot].hash != hash) slot = Next(slot, slots_.size());
  return slot;
}

void Centroid::Add(std::span<const VectorWord> vector, double weight) {
  for (const VectorWord& word : vector) {
    VectorWord& mean = slots_[SlotOf(word.hash)];
    mean.hash = word.hash;
    mean.weight += static_cast<float>(weight) * word.weight;
  }
}

double Centroid::Times(std::span<const VectorWord> vector) const {
  double sum = 0;
  for (const VectorWord& word : vector) sum += word.weight * slots_[SlotOf(word.hash)].weight;
  return sum;
}

}  // namespace broadsheet::query
