// SPDX-License-Identifier: GPL-3.0-or-later
// broadsheet.v1.SearchService.
#pragma once

#include <vector>

#include "broadsheet/v1/search_service.grpc.pb.h"
#include "server/services/serving.h"
#include "server/services/unary_call.h"

namespace broadsheet::server {

using SearchServiceBase = v1::SearchService::WithRawMethod_SearchArticles<
    v1::SearchService::WithRawMethod_GetArticle<v1::SearchService::WithRawMethod_BatchGetArticles<
        v1::SearchService::WithRawMethod_AggregateArticles<
            v1::SearchService::WithRawMethod_FindSimilarArticles<
                v1::SearchService::WithRawMethod_ListArticleCopies<
                    v1::SearchService::WithRawMethod_SuggestCompletions<
                        v1::SearchService::WithRawMethod_ExportArticles<
                            v1::SearchService::WithRawMethod_CountQueries<
                                v1::SearchService::WithRawMethod_GetStatus<
                                    v1::SearchService::Service>>>>>>>>>>;

// Its methods never block.
class SearchService final : public SearchServiceBase {
 public:
  // `serving` outlives this.
  explicit SearchService(Serving& serving);

  // Takes calls from now on. The server has started.
  void TakeCalls();

 private:
  void AnswerSearch(UnaryCall& call);
  void AnswerAggregate(UnaryCall& call);
  void AnswerGet(UnaryCall& call);
  void AnswerBatchGet(UnaryCall& call);
  void AnswerSimilar(UnaryCall& call);
  void AnswerCopies(UnaryCall& call);
  void AnswerCompletions(UnaryCall& call);
  void AnswerStatus(UnaryCall& call);
  // Figures of all that is stored, whoever may be told of it.
  void DescribeAll(const ServedGeneration& generation, absl::Time now,
                   v1::GetStatusResponse& response) const;
  absl::StatusOr<v1::GetStatusResponse> StatusOf(Searchers& searchers,
                                                 const base::CallControl& control);

  Serving& serving_;
  const std::vector<UnaryMethod> methods_;
};

}  // namespace broadsheet::server
