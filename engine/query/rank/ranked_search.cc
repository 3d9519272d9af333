// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/rank/ranked_search.h"

#include <algorithm>
#include <iterator>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "engine/query/match/bm25.h"
#include "engine/query/match/late_checks.h"
#include "engine/query/match/started_query.h"
#include "engine/query/match/visibility.h"
#include "engine/query/rank/contributions.h"
#include "engine/query/rank/feedback.h"
#include "engine/query/rank/word_pairs.h"
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
  RankedSearch(MatchContext& context, text::Analyzer& analyzer, const RankedQuery& query,
               const RankedPage& page)
      : context_(context),
        analyzer_(analyzer),
        query_(query),
        wanted_(page),
        words_(ContentWords(query.words)),
        articles_(context.snapshot.both().get_doccount()),
        token_seed_(context.snapshot.generation().manifest().token_seed) {
    if (query.pairs) pairs_.emplace(words_, articles_, token_seed_);
    if (query.recency) gain_.emplace(*query.recency, ScoreOfOneMention());
  }

  absl::StatusOr<MatchPage> Run();

 private:
  struct Candidate {
    Xapian::docid docid;  // in both()
    Match match;
  };

  double ScoreOfOneMention() const;
  bool Rescores() const { return query_.feedback || (pairs_ && pairs_->has_pairs()); }
  // Hits first .. first + count - 1 in the order of the matcher's scores.
  Xapian::MSet MatchedBy(const Xapian::Query& filter, uint32_t first, uint32_t count);
  std::vector<Candidate> CandidatesOf(const Xapian::MSet& mset) const;
  void AddPairs(std::span<Candidate> best);
  absl::Status AddFeedback(std::span<Candidate> best);
  absl::StatusOr<std::vector<FeedbackArticle>> ArticlesToLearnFrom(std::span<const Candidate> best);
  // Adds the score that `scorer` gives to each run, and sorts.
  template <typename Scorer>
  void Rescore(std::span<Candidate> best, Scorer& scorer, double ScoreParts::*part);
  void Explain(const std::vector<ScoredPart>& parts, const std::vector<Xapian::docid>& docids,
               std::vector<Match>* matches);
  // Splits the matcher's score into words and recency.
  void SplitRecency(Candidate* candidate) const;

  MatchContext& context_;
  text::Analyzer& analyzer_;
  const RankedQuery& query_;
  const RankedPage& wanted_;
  const std::vector<RankedWord> words_;
  const double articles_;
  const uint64_t token_seed_;
  std::optional<PairScorer> pairs_;
  std::optional<RecencyGain> gain_;
};

// The unit of the gain of recency (recency.h).
double RankedSearch::ScoreOfOneMention() const {
  double sum = 0;
  for (const RankedWord& word : words_) sum += IdfOf(word, articles_);
  return sum;
}

absl::StatusOr<MatchPage> RankedSearch::Run() {
  const bool rescored = Rescores() && wanted_.offset < kRescored;
  const uint32_t first = rescored ? 0 : wanted_.offset;
  const uint32_t end = wanted_.offset + wanted_.count + 1;
  const Xapian::MSet mset =
      MatchedBy(query_.filter, first, (rescored ? std::max(end, kRescored) : end) - first);
  std::vector<Candidate> candidates = CandidatesOf(mset);
  if (rescored) {
    const std::span<Candidate> best(candidates.data(),
                                    std::min<size_t>(candidates.size(), kRescored));
    AddPairs(best);
    if (absl::Status status = AddFeedback(best); !status.ok()) return status;
  }
  MatchPage page{.matches = {}, .total = TotalOf(mset), .more = false};
  std::vector<Xapian::docid> docids;
  for (size_t at = wanted_.offset - first; at < candidates.size(); ++at) {
    page.more = page.matches.size() == wanted_.count;
    if (page.more) break;
    Candidate& candidate = candidates[at];
    SplitRecency(&candidate);
    docids.push_back(candidate.docid);
    page.matches.push_back(std::move(candidate.match));
  }
  if (wanted_.explained != nullptr) Explain(*wanted_.explained, docids, &page.matches);
  return page;
}

Xapian::MSet RankedSearch::MatchedBy(const Xapian::Query& filter, uint32_t first, uint32_t count) {
  Xapian::Query query(Xapian::Query::OP_SCALE_WEIGHT, query_.candidates, kScoreScale);
  if (gain_) query = WithRecency(query, *gain_, context_.deadline);
  Xapian::Enquire enquire(context_.snapshot.both());
  LateChecks checks(context_, query_.checks);
  query = NotSuperseded(context_, Filtered(query, filter));
  enquire.set_query(checks.Watched(Started(context_, query)));
  enquire.set_weighting_scheme(FoldedWeight());
  DeadlineSpy spy(context_.deadline);
  enquire.add_matchspy(&spy);
  return enquire.get_mset(first, count, wanted_.total_check_limit, nullptr, checks.decider());
}

std::vector<RankedSearch::Candidate> RankedSearch::CandidatesOf(const Xapian::MSet& mset) const {
  std::vector<Candidate> candidates;
  candidates.reserve(mset.size());
  for (Xapian::MSetIterator hit = mset.begin(); hit != mset.end(); ++hit) {
    const double score = hit.get_weight();
    candidates.push_back(
        {.docid = *hit,
         .match = {
             .doc = context_.snapshot.FromBoth(*hit), .score = score, .parts = {.words = score}}});
  }
  return candidates;
}

template <typename Scorer>
void RankedSearch::Rescore(std::span<Candidate> best, Scorer& scorer, double ScoreParts::*part) {
  for (Candidate& candidate : best) {
    context_.deadline.Check();
    Match& match = candidate.match;
    match.parts.*part = scorer.Score(context_.snapshot.ReadTokens(match.doc));
    match.score = match.parts.Sum();
  }
  std::stable_sort(best.begin(), best.end(), [](const Candidate& a, const Candidate& b) {
    return a.match.score > b.match.score;
  });
}

void RankedSearch::AddPairs(std::span<Candidate> best) {
  if (!pairs_ || !pairs_->has_pairs()) return;
  Rescore(best, *pairs_, &ScoreParts::pairs);
}

absl::Status RankedSearch::AddFeedback(std::span<Candidate> best) {
  if (!query_.feedback || best.empty()) return absl::OkStatus();
  const absl::StatusOr<std::vector<FeedbackArticle>> teachers = ArticlesToLearnFrom(best);
  if (!teachers.ok()) return teachers.status();
  FeedbackScorer scorer(ChooseFeedbackWords(*teachers, words_.size(), context_.snapshot.both(),
                                            analyzer_, context_.deadline),
                        token_seed_);
  Rescore(best, scorer, &ScoreParts::feedback);
  return absl::OkStatus();
}

absl::StatusOr<std::vector<FeedbackArticle>> RankedSearch::ArticlesToLearnFrom(
    std::span<const Candidate> best) {
  std::vector<Candidate> unfiltered;
  if (query_.released != nullptr) {
    unfiltered = CandidatesOf(MatchedBy(*query_.released, 0, kRescored));
    AddPairs(unfiltered);
    best = unfiltered;
  }
  std::vector<FeedbackArticle> articles;
  for (const Candidate& candidate : best.first(std::min(best.size(), kFeedbackArticles))) {
    absl::StatusOr<v1::Article> article = context_.snapshot.ReadArticle(candidate.match.doc);
    if (!article.ok()) return article.status();
    articles.push_back({.article = *std::move(article), .score = candidate.match.score});
  }
  return articles;
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
    add("nearness", match.parts.pairs);
    add("feedback", match.parts.feedback);
    add("recency", match.parts.recency);
  }
}

void RankedSearch::SplitRecency(Candidate* candidate) const {
  if (!gain_) return;
  const std::string published = context_.snapshot.both()
                                    .get_document(candidate->docid)
                                    .get_value(schema::SlotNumber(schema::Slot::kPublishedTime));
  ScoreParts& parts = candidate->match.parts;
  parts.recency = std::min(gain_->Of(published), parts.words);
  parts.words -= parts.recency;
}

}  // namespace

absl::StatusOr<MatchPage> SearchRanked(MatchContext& context, text::Analyzer& analyzer,
                                       const RankedQuery& query, const RankedPage& page) {
  return RankedSearch(context, analyzer, query, page).Run();
}

}  // namespace broadsheet::query
