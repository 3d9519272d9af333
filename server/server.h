// SPDX-License-Identifier: GPL-3.0-or-later
// A running server: the index it serves, the threads that search, the port it listens on.
//
//   auto server = Server::Start(options, std::make_unique<IndexFolder>(...), logger);
//   ...
//   (*server)->Stop(absl::Now() + absl::Seconds(10));
#pragma once

#include <grpcpp/server.h>

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "server/listen_address.h"
#include "server/logger.h"
#include "server/options.h"
#include "server/rpc/serving.h"
#include "server/search_service.h"
#include "server/searcher_pool.h"
#include "server/served_index.h"

namespace broadsheet::server {

class Server {
 public:
  // Opens the index, listens, and answers from then on. An error's message is one line that says
  // what to do: INVALID_ARGUMENT or FAILED_PRECONDITION for the address, otherwise that of opening
  // the index (unless options.wait_for_index). `logger` outlives the server.
  static absl::StatusOr<std::unique_ptr<Server>> Start(const ServerOptions& options,
                                                       std::unique_ptr<GenerationSource> source,
                                                       Logger& logger,
                                                       ServedIndexOptions index_options = {});
  // As Stop() with no time to drain.
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  // With the port that was chosen for port 0.
  const std::string& address() const { return address_; }
  // How many searches run at a time.
  size_t threads() const { return threads_; }
  ServedIndex& index() { return index_; }
  // A channel's other end without a port, for tests.
  grpc::Server& grpc_server() { return *grpc_server_; }

  // In this order: health says NOT_SERVING; new calls are refused; those in flight go on until
  // `deadline` and are cancelled then; all threads end. False when some were cancelled. Not from a
  // thread of gRPC's. May be called again.
  bool Stop(absl::Time deadline);

 private:
  Server(const ServerOptions& options, std::unique_ptr<GenerationSource> source, Logger& logger,
         ServedIndexOptions index_options);
  absl::Status Open(bool wait_for_index);
  absl::Status Listen(const ListenAddress& address, const ServerOptions& options);
  void UpdateHealth();

  Logger& logger_;
  const size_t threads_;
  ServedIndex index_;
  SearcherPool pool_;
  Serving serving_;
  SearchService service_;
  std::string address_;
  std::unique_ptr<grpc::Server> grpc_server_;
};

}  // namespace broadsheet::server
