// SPDX-License-Identifier: GPL-3.0-or-later
// An index whose publishing and answers a test decides, in the place of one on disk.
#pragma once

#include <atomic>
#include <cstdlib>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>

#include "absl/strings/str_format.h"
#include "engine/base/mutex.h"
#include "engine/query/searcher.h"
#include "server/generations/served_generation.h"

namespace broadsheet::server {

// What a test has searches do. Called on searcher threads.
struct FakeAnswers {
  // Default: one hit whose id is the generation's number.
  std::function<absl::StatusOr<v1::SearchArticlesResponse>(const v1::SearchArticlesRequest& request,
                                                           const base::CallControl& call)>
      search;
  // Default: an article with the id asked for.
  std::function<absl::StatusOr<v1::Article>(const v1::GetArticleRequest& request)> get;
  // Default: one batch of one article whose id is the generation's number.
  std::function<absl::StatusOr<query::ExportBatch>(const v1::ExportArticlesRequest& request,
                                                   const query::ExportPosition& position)>
      batch;
  // Default: no match, and the generation's number as an id.
  std::function<absl::StatusOr<query::QueryCount>(const v1::CountQueriesRequest& request)> count;
};

class FakeSearcher final : public query::Searcher {
 public:
  FakeSearcher(storage::GenerationRef ref, std::shared_ptr<const FakeAnswers> answers,
               std::shared_ptr<std::atomic<int>> open)
      : ref_(std::move(ref)), answers_(std::move(answers)), open_(std::move(open)) {
    ++*open_;
  }
  ~FakeSearcher() override { --*open_; }

  absl::StatusOr<query::EncodedResponse> Search(const v1::SearchArticlesRequest& request,
                                                const base::CallControl& call) override {
    // An empty query is the server's own, to warm a generation up.
    if (answers_->search && !request.query().empty()) {
      const auto answer = answers_->search(request, call);
      if (!answer.ok()) return answer.status();
      return query::EncodedResponse{
          std::make_shared<const std::string>(answer->SerializeAsString())};
    }
    v1::SearchArticlesResponse response;
    response.add_hits()->mutable_article()->set_id(std::to_string(ref_.number));
    response.set_generation(ref_.build_id);
    return query::EncodedResponse{
        std::make_shared<const std::string>(response.SerializeAsString())};
  }
  absl::StatusOr<v1::Article> Get(const v1::GetArticleRequest& request,
                                  const base::CallControl&) override {
    if (answers_->get) return answers_->get(request);
    v1::Article article;
    article.set_id(request.id());
    return article;
  }
  absl::StatusOr<v1::BatchGetArticlesResponse> BatchGet(const v1::BatchGetArticlesRequest& request,
                                                        const base::CallControl&) override {
    v1::BatchGetArticlesResponse response;
    for (const std::string& id : request.ids()) response.add_articles()->set_id(id);
    return response;
  }
  absl::StatusOr<query::ExportBatch> Export(const v1::ExportArticlesRequest& request,
                                            const query::ExportPosition& position,
                                            const base::CallControl&) override {
    if (answers_->batch) return answers_->batch(request, position);
    v1::ExportArticlesResponse response;
    response.add_articles()->set_id(std::to_string(ref_.number));
    return query::ExportBatch{.bytes = response.SerializeAsString(), .next = {}, .last = true};
  }
  absl::StatusOr<query::QueryCount> Count(const v1::CountQueriesRequest& request,
                                          const base::CallControl&) override {
    if (answers_->count) return answers_->count(request);
    return query::QueryCount{.total = {}, .sample_ids = {std::to_string(ref_.number)}};
  }
  absl::StatusOr<v1::AggregateArticlesResponse> Aggregate(
      const v1::AggregateArticlesRequest& request, const base::CallControl&) override {
    v1::AggregateArticlesResponse response;
    for (const v1::FacetRequest& facet : request.facets()) {
      response.add_facets()->set_field(facet.field());
    }
    return response;
  }
  absl::StatusOr<query::EncodedResponse> FindSimilar(const v1::FindSimilarArticlesRequest&,
                                                     const base::CallControl&) override {
    v1::FindSimilarArticlesResponse response;
    response.set_generation(ref_.build_id);
    return query::EncodedResponse{
        std::make_shared<const std::string>(response.SerializeAsString())};
  }
  absl::StatusOr<v1::ListArticleCopiesResponse> ListCopies(
      const v1::ListArticleCopiesRequest& request, const base::CallControl&) override {
    v1::ListArticleCopiesResponse response;
    response.add_copies()->mutable_article()->set_id(request.id());
    return response;
  }
  absl::StatusOr<v1::SuggestCompletionsResponse> SuggestCompletions(
      const v1::SuggestCompletionsRequest&, const base::CallControl&) override {
    v1::SuggestCompletionsResponse response;
    response.set_generation(ref_.build_id);
    return response;
  }
  absl::StatusOr<query::Overview> DescribeArticles(const base::CallControl&) override {
    return query::Overview{.undated = ref_.number,
                           .oldest = 0,
                           .newest = 60,
                           .languages = {},
                           .sources = {{"The Fake Times", 1}},
                           .live_articles = 0};
  }
  // Only the engine asks for it.
  const storage::Generation& generation() const override { std::abort(); }

 private:
  const storage::GenerationRef ref_;
  const std::shared_ptr<const FakeAnswers> answers_;
  const std::shared_ptr<std::atomic<int>> open_;
};

// Safe from any thread. Sources it made may outlive it.
class FakeIndex {
 public:
  explicit FakeIndex(FakeAnswers answers = {})
      : state_(std::make_shared<State>(std::move(answers))) {}

  // Publishes a generation; its build id is "build-" and the number.
  void Publish(uint64_t number) {
    base::MutexLock lock(state_->mutex);
    state_->published = storage::GenerationRef{.number = number, .build_id = BuildId(number)};
    state_->open_error = absl::OkStatus();
  }
  // Publishes one that cannot be opened.
  void PublishDamaged(uint64_t number, absl::Status error) {
    Publish(number);
    base::MutexLock lock(state_->mutex);
    state_->open_error = std::move(error);
  }
  // What reading all of a generation's base comes to, for those opened from now on.
  void CheckBaseWith(std::function<absl::Status(const std::function<bool()>& stop)> check) {
    base::MutexLock lock(state_->mutex);
    state_->check_base = std::move(check);
  }
  // What reading the takedowns comes to.
  void SpoilTakedowns(absl::Status error) {
    base::MutexLock lock(state_->mutex);
    state_->takedowns = std::move(error);
  }
  // CURRENT is gone, or holds something else.
  void LoseCurrent(absl::Status error) {
    base::MutexLock lock(state_->mutex);
    state_->published = std::move(error);
  }
  // How many searchers of this generation are open.
  int OpenSearchers(uint64_t number) {
    base::MutexLock lock(state_->mutex);
    return *state_->OpenCount(number);
  }
  static std::string BuildId(uint64_t number) { return absl::StrFormat("build-%d", number); }

  std::unique_ptr<GenerationSource> MakeSource() { return std::make_unique<Source>(state_); }

 private:
  struct State {
    explicit State(FakeAnswers given) : answers(std::make_shared<FakeAnswers>(std::move(given))) {}
    std::shared_ptr<std::atomic<int>> OpenCount(uint64_t number) {
      auto& count = open[number];
      if (count == nullptr) count = std::make_shared<std::atomic<int>>(0);
      return count;
    }
    base::Mutex mutex;
    absl::StatusOr<storage::GenerationRef> published = absl::NotFoundError("no index here");
    absl::Status open_error;
    absl::Status takedowns;
    std::function<absl::Status(const std::function<bool()>& stop)> check_base;
    std::map<uint64_t, std::shared_ptr<std::atomic<int>>> open;
    const std::shared_ptr<const FakeAnswers> answers;
  };

  class Source final : public GenerationSource {
   public:
    explicit Source(std::shared_ptr<State> state) : state_(std::move(state)) {}
    absl::StatusOr<storage::GenerationRef> Published() override {
      base::MutexLock lock(state_->mutex);
      return state_->published;
    }
    absl::StatusOr<std::shared_ptr<const ServedGeneration>> Open() override {
      base::MutexLock lock(state_->mutex);
      if (!state_->published.ok()) return state_->published.status();
      if (!state_->open_error.ok()) return state_->open_error;
      auto generation = std::make_shared<ServedGeneration>();
      generation->manifest.ref = *state_->published;
      generation->check_base = state_->check_base;
      generation->open_searcher = [ref = *state_->published, answers = state_->answers,
                                   open = state_->OpenCount(state_->published->number)](
                                      const std::shared_ptr<const query::Licence>& /*licence*/) {
        return absl::StatusOr<std::unique_ptr<query::Searcher>>(
            std::make_unique<FakeSearcher>(ref, answers, open));
      };
      return generation;
    }

    absl::Status CheckTakedowns() override {
      base::MutexLock lock(state_->mutex);
      return state_->takedowns;
    }

   private:
    const std::shared_ptr<State> state_;
  };

  const std::shared_ptr<State> state_;
};

}  // namespace broadsheet::server
