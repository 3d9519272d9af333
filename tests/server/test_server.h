// SPDX-License-Identifier: GPL-3.0-or-later
// A server on a free loopback port, over an index that the test decides, and a client of it.
#pragma once

#include <grpcpp/grpcpp.h>

#include <chrono>
#include <memory>
#include <string>
#include <utility>

#include "broadsheet/v1/search_service.grpc.pb.h"
#include "server/server.h"
#include "tests/server/collected_log.h"
#include "tests/server/fake_index.h"

namespace broadsheet::server {

inline ServerOptions TestOptions() {
  ServerOptions options;
  options.listen = {"127.0.0.1:0"};
  options.threads = 2;
  // No call fails because the machine is slow.
  options.max_deadline = absl::Hours(1);
  return options;
}

class TestServer {
 public:
  // Generation 1 is published.
  explicit TestServer(FakeAnswers answers = {}, ServerOptions options = TestOptions())
      : disk_(std::move(answers)) {
    disk_.Publish(1);
    // The tests call Refresh themselves, or publish and wait for the watcher.
    server_ =
        Server::Start(options, disk_.MakeSource(), log_, {.poll_interval = absl::Milliseconds(5)})
            .value();
    channel_ = grpc::CreateChannel(server_->address(), grpc::InsecureChannelCredentials());
    stub_ = v1::SearchService::NewStub(channel_);
  }

  FakeIndex& disk() { return disk_; }
  CollectedLog& log() { return log_; }
  Server& server() { return *server_; }
  const std::shared_ptr<grpc::Channel>& channel() const { return channel_; }
  v1::SearchService::Stub& stub() { return *stub_; }

  grpc::Status Search(const std::string& query, v1::SearchArticlesResponse* response = nullptr,
                      grpc::ClientContext* given_context = nullptr) {
    grpc::ClientContext own_context;
    grpc::ClientContext& context = given_context != nullptr ? *given_context : own_context;
    v1::SearchArticlesRequest request;
    request.set_query(query);
    v1::SearchArticlesResponse ignored;
    return stub_->SearchArticles(&context, request, response != nullptr ? response : &ignored);
  }

 private:
  CollectedLog log_;
  FakeIndex disk_;
  std::unique_ptr<Server> server_;
  std::shared_ptr<grpc::Channel> channel_;
  std::unique_ptr<v1::SearchService::Stub> stub_;
};

}  // namespace broadsheet::server
