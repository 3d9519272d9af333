// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/rank/rescorer.h"

#include <algorithm>
#include <cmath>

#include "engine/query/rank/evidence.h"

namespace broadsheet::query {
namespace {

// Equal scores stay in their order.
void SortByScore(std::span<RankedHit> hits) {
  for (RankedHit& hit : hits) hit.match.score = hit.match.parts.Sum();
  std::stable_sort(hits.begin(), hits.end(), [](const RankedHit& a, const RankedHit& b) {
    return a.match.score > b.match.score;
  });
}

}  // namespace

Rescorer::Rescorer(MatchContext& context, const std::vector<RankedWord>& words, KnownWords& known)
    : context_(context),
      rarity_(context.snapshot.Frequencies(), context.snapshot.both().get_doccount(), known,
              context.snapshot.generation().tokens().words()),
      words_(words, context.snapshot.both().get_doccount(),
             context.snapshot.generation().manifest().token_seed),
      pairs_(words_) {}

void Rescorer::AddEvidence(std::span<RankedHit> hits) {
  RunWords found;
  for (RankedHit& hit : hits) {
    context_.deadline.Check();
    words_.FindIn(context_.snapshot.ReadTokens(hit.match.doc), rarity_, &found);
    ScoreParts& parts = hit.match.parts;
    parts.typed_forms = ScoreTypedForms(words_, found);
    parts.cover = ScoreCover(words_, found);
    parts.nearness = pairs_.Score(found);
  }
  SortByScore(hits);
}

void Rescorer::AddCentroid(std::span<const RankedHit> best, std::span<RankedHit> hits) {
  best = best.first(std::min(best.size(), kTeachers));
  if (hits.empty() || best.empty() || best.front().match.score <= 0) return;
  ArticleVectors vectors(rarity_);
  const auto add = [&](const RankedHit& hit) {
    context_.deadline.Check();
    vectors.Add(context_.snapshot.ReadTokens(hit.match.doc));
  };
  for (const RankedHit& hit : hits) add(hit);
  for (const RankedHit& teacher : best) add(teacher);
  size_t words = 0;
  double shares = 0;
  for (size_t i = 0; i < best.size(); ++i) {
    words += vectors[hits.size() + i].size();
    shares += std::pow(best[i].match.score, kTeacherPower);
  }
  Centroid centroid(words);
  for (size_t i = 0; i < best.size(); ++i) {
    centroid.Add(vectors[hits.size() + i], std::pow(best[i].match.score, kTeacherPower) / shares);
  }
  const double unit = kCentroidWeight * best.front().match.score;
  for (size_t i = 0; i < hits.size(); ++i) {
    hits[i].match.parts.centroid = unit * centroid.Times(vectors[i]);
  }
  SortByScore(hits);
}

}  // namespace broadsheet::query
