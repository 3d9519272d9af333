// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/rank/ranked_search.h"

#include <algorithm>
#include <iterator>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "engine/query/match/folded_weight.h"
#include "engine/query/match/late_checks.h"
#include "engine/query/match/started_query.h"
#include "engine/query/match/visibility.h"
#include "engine/query/rank/contributions.h"
#include "engine/query/rank/evidence.h"
#include "engine/query/rank/rescorer.h"
#include "engine/schema/terms.h"

namespace broadsheet::query {
namespace {

// The words without stop words, unless the query has no others.
std::vector<RankedWord> ContentWords(const std::vector<RankedWord>& words) {
  std::vector<RankedWord> content;
  std::copy_if(words.begin(), words.end(), std::back_inserter(content),
               [](const RankedWord& word) { return !word.stop_word; });
  return content.empty() ? words : content;
}

class RankedSearch {
 public:
  RankedSearch(MatchContext& context, const RankedQuery& query, const RankedPage& page)
      : context_(context),
        query_(query),
        wanted_(page),
        words_(ContentWords(query.words)),
        articles_(context.snapshot.both().get_doccount()) {
    if (query.recency) gain_.emplace(*query.recency, ScoreOfOneMention());
  }

  MatchPage Run();

 private:
  double ScoreOfOneMention() const;
  // Hits first .. first + count - 1 in the order of the matcher's scores.
  Xapian::MSet MatchedBy(const Xapian::Query& filter, uint32_t first, uint32_t count);
  std::vector<RankedHit> HitsOf(const Xapian::MSet& mset) const;
  void Rescore(std::span<RankedHit> best);
  void Explain(const std::vector<ScoredPart>& parts, const std::vector<Xapian::docid>& docids,
               std::vector<Match>* matches);
  // Splits the matcher's score into words and recency.
  void SplitRecency(RankedHit* hit) const;

  MatchContext& context_;
  const RankedQuery& query_;
  const RankedPage& wanted_;
  const std::vector<RankedWord> words_;
  const double articles_;
  std::optional<RecencyGain> gain_;
};

// The unit of the gain of recency (recency.h).
double RankedSearch::ScoreOfOneMention() const {
  double sum = 0;
  for (const RankedWord& word : words_) sum += IdfOf(word, articles_);
  return query_.rescored ? (1 + kTypedFormWeight) * sum : sum;
}

MatchPage RankedSearch::Run() {
  const bool rescored = query_.rescored && wanted_.offset < kRescored;
  const uint32_t first = rescored ? 0 : wanted_.offset;
  const uint32_t end = wanted_.offset + wanted_.count + 1;
  const Xapian::MSet mset =
      MatchedBy(query_.filter, first, (rescored ? std::max(end, kRescored) : end) - first);
  std::vector<RankedHit> hits = HitsOf(mset);
  if (rescored && !hits.empty()) {
    Rescore({hits.data(), std::min<size_t>(hits.size(), kRescored)});
  }
  MatchPage page{.matches = {}, .total = TotalOf(mset), .more = false};
  std::vector<Xapian::docid> docids;
  for (size_t at = wanted_.offset - first; at < hits.size(); ++at) {
    page.more = page.matches.size() == wanted_.count;
    if (page.more) break;
    RankedHit& hit = hits[at];
    SplitRecency(&hit);
    docids.push_back(hit.docid);
    page.matches.push_back(std::move(hit.match));
  }
  if (wanted_.explained != nullptr) Explain(*wanted_.explained, docids, &page.matches);
  return page;
}

Xapian::MSet RankedSearch::MatchedBy(const Xapian::Query& filter, uint32_t first, uint32_t count) {
  Xapian::Query query(Xapian::Query::OP_SCALE_WEIGHT, query_.candidates, kScoreScale);
  if (gain_) query = WithRecency(query, *gain_, context_.deadline);
  Xapian::Enquire enquire(context_.snapshot.both());
  LateChecks checks(context_, query_.checks);
  query = NotBarred(context_, Filtered(query, filter));
  enquire.set_query(checks.Watched(Started(context_, query)));
  enquire.set_weighting_scheme(FoldedWeight());
  DeadlineSpy spy(context_.deadline);
  enquire.add_matchspy(&spy);
  const uint32_t counted =
      LateChecks::CountLimit(query_.checks, wanted_.total_check_limit, wanted_.most_verified);
  return enquire.get_mset(first, count, counted, nullptr, checks.decider());
}

std::vector<RankedHit> RankedSearch::HitsOf(const Xapian::MSet& mset) const {
  std::vector<RankedHit> hits;
  hits.reserve(mset.size());
  for (Xapian::MSetIterator hit = mset.begin(); hit != mset.end(); ++hit) {
    const double score = hit.get_weight();
    hits.push_back(
        {.docid = *hit,
         .match = {
             .doc = context_.snapshot.FromBoth(*hit), .score = score, .parts = {.words = score}}});
  }
  return hits;
}

void RankedSearch::Rescore(std::span<RankedHit> best) {
  Rescorer rescorer(context_, words_, query_.known_words);
  rescorer.AddEvidence(best);
  if (!query_.centroid) return;
  const std::span<RankedHit> compared = best.first(std::min<size_t>(best.size(), kComparedToBest));
  if (query_.released == nullptr) return rescorer.AddCentroid(compared, compared);
  std::vector<RankedHit> unfiltered = HitsOf(MatchedBy(*query_.released, 0, kRescored));
  rescorer.AddEvidence(unfiltered);
  rescorer.AddCentroid(unfiltered, compared);
}

// Explains the part of each word, then the parts of the profile.
void RankedSearch::Explain(const std::vector<ScoredPart>& parts,
                           const std::vector<Xapian::docid>& docids, std::vector<Match>* matches) {
  std::vector<ScoredPart> scaled = parts;
  for (ScoredPart& part : scaled) {
    part.query = Xapian::Query(Xapian::Query::OP_SCALE_WEIGHT, part.query, kScoreScale);
  }
  auto contributions = ContributionsTo(context_, scaled, FoldedWeight(), docids);
  for (size_t i = 0; i < matches->size(); ++i) {
    Match& match = (*matches)[i];
    match.contributions = std::move(contributions[i]);
    const auto add = [&match](std::string_view name, double weight) {
      if (weight == 0) return;
      v1::ScoreContribution& added = match.contributions.emplace_back();
      added.set_part(std::string(name));
      added.set_weight(weight);
    };
    add("exact form", match.parts.typed_forms);
    add("whole headline", match.parts.cover);
    add("nearness", match.parts.nearness);
    add("centroid", match.parts.centroid);
    add("recency", match.parts.recency);
  }
}

void RankedSearch::SplitRecency(RankedHit* hit) const {
  if (!gain_) return;
  const std::string published = context_.snapshot.both()
                                    .get_document(hit->docid)
                                    .get_value(schema::SlotNumber(schema::Slot::kPublishedTime));
  ScoreParts& parts = hit->match.parts;
  parts.recency = std::min(gain_->Of(published), parts.words);
  parts.words -= parts.recency;
}

}  // namespace

MatchPage SearchRanked(MatchContext& context, const RankedQuery& query, const RankedPage& page) {
  return RankedSearch(context, query, page).Run();
}

}  // namespace broadsheet::query
