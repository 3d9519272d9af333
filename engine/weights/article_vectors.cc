// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/weights/article_vectors.h"

#include <algorithm>
#include <cmath>

#include "engine/schema/term_weight.h"
#include "engine/weights/bm25.h"

namespace broadsheet::weights {
namespace {

using storage::RunCode;
using storage::WordTable;

// Places for the words of one article: a quarter stays free at least.
constexpr size_t kSlots = 2048;

// Terms are numbered one after the other, so that the low bits of a number will do.
size_t Next(size_t slot, size_t slots) { return (slot + 1) & (slots - 1); }

}  // namespace

ArticleVectors::ArticleVectors(const WordRarity& rarity) : rarity_(rarity), slots_(kSlots) {}

std::span<const VectorWord> ArticleVectors::operator[](size_t i) const {
  const size_t begin = i == 0 ? 0 : ends_[i - 1];
  return {words_.data() + begin, ends_[i] - begin};
}

storage::VectorNorm ArticleVectors::Add(const storage::TokenRun& run) {
  ++articles_;
  const size_t begin = words_.size();
  NumberRare(run);
  uint32_t length = 0;
  int weight = 0;
  const size_t end = std::min<size_t>(run.size(), storage::kMostVectorCodes);
  size_t at = 0;
  for (; at < end; ++at) {
    const RunCode code = run[at];
    if (storage::IsFieldMark(code)) {
      weight = TableFieldOf(code).weight;
    } else if (weight > 0 && storage::StartsWord(code)) {
      if (++length > kWordsRead) break;
      if (const uint32_t term = TermAt(run, at); term != WordTable::kNoTerm) Count(term, weight);
    }
  }
  const float unit = Weigh(begin, length);
  ends_.push_back(words_.size());
  return {.unit = unit, .codes = static_cast<uint32_t>(at), .words = length};
}

void ArticleVectors::Clear() {
  words_.clear();
  ends_.clear();
  new_terms_.Clear();
}

void ArticleVectors::AddCounts(std::span<const CountedTerm> terms, uint32_t length) {
  const size_t begin = words_.size();
  for (const CountedTerm& term : terms) {
    words_.push_back({.term = NumberOf(term.hash), .weight = static_cast<float>(term.count)});
  }
  Weigh(begin, length);
  ends_.push_back(words_.size());
}

uint32_t ArticleVectors::NumberOf(uint32_t hash) {
  const WordTable& table = rarity_.table();
  const uint32_t term = table.TermWith(hash);
  if (term != WordTable::kNoTerm) return term;
  return static_cast<uint32_t>(table.term_count()) + new_terms_.FindOrAdd({&hash, 1});
}

void ArticleVectors::NumberRare(const storage::TokenRun& run) {
  rare_terms_.clear();
  for (size_t at = 0; at < run.rare.size(); at = storage::EndOfForms(run.rare, at)) {
    if (rare_terms_.size() == kMostRareInVector) return;
    const uint32_t hash = run.rare[at] & storage::kPayloadMask;
    rare_terms_.push_back(NumberOf(hash));
  }
}

uint32_t ArticleVectors::TermAt(const storage::TokenRun& run, size_t at) const {
  const RunCode code = run[at];
  if (rarity_.table().Has(code)) return rarity_.table().TermOf(code);
  const uint32_t place = run.RarePlaceAt(at);
  return place < rare_terms_.size() ? rare_terms_[place] : WordTable::kNoTerm;
}

void ArticleVectors::Count(uint32_t term, int weight) {
  size_t slot = term & (kSlots - 1);
  while (slots_[slot].article == articles_ && slots_[slot].term != term) {
    slot = Next(slot, kSlots);
  }
  if (slots_[slot].article == articles_) {
    words_[slots_[slot].word].weight += static_cast<float>(weight);
    return;
  }
  slots_[slot] = {.article = articles_, .term = term, .word = static_cast<uint32_t>(words_.size())};
  words_.push_back({.term = term, .weight = static_cast<float>(weight)});
}

uint32_t ArticleVectors::HashOf(uint32_t term) const {
  const auto known = static_cast<uint32_t>(rarity_.table().term_count());
  return term < known ? rarity_.table().HashOfTerm(term) : new_terms_.FormsOf(term - known)[0];
}

double ArticleVectors::RootOfIdf(uint32_t term) const {
  if (term < rarity_.table().term_count()) return rarity_.RootOfIdf(term);
  return std::sqrt(rarity_.IdfOf(HashOf(term)));
}

float ArticleVectors::Weigh(size_t begin, uint32_t length) {
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
  const auto unit = squares > 0 ? static_cast<float>(1 / std::sqrt(squares)) : 0;
  for (size_t i = begin; i < end; ++i) words_[i].weight *= unit;
  return unit;
}

}  // namespace broadsheet::weights
