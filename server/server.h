// SPDX-License-Identifier: GPL-3.0-or-later
// A running server: the index that it serves, its threads, and its listening socket.
//
//   auto server = Server::Start(options, std::make_unique<IndexFolder>(...), logger);
//   ...
//   (*server)->Stop(absl::Now() + absl::Seconds(10));
#pragma once

#include <grpcpp/server.h>
#include <grpcpp/server_builder.h>

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "engine/indexing/live/writable_index.h"
#include "server/access/gatekeeper.h"
#include "server/admission/acceptor.h"
#include "server/admission/answers_in_flight.h"
#include "server/admission/call_threads.h"
#include "server/admission/listen_socket.h"
#include "server/admission/searcher_pool.h"
#include "server/admission/server_certificate.h"
#include "server/base/line_file.h"
#include "server/base/logger.h"
#include "server/figures/call_figures.h"
#include "server/figures/disk_watch.h"
#include "server/generations/served_index.h"
#include "server/generations/write_side.h"
#include "server/http/http_server.h"
#include "server/options.h"
#include "server/services/admin_service.h"
#include "server/services/article_service.h"
#include "server/services/call_settings.h"
#include "server/services/health_service.h"
#include "server/services/open_streams.h"
#include "server/services/search_service.h"
#include "server/services/serving.h"

namespace broadsheet::server {

class Server {
 public:
  // Opens the index, listens, and answers from then on. Takes writes when `writable` is given; it
  // must be the published generation of `source`. An error's message is one line that names the
  // remedy: INVALID_ARGUMENT or FAILED_PRECONDITION for the address, the error of reading
  // options.tokens, otherwise the error of opening the index (unless options.wait_for_index).
  // `logger` outlives the server.
  static absl::StatusOr<std::unique_ptr<Server>> Start(
      const ServerOptions& options, std::unique_ptr<GenerationSource> source, Logger& logger,
      ServedIndexOptions index_options = {},
      std::optional<indexing::WritableIndex> writable = std::nullopt);
  // What of Start() can be told of `options` alone: INVALID_ARGUMENT or FAILED_PRECONDITION of the
  // addresses, errors of the file of callers, and of the system for the folders of logs.
  static absl::Status CheckOptions(const ServerOptions& options, Logger& logger);
  // As Stop() with no time to drain.
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  // In the order of the options, with the chosen port in place of port 0.
  const std::vector<std::string>& addresses() const { return addresses_; }
  // The first of them.
  const std::string& address() const { return addresses_.front(); }
  // Where metrics are served, if they are.
  const HttpServer* metrics() const { return metrics_.get(); }
  // How many searches run at a time.
  size_t threads() const { return threads_; }
  ServedIndex& index() { return index_; }
  const AnswersInFlight& answers() const { return answers_; }
  // For tests: connects a channel without a port.
  grpc::Server& grpc_server() { return *grpc_server_; }

  // Takes over what of `options` can be changed while the server runs (docs/operations.md). Safe
  // from any thread.
  void Reload(const ServerOptions& options);

  // In this order: sets health to NOT_SERVING; asks a running operation to stop; refuses new calls,
  // and ends streams, those that import once their articles are on disk; lets calls in flight run
  // until `deadline`, then cancels them; ends all threads. False when calls were cancelled. Do not
  // call it from a thread that answers calls. May be called again.
  bool Stop(absl::Time deadline);

  // Reads again what the server was given as files, of certificates; what is bad is logged, and the
  // old kept. Opens the files of logs anew. Safe from any thread, and returns at once.
  void ReloadFiles();

 private:
  Server(const ServerOptions& options, std::unique_ptr<GenerationSource> source, Logger& logger,
         ServedIndexOptions index_options, std::optional<indexing::WritableIndex> writable,
         std::unique_ptr<Gatekeeper> gatekeeper);
  absl::Status Open(bool wait_for_index);
  absl::Status OpenLogFiles(const ServerOptions& options);
  absl::Status Listen(std::vector<ListenSocket> sockets, const ServerOptions& options);
  void TakeCalls();
  // Serves /metrics and /healthz.
  absl::Status ServeMetrics(ListenSocket socket);
  absl::Status Accept(std::vector<Door> doors, ConnectionLimits limits);
  void UpdateHealth();

  Logger& logger_;
  const std::unique_ptr<Gatekeeper> gatekeeper_;
  const size_t threads_;
  // Null without TLS. gRPC asks it at every connection, so it outlives grpc_server_.
  std::unique_ptr<ServerCertificate> certificate_;
  ServedIndex index_;
  SearcherPool pool_;
  // Absent when this server does not take writes.
  std::optional<WriteSide> write_side_;
  OpenStreams streams_;
  AnswersInFlight answers_;
  CallFigures calls_;
  std::array<Histogram, query::kSearchStages.size()> stages_;
  // Null when nobody wants them.
  std::unique_ptr<LineFile> access_log_;
  std::unique_ptr<LineFile> query_log_;
  DiskWatch disk_;
  CurrentCallSettings settings_;
  Serving serving_;
  SearchService service_;
  ArticleService article_service_;
  AdminService admin_service_;
  HealthService health_service_;
  // Has the events of grpc_server_'s calls. Absent until the server listens.
  std::optional<CallThreads> call_threads_;
  std::unique_ptr<grpc::Server> grpc_server_;
  std::vector<std::string> addresses_;
  // Hands connections to grpc_server_, so it is destroyed first.
  std::unique_ptr<Acceptor> acceptor_;
  // Reads the figures of all of them. Null when nobody is to have them.
  std::unique_ptr<HttpServer> metrics_;
};

}  // namespace broadsheet::server
