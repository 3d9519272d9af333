// SPDX-License-Identifier: GPL-3.0-or-later
// A server on a port of its own that answers what the test told it and keeps what it was asked.
#pragma once

#include <grpcpp/grpcpp.h>

#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "broadsheet/v1/search_service.grpc.pb.h"

namespace broadsheet::testing {

class FakeSearchService final : public v1::SearchService::Service {
 public:
  FakeSearchService() {
    grpc::ServerBuilder builder;
    int port = 0;
    builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port);
    builder.RegisterService(this);
    server_ = builder.BuildAndStart();
    address_ = "127.0.0.1:" + std::to_string(port);
  }
  ~FakeSearchService() override {
    LetGo();
    server_->Shutdown();
  }

  // Exports send nothing until LetGo().
  void HoldExports() {
    const std::lock_guard<std::mutex> lock(hold_mutex_);
    held_ = true;
  }
  void LetGo() {
    {
      const std::lock_guard<std::mutex> lock(hold_mutex_);
      held_ = false;
    }
    let_go_.notify_all();
  }

  const std::string& address() const { return address_; }

  // What it answers, and what it was asked last.
  struct Script {
    v1::SearchArticlesResponse response;
    v1::Article article;
    v1::GetStatusResponse status_response;
    grpc::Status status;
    // How searches for these queries end instead.
    std::map<std::string, grpc::Status> status_of_query;
    v1::SearchArticlesRequest seen;
    std::string seen_id;
    // An export sends these one after the other, and then ends with `status`; where resumed, with
    // those behind that many messages as the resume token says.
    std::vector<v1::ExportArticlesResponse> batches;
    // An export ends with UNAVAILABLE behind each of so many batches.
    int breaks = 0;
    std::vector<v1::ExportArticlesRequest> seen_exports;
    std::map<std::string, v1::CountQueriesResponse> count_of_query;
    std::vector<v1::CountQueriesRequest> seen_counts;
    v1::AggregateArticlesResponse counts;
    v1::AggregateArticlesRequest seen_aggregate;
    v1::FindSimilarArticlesResponse similar;
    v1::FindSimilarArticlesRequest seen_similar;
    std::vector<v1::ListArticleCopiesResponse> pages_of_copies;  // by token: "", "1", "2" ...
    std::vector<v1::ListArticleCopiesRequest> seen_copies;
    v1::SuggestCompletionsResponse completions;
    v1::SuggestCompletionsRequest seen_suggest;
  };
  // The script, locked until the end of the expression: server_.script()->seen.query().
  class LockedScript {
   public:
    LockedScript(std::mutex& mutex, Script& script) : lock_(mutex), script_(script) {}
    Script* operator->() const { return &script_; }

   private:
    std::lock_guard<std::mutex> lock_;
    Script& script_;
  };
  LockedScript script() { return {mutex_, script_}; }

  grpc::Status SearchArticles(grpc::ServerContext* /*context*/,
                              const v1::SearchArticlesRequest* request,
                              v1::SearchArticlesResponse* reply) override {
    const LockedScript script(mutex_, script_);
    script->seen = *request;
    *reply = script->response;
    const auto of_query = script->status_of_query.find(request->query());
    return of_query == script->status_of_query.end() ? script->status : of_query->second;
  }
  grpc::Status GetArticle(grpc::ServerContext* /*context*/, const v1::GetArticleRequest* request,
                          v1::Article* reply) override {
    const LockedScript script(mutex_, script_);
    script->seen_id = request->id();
    *reply = script->article;
    return script->status;
  }
  grpc::Status ExportArticles(grpc::ServerContext* /*context*/,
                              const v1::ExportArticlesRequest* request,
                              grpc::ServerWriter<v1::ExportArticlesResponse>* writer) override {
    {
      std::unique_lock<std::mutex> lock(hold_mutex_);
      let_go_.wait(lock, [this] { return !held_; });
    }
    const LockedScript script(mutex_, script_);
    script->seen_exports.push_back(*request);
    const std::string& token = request->resume_token();
    for (size_t i = token.empty() ? 0 : std::stoul(token); i < script->batches.size(); ++i) {
      v1::ExportArticlesResponse batch = script->batches[i];
      batch.set_resume_token(std::to_string(i + 1));
      writer->Write(batch);
      if (script->breaks-- > 0) return {grpc::StatusCode::UNAVAILABLE, "the server stops"};
    }
    return script->status;
  }
  grpc::Status CountQueries(grpc::ServerContext* /*context*/,
                            grpc::ServerReaderWriter<v1::CountQueriesResponse,
                                                     v1::CountQueriesRequest>* stream) override {
    for (v1::CountQueriesRequest request; stream->Read(&request);) {
      const LockedScript script(mutex_, script_);
      script->seen_counts.push_back(request);
      v1::CountQueriesResponse answer = script->count_of_query[request.query()];
      answer.set_key(request.key());
      stream->Write(answer);
    }
    return script()->status;
  }
  grpc::Status AggregateArticles(grpc::ServerContext* /*context*/,
                                 const v1::AggregateArticlesRequest* request,
                                 v1::AggregateArticlesResponse* reply) override {
    const LockedScript script(mutex_, script_);
    script->seen_aggregate = *request;
    *reply = script->counts;
    return script->status;
  }
  grpc::Status FindSimilarArticles(grpc::ServerContext* /*context*/,
                                   const v1::FindSimilarArticlesRequest* request,
                                   v1::FindSimilarArticlesResponse* reply) override {
    const LockedScript script(mutex_, script_);
    script->seen_similar = *request;
    *reply = script->similar;
    return script->status;
  }
  grpc::Status ListArticleCopies(grpc::ServerContext* /*context*/,
                                 const v1::ListArticleCopiesRequest* request,
                                 v1::ListArticleCopiesResponse* reply) override {
    const LockedScript script(mutex_, script_);
    script->seen_copies.push_back(*request);
    const size_t page = request->page_token().empty() ? 0 : std::stoul(request->page_token());
    if (page < script->pages_of_copies.size()) *reply = script->pages_of_copies[page];
    if (page + 1 < script->pages_of_copies.size()) {
      reply->set_next_page_token(std::to_string(page + 1));
    }
    return script->status;
  }
  grpc::Status SuggestCompletions(grpc::ServerContext* /*context*/,
                                  const v1::SuggestCompletionsRequest* request,
                                  v1::SuggestCompletionsResponse* reply) override {
    const LockedScript script(mutex_, script_);
    script->seen_suggest = *request;
    *reply = script->completions;
    return script->status;
  }
  grpc::Status GetStatus(grpc::ServerContext* /*context*/, const v1::GetStatusRequest* /*request*/,
                         v1::GetStatusResponse* reply) override {
    const LockedScript script(mutex_, script_);
    *reply = script->status_response;
    return script->status;
  }

 private:
  std::mutex hold_mutex_;
  std::condition_variable let_go_;
  bool held_ = false;
  std::mutex mutex_;
  Script script_;
  std::unique_ptr<grpc::Server> server_;
  std::string address_;
};

}  // namespace broadsheet::testing
