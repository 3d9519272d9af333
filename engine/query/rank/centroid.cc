// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/rank/centroid.h"

#include <algorithm>
#include <bit>

#include "engine/schema/term_weight.h"
#include "engine/weights/bm25.h"
#include "engine/weights/hashed_words.h"

namespace broadsheet::query {

using storage::RunCode;
using storage::WordTable;
using weights::ArticleVectors;
using weights::CodeSlots;
using weights::VectorWord;

Centroid::Centroid(std::span<const Teacher> teachers, const ArticleVectors& vectors,
                   const weights::WordRarity& rarity, CodeSlots& slots)
    : rarity_(rarity), slots_(slots), words_(CodeSlots::kFirst), terms_(CodeSlots::kFirst) {
  size_t most = 0;
  for (const Teacher& teacher : teachers) most += teacher.vector.size();
  // Most words of an article are none of the centroid's; a sparse table shows this at once.
  by_hash_.resize(std::bit_ceil(4 * most + 1));
  for (const Teacher& teacher : teachers) Add(teacher, vectors);
  WeighByRarity(vectors);
  counts_.resize(words_.size());
  // Never 0, so that they are not among those that were counted.
  std::fill_n(counts_.begin(), CodeSlots::kFirst, 1);
  counted_.resize(words_.size() + 1);
}

Centroid::~Centroid() {
  const WordTable& table = rarity_.table();
  for (size_t slot = CodeSlots::kFirst; slot < terms_.size(); ++slot) {
    if (terms_[slot] >= table.term_count()) continue;
    for (const RunCode code : table.CodesOfTerm(terms_[slot])) slots_.Unset(code);
  }
}

size_t Centroid::PlaceOf(uint32_t hash) const {
  const size_t mask = by_hash_.size() - 1;
  size_t place = hash & mask;
  while (by_hash_[place] != 0 && words_[by_hash_[place]].hash != hash) place = (place + 1) & mask;
  return place;
}

void Centroid::Add(const Teacher& teacher, const ArticleVectors& vectors) {
  for (const VectorWord& word : teacher.vector) {
    const uint32_t hash = vectors.HashOf(word.term);
    uint16_t& slot = by_hash_[PlaceOf(hash)];
    if (slot == 0) {
      slot = static_cast<uint16_t>(words_.size());
      words_.push_back({.hash = hash});
      terms_.push_back(word.term);
    }
    words_[slot].weight += teacher.share * word.weight;
  }
}

void Centroid::WeighByRarity(const ArticleVectors& vectors) {
  const WordTable& table = rarity_.table();
  for (size_t slot = CodeSlots::kFirst; slot < words_.size(); ++slot) {
    words_[slot].weight *= vectors.RootOfIdf(terms_[slot]);
    if (terms_[slot] >= table.term_count()) continue;
    for (const RunCode code : table.CodesOfTerm(terms_[slot])) {
      slots_.Set(code, static_cast<uint16_t>(slot));
    }
  }
}

void Centroid::EnterRare(const storage::TokenRun& run) {
  uint32_t place = 0;
  for (size_t at = 0; at < run.rare.size() && place < weights::kMostRareInVector;
       at = storage::EndOfForms(run.rare, at), ++place) {
    const uint16_t slot = by_hash_[PlaceOf(run.rare[at] & storage::kPayloadMask)];
    if (slot == 0) continue;
    rare_codes_.push_back(storage::CodeOfRare(place).first);
    slots_.Set(rare_codes_.back(), slot);
  }
}

void Centroid::LeaveRare() {
  for (const RunCode code : rare_codes_) slots_.Unset(code);
  rare_codes_.clear();
}

double Centroid::Times(const storage::TokenRun& run, const storage::VectorNorm& norm) {
  EnterRare(run);
  size_t counted = 0;
  uint32_t weight = 0;
  const std::span<const RunCode> codes = run.codes.first(std::min<size_t>(run.size(), norm.codes));
  for (const RunCode code : codes) {
    if (storage::IsFieldMark(code)) {
      weight = static_cast<uint32_t>(weights::TableFieldOf(code).weight);
    } else if (weight > 0) {
      const uint16_t slot = slots_[code];
      // Written at each code, kept at the first of its slot: no branch that cannot be foreseen.
      counted_[counted] = slot;
      counted += counts_[slot] == 0 ? 1 : 0;
      counts_[slot] += weight;
    }
  }
  LeaveRare();
  const double length_norm = schema::LengthNorm(norm.words);
  double sum = 0;
  for (size_t i = 0; i < counted; ++i) {
    uint32_t& count = counts_[counted_[i]];
    sum += words_[counted_[i]].weight * weights::Saturation(count, length_norm);
    count = 0;
  }
  return sum * norm.unit;
}

}  // namespace broadsheet::query
