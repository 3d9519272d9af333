// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/services/search_service.h"

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/time/clock.h"
#include "engine/base/folder_size.h"
#include "engine/query/rank/page_token.h"
#include "engine/schema/error.h"
#include "engine/storage/index/layout.h"
#include "server/base/version.h"
#include "server/services/count_queries.h"
#include "server/services/export_articles.h"
#include "server/services/query_log.h"

namespace broadsheet::server {
namespace {

// Pages in order of relevance go on over the generation they began with: scores of two generations
// do not compare. Date order goes on over the newest.
std::string WantedGeneration(const v1::SearchArticlesRequest& request) {
  const bool by_relevance =
      request.sort() == v1::SORT_ORDER_RELEVANCE ||
      (request.sort() == v1::SORT_ORDER_UNSPECIFIED && !request.query().empty());
  if (!by_relevance) return "";
  return query::GenerationOfPageToken(request.page_token()).value_or("");
}

// search_service.proto promises it.
constexpr size_t kMaxSources = 20;

void SetSeconds(absl::Time time, google::protobuf::Timestamp* out) {
  out->set_seconds(absl::ToUnixSeconds(time));
}

// The `limit` values with the most articles, most first, equals by name.
template <typename Field>
void AddMostFrequent(const std::map<std::string, uint64_t>& counts, size_t limit, Field* field) {
  std::vector<std::pair<std::string, uint64_t>> sorted(counts.begin(), counts.end());
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
  sorted.resize(std::min(sorted.size(), limit));
  for (const auto& [value, count] : sorted) {
    v1::ValueCount* added = field->Add();
    added->set_value(value);
    added->set_count(static_cast<int32_t>(count));
  }
}

void DescribeCheck(const BaseReport& report, v1::GetStatusResponse& response) {
  switch (report.state) {
    case BaseReport::State::kUnchecked:
      return response.set_base_check(v1::GetStatusResponse::BASE_CHECK_UNSPECIFIED);
    case BaseReport::State::kRunning:
      return response.set_base_check(v1::GetStatusResponse::BASE_CHECK_RUNNING);
    case BaseReport::State::kWhole:
      response.set_base_check(v1::GetStatusResponse::BASE_CHECK_WHOLE);
      break;
    case BaseReport::State::kDamaged:
      response.set_base_check(v1::GetStatusResponse::BASE_CHECK_DAMAGED);
      break;
  }
  SetSeconds(report.found, response.mutable_base_check_time());
}

void Describe(const storage::Manifest& manifest, v1::GetStatusResponse& response) {
  response.set_generation(manifest.ref.build_id);
  response.set_generation_number(static_cast<int32_t>(manifest.ref.number));
  response.set_build_id(manifest.ref.build_id);
  SetSeconds(manifest.built, response.mutable_built_time());
}

void Describe(const query::Overview& overview, v1::GetStatusResponse& response) {
  response.set_undated_count(static_cast<int32_t>(overview.undated));
  if (overview.oldest) response.mutable_oldest_published_time()->set_seconds(*overview.oldest);
  if (overview.newest) response.mutable_newest_published_time()->set_seconds(*overview.newest);
  AddMostFrequent(overview.languages, overview.languages.size(), response.mutable_languages());
  AddMostFrequent(overview.sources, kMaxSources, response.mutable_sources());
  response.set_live_article_count(static_cast<int32_t>(overview.live_articles));
}

void Describe(const storage::ArticleFigures& figures, v1::GetStatusResponse& response) {
  response.set_article_count(static_cast<int32_t>(figures.articles));
  if (!figures.withheld.has_value()) return;
  response.set_withheld_count(static_cast<int32_t>(figures.withheld->withheld));
  response.set_embargoed_count(static_cast<int32_t>(figures.withheld->embargoed));
  response.set_cancelled_count(static_cast<int32_t>(figures.withheld->cancelled));
}

void Describe(const DiskWatch::Figures& disk, v1::GetStatusResponse& response) {
  response.set_disk_free_bytes(static_cast<int64_t>(disk.free_bytes));
  if (!disk.full_in.has_value()) return;
  SetSeconds(absl::Now() + *disk.full_in, response.mutable_disk_full_time());
}

void Describe(const WriteQueue::Figures& writes, v1::GetStatusResponse& response) {
  if (writes.last_write) SetSeconds(*writes.last_write, response.mutable_last_write_time());
  if (!writes.failure.has_value()) return;
  v1::WriteFailure* failure = response.mutable_write_failure();
  failure->set_reason(writes.failure->reason);
  SetSeconds(writes.failure->since, failure->mutable_since_time());
  failure->set_refused_count(static_cast<int64_t>(writes.failure->writes));
}

}  // namespace

SearchService::SearchService(Serving& serving)
    : serving_(serving),
      methods_({
          {"SearchArticles", std::bind_front(&SearchService::RequestSearchArticles, this),
           std::bind_front(&SearchService::AnswerSearch, this), serving.max_search_bytes},
          {"GetArticle", std::bind_front(&SearchService::RequestGetArticle, this),
           std::bind_front(&SearchService::AnswerGet, this), serving.max_search_bytes},
          {"BatchGetArticles", std::bind_front(&SearchService::RequestBatchGetArticles, this),
           std::bind_front(&SearchService::AnswerBatchGet, this), serving.max_search_bytes},
          {"AggregateArticles", std::bind_front(&SearchService::RequestAggregateArticles, this),
           std::bind_front(&SearchService::AnswerAggregate, this), serving.max_search_bytes},
          {"FindSimilarArticles", std::bind_front(&SearchService::RequestFindSimilarArticles, this),
           std::bind_front(&SearchService::AnswerSimilar, this), serving.max_similar_bytes},
          {"ListArticleCopies", std::bind_front(&SearchService::RequestListArticleCopies, this),
           std::bind_front(&SearchService::AnswerCopies, this), serving.max_search_bytes},
          {"SuggestCompletions", std::bind_front(&SearchService::RequestSuggestCompletions, this),
           std::bind_front(&SearchService::AnswerCompletions, this), serving.max_search_bytes},
          {"GetStatus", std::bind_front(&SearchService::RequestGetStatus, this),
           std::bind_front(&SearchService::AnswerStatus, this), serving.max_search_bytes},
      }) {}

void SearchService::TakeCalls() {
  for (const UnaryMethod& method : methods_) UnaryCall::TakeCalls(method, serving_);
  TakeExports(std::bind_front(&SearchService::RequestExportArticles, this), serving_);
  TakeCounts(std::bind_front(&SearchService::RequestCountQueries, this), serving_);
}

void SearchService::AnswerSearch(UnaryCall& call) {
  call.AnswerFromIndex<v1::SearchArticlesRequest>(
      /*light=*/false,
      [this, &call](Searchers& searchers, const v1::SearchArticlesRequest& request,
                    const base::CallControl& control) -> absl::StatusOr<query::EncodedResponse> {
        call.NoteQuery(request.query());
        const auto searcher = searchers.Over(WantedGeneration(request));
        if (!searcher.ok()) return searcher.status();
        auto answer = (*searcher)->Search(request, control);
        if (LineFile* log = serving_.files.queries; log != nullptr && answer.ok()) {
          LogSearch(*log, call.start(), request, *answer);
        }
        return answer;
      });
}

void SearchService::AnswerAggregate(UnaryCall& call) {
  call.AnswerFromIndex<v1::AggregateArticlesRequest>(
      /*light=*/false,
      [&call](Searchers& searchers, const v1::AggregateArticlesRequest& request,
              const base::CallControl& control) -> absl::StatusOr<v1::AggregateArticlesResponse> {
        call.NoteQuery(request.query());
        const auto searcher = searchers.Over("");
        if (!searcher.ok()) return searcher.status();
        return (*searcher)->Aggregate(request, control);
      });
}

void SearchService::AnswerGet(UnaryCall& call) {
  call.AnswerFromIndex<v1::GetArticleRequest>(
      /*light=*/true,
      [](Searchers& searchers, const v1::GetArticleRequest& request,
         const base::CallControl& control) -> absl::StatusOr<v1::Article> {
        const auto searcher = searchers.Over("");
        if (!searcher.ok()) return searcher.status();
        return (*searcher)->Get(request, control);
      });
}

void SearchService::AnswerBatchGet(UnaryCall& call) {
  call.AnswerFromIndex<v1::BatchGetArticlesRequest>(
      /*light=*/false,
      [](Searchers& searchers, const v1::BatchGetArticlesRequest& request,
         const base::CallControl& control) -> absl::StatusOr<v1::BatchGetArticlesResponse> {
        const auto searcher = searchers.Over("");
        if (!searcher.ok()) return searcher.status();
        return (*searcher)->BatchGet(request, control);
      });
}

void SearchService::AnswerSimilar(UnaryCall& call) {
  call.AnswerFromIndex<v1::FindSimilarArticlesRequest>(
      /*light=*/false,
      [](Searchers& searchers, const v1::FindSimilarArticlesRequest& request,
         const base::CallControl& control) -> absl::StatusOr<query::EncodedResponse> {
        const auto searcher = searchers.Over("");
        if (!searcher.ok()) return searcher.status();
        return (*searcher)->FindSimilar(request, control);
      });
}

void SearchService::AnswerCopies(UnaryCall& call) {
  call.AnswerFromIndex<v1::ListArticleCopiesRequest>(
      /*light=*/false,
      [](Searchers& searchers, const v1::ListArticleCopiesRequest& request,
         const base::CallControl& control) -> absl::StatusOr<v1::ListArticleCopiesResponse> {
        const auto searcher = searchers.Over("");
        if (!searcher.ok()) return searcher.status();
        return (*searcher)->ListCopies(request, control);
      });
}

void SearchService::AnswerCompletions(UnaryCall& call) {
  call.AnswerFromIndex<v1::SuggestCompletionsRequest>(
      /*light=*/false,
      [](Searchers& searchers, const v1::SuggestCompletionsRequest& request,
         const base::CallControl& control) -> absl::StatusOr<v1::SuggestCompletionsResponse> {
        const auto searcher = searchers.Over("");
        if (!searcher.ok()) return searcher.status();
        return (*searcher)->SuggestCompletions(request, control);
      });
}

void SearchService::AnswerStatus(UnaryCall& call) {
  call.AnswerFromIndex<v1::GetStatusRequest>(
      /*light=*/true,
      [this](Searchers& searchers, const v1::GetStatusRequest& /*request*/,
             const base::CallControl& control) { return StatusOf(searchers, control); });
}

void SearchService::DescribeAll(const ServedGeneration& generation, absl::Time now,
                                v1::GetStatusResponse& response) const {
  const storage::Manifest& manifest = generation.manifest;
  response.set_index_bytes(static_cast<int64_t>(manifest.IndexBytes()));
  Describe(generation.count_articles
               ? generation.count_articles(now)
               : storage::ArticleFigures{.articles = manifest.articles, .withheld = {}},
           response);
  const std::filesystem::path folder = serving_.layout.generation(manifest.ref.number);
  response.set_live_bytes(static_cast<int64_t>(base::BytesIn(folder / storage::kLiveName)));
}

absl::StatusOr<v1::GetStatusResponse> SearchService::StatusOf(Searchers& searchers,
                                                              const base::CallControl& control) {
  const auto generation = serving_.index.Current();
  if (generation == nullptr) {
    return schema::Error(absl::StatusCode::kUnavailable, "INDEX_UNAVAILABLE",
                         "no index is open yet; try again once one has been published");
  }
  v1::GetStatusResponse response;
  response.set_server_version(std::string(kVersion));
  response.mutable_uptime()->set_seconds(absl::ToInt64Seconds(absl::Now() - serving_.start));
  response.set_writable(serving_.write_side != nullptr);
  Describe(generation->manifest, response);
  DescribeCheck(serving_.index.CheckOf(generation.get()), response);
  // Whoever may see a part of the articles has no business with the rest of the machine either.
  if (searchers.tells_all()) {
    DescribeAll(*generation, control.now, response);
    if (const auto disk = serving_.disk.Look(); disk.ok()) Describe(*disk, response);
    if (serving_.write_side != nullptr) Describe(serving_.write_side->queue().figures(), response);
  }
  // An index that cannot be searched has a status all the same.
  const auto searcher = searchers.Over(generation->manifest.ref.build_id);
  if (!searcher.ok()) return response;
  const absl::StatusOr<query::Overview> overview = (*searcher)->DescribeArticles(control);
  if (overview.ok()) Describe(*overview, response);
  // Of the articles of a licence these are all figures there are.
  if (overview.ok() && !searchers.tells_all()) {
    response.set_article_count(static_cast<int32_t>(overview->articles));
    response.clear_live_article_count();
  }
  if (absl::Status ended = control.Check(); !ended.ok()) return ended;
  return response;
}

}  // namespace broadsheet::server
