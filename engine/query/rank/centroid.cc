// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/rank/centroid.h"

#include <algorithm>
#include <bit>
#include <cmath>

#include "engine/query/match/bm25.h"
#include "engine/schema/term_weight.h"

namespace broadsheet::query {
namespace {

using storage::RunCode;
using storage::WordTable;

// How many words of an article are read, and places for them: a quarter stays free at least.
constexpr uint32_t kMostWords = 1500;
constexpr size_t kSlots = 2048;

// Terms are numbered one after the other, so that the low bits of a number will do.
size_t Next(size_t slot, size_t slots) { return (slot + 1) & (slots - 1); }

}  // namespace

ArticleVectors::ArticleVectors(const WordRarity& rarity) : rarity_(rarity), slots_(kSlots) {}

std::span<const VectorWord> ArticleVectors::operator[](size_t i) const {
  const size_t begin = i == 0 ? 0 : ends_[i - 1];
  return {words_.data() + begin, ends_[i] - begin};
}

void ArticleVectors::Add(const storage::TokenRun& run) {
  const size_t begin = words_.size();
  NumberRare(run);
  uint32_t length = 0;
  int weight = 0;
  for (size_t at = 0; at < run.size(); ++at) {
    const RunCode code = run[at];
    if (storage::IsFieldMark(code)) {
      weight = TableFieldOf(code).weight;
    } else if (weight > 0 && storage::StartsWord(code)) {
      if (++length > kMostWords) break;
      if (const uint32_t term = TermAt(run, at); term != WordTable::kNoTerm) Count(term, weight);
    }
  }
  Weigh(begin, length);
  ends_.push_back(words_.size());
}

void ArticleVectors::NumberRare(const storage::TokenRun& run) {
  rare_terms_.clear();
  const WordTable& table = rarity_.table();
  for (size_t at = 0; at < run.rare.size(); at = storage::EndOfForms(run.rare, at)) {
    // A run has more of them only in a long list of names; its first words make the vector.
    if (rare_terms_.size() > 2 * kMostWords) return;
    const uint32_t hash = run.rare[at] & storage::kPayloadMask;
    uint32_t term = table.TermWith(hash);
    if (term == WordTable::kNoTerm) {
      term = static_cast<uint32_t>(table.term_count()) + new_terms_.FindOrAdd({&hash, 1});
    }
    rare_terms_.push_back(term);
  }
}

uint32_t ArticleVectors::TermAt(const storage::TokenRun& run, size_t at) const {
  const RunCode code = run[at];
  if (rarity_.table().Has(code)) return rarity_.table().TermOf(code);
  const uint32_t place = run.RarePlaceAt(at);
  return place < rare_terms_.size() ? rare_terms_[place] : WordTable::kNoTerm;
}

void ArticleVectors::Count(uint32_t term, int weight) {
  const auto article = static_cast<uint32_t>(ends_.size() + 1);
  size_t slot = term & (kSlots - 1);
  while (slots_[slot].article == article && words_[slots_[slot].word].term != term) {
    slot = Next(slot, kSlots);
  }
  if (slots_[slot].article != article) {
    slots_[slot] = {.article = article, .word = static_cast<uint32_t>(words_.size())};
    words_.push_back({.term = term});
  }
  words_[slots_[slot].word].weight += static_cast<float>(weight);
}

uint32_t ArticleVectors::HashOf(uint32_t term) const {
  const auto known = static_cast<uint32_t>(rarity_.table().term_count());
  return term < known ? rarity_.table().HashOfTerm(term) : new_terms_.FormsOf(term - known)[0];
}

double ArticleVectors::RootOfIdf(uint32_t term) const {
  if (term < rarity_.table().term_count()) return rarity_.RootOfIdf(term);
  return std::sqrt(rarity_.IdfOf(HashOf(term)));
}

// Turns counts into weights.
void ArticleVectors::Weigh(size_t begin, uint32_t length) {
  const double norm = schema::LengthNorm(length);
  double squares = 0;
  size_t end = begin;
  for (size_t i = begin; i < words_.size(); ++i) {
    const double root = RootOfIdf(words_[i].term);
    if (root == 0) continue;
    const double weight = root * Saturation(words_[i].weight, norm);
    squares += weight * weight;
    words_[end++] = {.term = words_[i].term, .weight = static_cast<float>(weight)};
  }
  words_.resize(end);
  const auto unit = static_cast<float>(1 / std::sqrt(squares));
  for (size_t i = begin; i < end; ++i) words_[i].weight *= unit;
}

Centroid::Centroid(size_t words) : slots_(std::bit_ceil(2 * words + 1)) {}

size_t Centroid::SlotOf(uint32_t term) const {
  size_t slot = term & (slots_.size() - 1);
  while (slots_[slot].weight != 0 && slots_[slot].term != term) slot = Next(slot, slots_.size());
  return slot;
}

void Centroid::Add(std::span<const VectorWord> vector, double weight) {
  for (const VectorWord& word : vector) {
    VectorWord& mean = slots_[SlotOf(word.term)];
    mean.term = word.term;
    mean.weight += static_cast<float>(weight) * word.weight;
  }
}

double Centroid::Times(std::span<const VectorWord> vector) const {
  double sum = 0;
  for (const VectorWord& word : vector) sum += word.weight * slots_[SlotOf(word.term)].weight;
  return sum;
}

}  // namespace broadsheet::query
