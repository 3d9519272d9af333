// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/compile/written_words.h"

#include <algorithm>
#include <cstdint>

#include "engine/query/positions/word_codes.h"
#include "engine/storage/base/token_run.h"

namespace broadsheet::query {
namespace {

constexpr int kArticlesSampled = 500;

// The hash of a word as it is written, and its distance.
using HashedDistances = std::vector<std::pair<uint32_t, int>>;

int DistanceOf(const HashedDistances& words, uint32_t hash, int otherwise) {
  int least = otherwise;
  for (const auto& [word, distance] : words) {
    if (word == hash) least = std::min(least, distance);
  }
  return least;
}

// `stem` finds the words with the term of this hash.
int NearestInRun(const storage::TokenRun& run, uint32_t term, WordCodes* stem,
                 const HashedDistances& words, int nearest) {
  stem->Enter(run);
  storage::RunForms all_forms;
  all_forms.Enter(run);
  for (size_t at = stem->Find(run.codes, 0); at != kNoCode; at = stem->Find(run.codes, at + 1)) {
    const storage::WordForms forms = all_forms.At(at);
    // Not where it is an alternative of another word.
    if ((forms[0] & storage::kPayloadMask) != term) continue;
    nearest = DistanceOf(words, storage::WrittenForm(forms, 0), nearest);
  }
  return nearest;
}

}  // namespace

std::optional<int> NearestWritten(MatchContext& context, const std::string& full_term,
                                  const std::string& term,
                                  const std::vector<std::pair<std::string, int>>& words) {
  const uint64_t seed = context.snapshot.generation().manifest().token_seed;
  HashedDistances hashed;
  int best = words.front().second;
  int none = best;
  for (const auto& [word, distance] : words) {
    hashed.emplace_back(storage::HashTerm(word, seed), distance);
    best = std::min(best, distance);
    none = std::max(none, distance + 1);
  }
  const uint32_t hash = storage::HashTerm(term, seed);
  WordCodes stem({.terms = {hash}, .exact = {}});
  const Xapian::Database& database = context.snapshot.both();
  int nearest = none;
  int looked_at = 0;
  const Xapian::PostingIterator end = database.postlist_end(full_term);
  for (auto at = database.postlist_begin(full_term);
       at != end && looked_at < kArticlesSampled && nearest > best; ++at, ++looked_at) {
    context.deadline.Poll();
    nearest = NearestInRun(context.snapshot.ReadTokens(context.snapshot.FromBoth(*at)), hash, &stem,
                           hashed, nearest);
  }
  return nearest == none ? std::nullopt : std::optional<int>(nearest);
}

}  // namespace broadsheet::query
