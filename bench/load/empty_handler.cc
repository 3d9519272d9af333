// SPDX-License-Identifier: GPL-3.0-or-later
// broadsheet-empty-handler: a gRPC server that answers every search with nothing but bytes, at
// once: what a call costs before anything is searched. Serves until its standard input ends.
//
//   sleep infinity | broadsheet-empty-handler --bytes 2000
#include <grpcpp/grpcpp.h>

#include <CLI/CLI.hpp>
#include <cstddef>
#include <iostream>
#include <limits>
#include <memory>
#include <string>

#include "broadsheet/v1/search_service.grpc.pb.h"

namespace broadsheet::bench {
namespace {

class EmptyHandler final : public v1::SearchService::CallbackService {
 public:
  explicit EmptyHandler(size_t bytes) { answer_.set_next_page_token(std::string(bytes, 'x')); }

  grpc::ServerUnaryReactor* SearchArticles(grpc::CallbackServerContext* context,
                                           const v1::SearchArticlesRequest* /*request*/,
                                           v1::SearchArticlesResponse* reply) override {
    *reply = answer_;
    grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
    reactor->Finish(grpc::Status::OK);
    return reactor;
  }

 private:
  v1::SearchArticlesResponse answer_;
};

}  // namespace

int Main(int argc, char** argv) {
  CLI::App app("Answers every search with bytes, at once; ends with its standard input",
               "broadsheet-empty-handler");
  size_t bytes = 0;
  app.add_option("--bytes", bytes, "Size of an answer")->capture_default_str();
  CLI11_PARSE(app, argc, argv);
  EmptyHandler handler(bytes);
  grpc::ServerBuilder builder;
  int port = 0;
  builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port);
  builder.RegisterService(&handler);
  const std::unique_ptr<grpc::Server> server = builder.BuildAndStart();
  if (server == nullptr) return 1;
  std::cout << "listening on 127.0.0.1:" << port << std::endl;
  std::cin.ignore(std::numeric_limits<std::streamsize>::max());
  server->Shutdown();
  return 0;
}

}  // namespace broadsheet::bench

int main(int argc, char** argv) { return broadsheet::bench::Main(argc, argv); }
