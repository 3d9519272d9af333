// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/rank/rescorer.h"

#include <algorithm>
#include <cmath>

#include "engine/query/rank/evidence.h"
#include "engine/query/rank/vector_norm.h"

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

Rescorer::Rescorer(MatchContext& context, const std::vector<RankedWord>& words,
                   weights::KnownWords& known)
    : context_(context),
      slots_(known.code_slots()),
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
  weights::ArticleVectors taught(rarity_);
  double shares = 0;
  for (const RankedHit& hit : best) {
    taught.Add(context_.snapshot.ReadTokens(hit.match.doc));
    shares += std::pow(hit.match.score, kTeacherPower);
  }
  std::vector<Teacher> teachers;
  for (const RankedHit& hit : best) {
    teachers.push_back({.vector = taught[teachers.size()],
                        .share = std::pow(hit.match.score, kTeacherPower) / shares});
  }
  Centroid centroid(teachers, taught, rarity_, slots_);
  weights::ArticleVectors measured(rarity_);
  const double unit = kCentroidWeight * best.front().match.score;
  for (RankedHit& hit : hits) {
    context_.deadline.Check();
    const storage::TokenRun run = context_.snapshot.ReadTokens(hit.match.doc);
    hit.match.parts.centroid =
        unit * centroid.Times(run, NormOfVector(context_.snapshot, hit.match.doc, run, measured));
  }
  SortByScore(hits);
}

}  // namespace broadsheet::query
