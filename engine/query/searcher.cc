// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/searcher.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "engine/query/aggregation.h"
#include "engine/query/articles_by_id.h"
#include "engine/query/completions.h"
#include "engine/query/copies/copy_list.h"
#include "engine/query/plan/aggregation_plan.h"
#include "engine/query/plan/completion_plan.h"
#include "engine/query/plan/read_mask.h"
#include "engine/query/plan/requested_ids.h"
#include "engine/query/plan/search_plan.h"
#include "engine/query/plan/similar_plan.h"
#include "engine/query/search.h"
#include "engine/query/search_stage.h"
#include "engine/query/similar_articles.h"
#include "engine/query/syntax/mend.h"
#include "engine/schema/error.h"
#include "engine/schema/index_fault.h"
#include "engine/storage/index/layout.h"
#include "engine/storage/live/snapshot.h"
#include "engine/text/analyzer.h"
#include "engine/weights/word_rarity.h"
#include "engine/xapian/guard.h"

namespace broadsheet::query {
namespace {

// A writer of live/ that commits twice in a search takes the snapshot away; a try has a new one.
constexpr int kTries = 5;
constexpr int kMaxBatch = 1000;
// search_service.proto promises it.
constexpr int kMaxSample = 100;

bool MayRetry(const absl::Status& status) {
  return absl::IsAborted(status) && schema::ErrorReason(status).empty();
}

class SnapshotSearcher : public Searcher {
 public:
  SnapshotSearcher(std::shared_ptr<const storage::Generation> generation,
                   std::unique_ptr<storage::Snapshot> snapshot, const Limits& limits,
                   const RankingOptions& ranking, std::shared_ptr<AnswerCache> answers,
                   std::shared_ptr<const SharedSynonyms> synonyms,
                   std::shared_ptr<const Licence> licence)
      : generation_(std::move(generation)),
        snapshot_(std::move(snapshot)),
        limits_(limits),
        ranking_(ranking),
        answers_(std::move(answers)),
        synonyms_(std::move(synonyms)),
        edition_(synonyms_->Current()),
        licence_(std::move(licence)),
        known_words_(weights::HashStopWords(analyzer_, generation_->manifest().QueryLanguages(),
                                            generation_->manifest().token_seed)) {}

  absl::StatusOr<EncodedResponse> Search(const v1::SearchArticlesRequest& request,
                                         const base::CallControl& call) override;
  absl::StatusOr<v1::AggregateArticlesResponse> Aggregate(
      const v1::AggregateArticlesRequest& request, const base::CallControl& call) override;
  absl::StatusOr<v1::SuggestCompletionsResponse> SuggestCompletions(
      const v1::SuggestCompletionsRequest& request, const base::CallControl& call) override;
  absl::StatusOr<Overview> DescribeArticles(const base::CallControl& call) override;
  absl::StatusOr<v1::Article> Get(const v1::GetArticleRequest& request,
                                  const base::CallControl& call) override;
  absl::StatusOr<v1::BatchGetArticlesResponse> BatchGet(const v1::BatchGetArticlesRequest& request,
                                                        const base::CallControl& call) override;
  absl::StatusOr<ExportBatch> Export(const v1::ExportArticlesRequest& request,
                                     const ExportPosition& position,
                                     const base::CallControl& call) override;
  absl::StatusOr<QueryCount> Count(const v1::CountQueriesRequest& request,
                                   const base::CallControl& call) override;
  absl::StatusOr<EncodedResponse> FindSimilar(const v1::FindSimilarArticlesRequest& request,
                                              const base::CallControl& call) override;
  absl::StatusOr<v1::ListArticleCopiesResponse> ListCopies(
      const v1::ListArticleCopiesRequest& request, const base::CallControl& call) override;
  const storage::Generation& generation() const override { return *generation_; }

 private:
  // `refusal` of a request with a mended query that this index answers, or with none.
  absl::Status WithTriedMend(absl::Status refusal, const v1::SearchArticlesRequest& request,
                             const base::CallControl& call);
  // Plans `search`, and calls `run(context, plan)` over the latest snapshot.
  template <typename Run>
  auto RunPlan(std::string_view action, const v1::SearchArticlesRequest& search,
               const base::CallControl& call, Run run)
      -> decltype(run(std::declval<const SearchContext&>(), std::declval<const SearchPlan&>()));
  absl::Status TakeSnapshot();
  // Restricts the snapshot to what the licence is for, unless it is already.
  void KeepToLicence(const base::CallControl& call);
  // DATA_LOSS once an answer may be wrong, as pages of mapped files could not be read.
  absl::Status FindLostPages() const;
  // Runs `attempt` over the latest snapshot, and again each time the index changed under it.
  template <typename Attempt>
  auto Retrying(std::string_view action, const base::CallControl& call, Attempt attempt)
      -> decltype(attempt());
  // The same for what reads mapped files: their loss is an error.
  template <typename Attempt>
  auto ReadingFiles(std::string_view action, const base::CallControl& call, Attempt attempt)
      -> decltype(attempt());
  SearchContext Context() {
    return {.snapshot = *snapshot_,
            .analyzer = analyzer_,
            .known_words = known_words_,
            .vocabulary = vocabulary_,
            .synonyms = edition_->synonyms.empty() ? nullptr : &edition_->synonyms};
  }

  std::shared_ptr<const storage::Generation> generation_;
  std::unique_ptr<storage::Snapshot> snapshot_;
  Limits limits_;
  RankingOptions ranking_;
  const std::shared_ptr<AnswerCache> answers_;  // null = none is kept
  const std::shared_ptr<const SharedSynonyms> synonyms_;
  std::shared_ptr<const SynonymEdition> edition_;  // of the request that is being answered
  const std::shared_ptr<const Licence> licence_;   // null = for all articles
  text::Analyzer analyzer_;
  weights::KnownWords known_words_;
  VisibleVocabulary vocabulary_;
};

absl::Status SnapshotSearcher::TakeSnapshot() {
  auto snapshot = storage::Snapshot::Open(generation_, snapshot_.get());
  if (!snapshot.ok()) return snapshot.status();
  snapshot_ = *std::move(snapshot);
  return absl::OkStatus();
}

void SnapshotSearcher::KeepToLicence(const base::CallControl& call) {
  if (licence_ == nullptr || snapshot_->is_restricted()) return;
  base::Deadline deadline(call);
  MatchContext match{*snapshot_, deadline};
  snapshot_->Restrict(licence_->key(), licence_->DocumentsOf(match));
}

template <typename Attempt>
auto SnapshotSearcher::Retrying(std::string_view action, const base::CallControl& call,
                                Attempt attempt) -> decltype(attempt()) {
  decltype(attempt()) result = absl::AbortedError("not tried");
  edition_ = synonyms_->Current();
  for (int tries = 0; tries < kTries && MayRetry(result.status()); ++tries) {
    // What was acknowledged before this request began has to be seen by it.
    const bool latest = tries == 0 && snapshot_->IsLatest();
    if (absl::Status taken = latest ? absl::OkStatus() : TakeSnapshot(); !taken.ok()) {
      result = taken;
      continue;
    }
    result = xapian::Guard(action, [&] {
      KeepToLicence(call);
      return attempt();
    });
    if (!result.ok()) result = snapshot_->AsOvertaken(result.status());
  }
  if (!result.ok()) return schema::WithReason(result.status());
  return result;
}

template <typename Attempt>
auto SnapshotSearcher::ReadingFiles(std::string_view action, const base::CallControl& call,
                                    Attempt attempt) -> decltype(attempt()) {
  return Retrying(action, call, [&]() -> decltype(attempt()) {
    auto answer = attempt();
    if (const absl::Status lost = FindLostPages(); !lost.ok()) return lost;
    return answer;
  });
}

template <typename Run>
auto SnapshotSearcher::RunPlan(std::string_view action, const v1::SearchArticlesRequest& search,
                               const base::CallControl& call, Run run)
    -> decltype(run(std::declval<const SearchContext&>(), std::declval<const SearchPlan&>())) {
  absl::StatusOr<SearchPlan> plan =
      MakePlan(search, limits_, ranking_, generation_->manifest().ref.build_id);
  if (!plan.ok()) return WithTriedMend(plan.status(), search, call);
  return ReadingFiles(action, call, [&] { return run(Context(), *plan); });
}

absl::StatusOr<EncodedResponse> SnapshotSearcher::Search(const v1::SearchArticlesRequest& request,
                                                         const base::CallControl& call) {
  BeginStage(call, SearchStage::kSnapshot);
  const bool kept = answers_ != nullptr && answers_->keeps();
  // Of two messages that are equal, fields in the same order are the same bytes.
  const std::string asked = kept ? request.SerializeAsString() : "";
  std::optional<absl::StatusOr<SearchPlan>> plan;
  auto answer = Retrying("cannot search", call, [&]() -> absl::StatusOr<EncodedResponse> {
    std::string key;
    if (kept) {
      key = absl::StrCat(snapshot_->identity(), "\n", edition_->number, "\n", asked);
      EncodedResponse found = answers_->Find(key, call.now);
      if (found.bytes != nullptr) return found;
    }
    if (!plan) plan = MakePlan(request, limits_, ranking_, generation_->manifest().ref.build_id);
    if (!plan->ok()) return EncodedResponse{};
    auto response = query::Search(Context(), **plan, call);
    if (const absl::Status lost = FindLostPages(); !lost.ok()) return lost;
    if (kept && response.ok()) {
      answers_->Keep(std::move(key), *response, ValidTimeOf(**plan, *snapshot_, call.now));
    }
    return response;
  });
  if (plan && !plan->ok()) return WithTriedMend(plan->status(), request, call);
  return answer;
}

absl::StatusOr<ExportBatch> SnapshotSearcher::Export(const v1::ExportArticlesRequest& request,
                                                     const ExportPosition& position,
                                                     const base::CallControl& call) {
  const absl::StatusOr<v1::SearchArticlesRequest> search = SearchOf(request);
  if (!search.ok()) return search.status();
  return RunPlan("cannot export", *search, call,
                 [&](const SearchContext& context, const SearchPlan& plan) {
                   return ReadBatch(context, plan, position, call);
                 });
}

absl::StatusOr<QueryCount> SnapshotSearcher::Count(const v1::CountQueriesRequest& request,
                                                   const base::CallControl& call) {
  const absl::StatusOr<v1::SearchArticlesRequest> search = SearchOf(request);
  if (!search.ok()) return search.status();
  const auto sample = static_cast<uint32_t>(std::min(request.sample(), kMaxSample));
  return RunPlan("cannot count", *search, call,
                 [&](const SearchContext& context, const SearchPlan& plan) {
                   return CountQuery(context, plan, sample, call);
                 });
}

absl::StatusOr<v1::AggregateArticlesResponse> SnapshotSearcher::Aggregate(
    const v1::AggregateArticlesRequest& request, const base::CallControl& call) {
  absl::StatusOr<AggregationPlan> plan = MakeAggregationPlan(request, limits_);
  if (!plan.ok()) return WithTriedMend(plan.status(), SearchOf(request), call);
  return ReadingFiles("cannot count", call,
                      [&] { return query::Aggregate(Context(), *plan, call); });
}

absl::StatusOr<v1::SuggestCompletionsResponse> SnapshotSearcher::SuggestCompletions(
    const v1::SuggestCompletionsRequest& request, const base::CallControl& call) {
  const absl::StatusOr<CompletionPlan> plan = MakeCompletionPlan(request, limits_);
  if (!plan.ok()) return plan.status();
  return ReadingFiles("cannot complete a query", call,
                      [&] { return query::SuggestCompletions(Context(), *plan, call); });
}

absl::StatusOr<Overview> SnapshotSearcher::DescribeArticles(const base::CallControl& call) {
  return ReadingFiles("cannot describe the articles", call,
                      [&] { return MakeOverview(Context(), call); });
}

absl::Status SnapshotSearcher::FindLostPages() const {
  std::string_view lost = generation_->vocabulary().lost();
  if (!generation_->columns().lost().empty()) lost = generation_->columns().lost();
  if (generation_->copies().lost()) lost = storage::kCopiesName;
  if (generation_->norms().lost()) lost = storage::kNormsName;
  if (generation_->tokens().lost()) lost = storage::kTokensName;
  if (lost.empty()) return absl::OkStatus();
  return absl::DataLossError(
      absl::StrFormat("%s: pages of it cannot be read any more",
                      (generation_->folder() / storage::kBaseName / lost).string()));
}

absl::Status SnapshotSearcher::WithTriedMend(absl::Status refusal,
                                             const v1::SearchArticlesRequest& request,
                                             const base::CallControl& call) {
  const auto check = [&](const std::string& mended) {
    v1::SearchArticlesRequest tried = request;
    tried.set_query(mended);
    tried.set_page_size(1);
    tried.clear_page_token();
    tried.clear_skip();
    tried.clear_explain();
    tried.clear_exact_total();
    tried.mutable_highlight()->set_disabled(true);
    return Search(tried, call).status();
  };
  return WithAcceptedMend(request.query(), std::move(refusal), check);
}

absl::StatusOr<v1::Article> SnapshotSearcher::Get(const v1::GetArticleRequest& request,
                                                  const base::CallControl& call) {
  if (absl::Status status = CheckId("id", request.id()); !status.ok()) return status;
  absl::StatusOr<ReadMask> mask =
      ReadMask::FromOrEverything(request.has_read_mask(), request.read_mask());
  if (!mask.ok()) return mask.status();
  return Retrying("cannot read an article", call, [&]() -> absl::StatusOr<v1::Article> {
    absl::StatusOr<v1::Article> article = FindVisible(*snapshot_, request.id(), call.now);
    if (absl::IsNotFound(article.status())) return NoSuchArticle(request.id());
    if (article.ok()) mask->Apply(&*article);
    return article;
  });
}

absl::StatusOr<v1::BatchGetArticlesResponse> SnapshotSearcher::BatchGet(
    const v1::BatchGetArticlesRequest& request, const base::CallControl& call) {
  if (request.ids().empty() || request.ids_size() > kMaxBatch) {
    return schema::BadField("ids", absl::StrCat("give 1 to 1000 ids, not ", request.ids_size()));
  }
  if (absl::Status status = CheckIds(request.ids()); !status.ok()) return status;
  absl::StatusOr<ReadMask> mask =
      ReadMask::FromOrEverything(request.has_read_mask(), request.read_mask());
  if (!mask.ok()) return mask.status();
  const auto find = [&](const std::string& id) { return FindVisible(*snapshot_, id, call.now); };
  return Retrying("cannot read articles", call,
                  [&] { return ReadArticles(request.ids(), *mask, find, call); });
}

absl::StatusOr<EncodedResponse> SnapshotSearcher::FindSimilar(
    const v1::FindSimilarArticlesRequest& request, const base::CallControl& call) {
  if (absl::Status status = CheckIds(request.ids()); !status.ok()) return status;
  const absl::StatusOr<SimilarPlan> plan = MakeSimilarPlan(request, limits_);
  if (!plan.ok()) return plan.status();
  return ReadingFiles("cannot find similar articles", call,
                      [&]() -> absl::StatusOr<EncodedResponse> {
                        std::vector<v1::Article> seeds;
                        for (const std::string& id : plan->ids) {
                          absl::StatusOr<v1::Article> seed = FindVisible(*snapshot_, id, call.now);
                          if (absl::IsNotFound(seed.status())) return NoSuchArticle(id);
                          if (!seed.ok()) return seed.status();
                          seeds.push_back(*std::move(seed));
                        }
                        return FindSimilarArticles(Context(), *plan, seeds, call);
                      });
}

absl::StatusOr<v1::ListArticleCopiesResponse> SnapshotSearcher::ListCopies(
    const v1::ListArticleCopiesRequest& request, const base::CallControl& call) {
  using Response = v1::ListArticleCopiesResponse;
  if (absl::Status status = CheckId("id", request.id()); !status.ok()) return status;
  const absl::StatusOr<CopiesPlan> plan = MakeCopiesPlan(request);
  if (!plan.ok()) return plan.status();
  const absl::StatusOr<ReadMask> mask =
      request.has_read_mask() ? ReadMask::From(request.read_mask()) : ReadMask::AllButBody();
  if (!mask.ok()) return mask.status();
  return ReadingFiles("cannot list copies", call, [&]() -> absl::StatusOr<Response> {
    const absl::Status visible = FindVisible(*snapshot_, plan->id, call.now).status();
    if (absl::IsNotFound(visible)) return NoSuchArticle(plan->id);
    if (!visible.ok()) return visible;
    const absl::StatusOr<storage::DocRef> doc = snapshot_->FindId(plan->id);
    if (!doc.ok()) return doc.status();
    base::Deadline deadline(call);
    MatchContext match{*snapshot_, deadline};
    absl::StatusOr<Response> response = query::ListCopies(match, *plan, *doc, call.now);
    if (!response.ok()) return response;
    for (v1::ArticleCopy& copy : *response->mutable_copies()) mask->Apply(copy.mutable_article());
    return response;
  });
}

}  // namespace

absl::StatusOr<std::unique_ptr<Searcher>> Searcher::Open(
    std::shared_ptr<const storage::Generation> generation, const Limits& limits,
    const RankingOptions& ranking, std::shared_ptr<AnswerCache> answers,
    std::shared_ptr<const SharedSynonyms> synonyms, std::shared_ptr<const Licence> licence) {
  if (synonyms == nullptr) synonyms = std::make_shared<const SharedSynonyms>();
  absl::StatusOr<std::unique_ptr<storage::Snapshot>> snapshot = storage::Snapshot::Open(generation);
  for (int tries = 1; tries < kTries && MayRetry(snapshot.status()); ++tries) {
    snapshot = storage::Snapshot::Open(generation);
  }
  if (!snapshot.ok()) return schema::WithReason(snapshot.status());
  return std::make_unique<SnapshotSearcher>(std::move(generation), *std::move(snapshot), limits,
                                            ranking, std::move(answers), std::move(synonyms),
                                            std::move(licence));
}

}  // namespace broadsheet::query
