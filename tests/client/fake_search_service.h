// SPDX-License-Identifier: GPL-3.0-or-later
// A server on a port of its own that answers what the test told it and keeps what it was asked.
#pragma once

#include <grpcpp/grpcpp.h>

#include <memory>
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

  // Set before the call, read after it.
  v1::SearchArticlesResponse response;
  v1::Article article;
  v1::GetStatusResponse status_response;
  grpc::Status status;
  v1::SearchArticlesRequest seen;
  std::string seen_id;

  grpc::Status SearchArticles(grpc::ServerContext* /*context*/,
                              const v1::SearchArticlesRequest* request,
                              v1::SearchArticlesResponse* reply) override {
    seen = *request;
    *reply = response;
    return status;
  }
  grpc::Status GetArticle(grpc::ServerContext* /*context*/, const v1::GetArticleRequest* request,
                          v1::Article* reply) override {
    seen_id = request->id();
    *reply = article;
    return status;
  }
  grpc::Status GetStatus(grpc::ServerContext* /*context*/, const v1::GetStatusRequest* /*request*/,
                         v1::GetStatusResponse* reply) override {
    *reply = status_response;
    return status;
  }

 private:
  std::unique_ptr<grpc::Server> server_;
  std::string address_;
};

}  // namespace broadsheet::testing
