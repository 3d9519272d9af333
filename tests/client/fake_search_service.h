// SPDX-License-Identifier: GPL-3.0-or-later
// A server on a port of its own that answers what the test told it and keeps what it was asked.
#pragma once

#include <grpcpp/grpcpp.h>

#include <map>
#include <memory>
#include <mutex>
#include <string>

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
  ~FakeSearchService() override { server_->Shutdown(); }

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
  grpc::Status GetStatus(grpc::ServerContext* /*context*/, const v1::GetStatusRequest* /*request*/,
                         v1::GetStatusResponse* reply) override {
    const LockedScript script(mutex_, script_);
    *reply = script->status_response;
    return script->status;
  }

 private:
  std::mutex mutex_;
  Script script_;
  std::unique_ptr<grpc::Server> server_;
  std::string address_;
};

}  // namespace broadsheet::testing
