// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/server.h"

#include <grpcpp/grpcpp.h>

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <filesystem>
#include <map>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "engine/base/file_error.h"
#include "engine/base/shell_word.h"
#include "server/admission/descriptor_limit.h"
#include "server/admission/transport.h"
#include "server/base/refusal.h"
#include "server/base/remedy.h"
#include "server/generations/synonym_file.h"
#include "server/listen_options.h"
#include "server/monitoring/metrics_page.h"

namespace broadsheet::server {
namespace {

// Time for answers already given to leave the process, and for streams that never end by
// themselves (health watches) to be cut.
constexpr absl::Duration kFlush = absl::Milliseconds(500);

// Between the last answer from the index and the end of listening.
constexpr absl::Duration kShutdownGrace = absl::Milliseconds(300);

// While as many searches run as may, one thread receives calls, which then wait, and another
// answers what does not wait for a search.
constexpr size_t kThreadsBesideSearches = 2;

absl::StatusOr<std::unique_ptr<Gatekeeper>> OpenGatekeeper(
    const ServerOptions& options, const std::vector<ListenAddress>& addresses, Logger& logger) {
  const bool has_socket = std::any_of(addresses.begin(), addresses.end(),
                                      [](const ListenAddress& each) { return each.IsUnix(); });
  if (options.trust_front && (options.tokens.empty() || !has_socket)) {
    return absl::FailedPreconditionError(
        "--trust-front is for a front before a Unix socket, and the file of callers says who is "
        "who: give --listen unix:PATH and --tokens FILE");
  }
  auto gatekeeper =
      Gatekeeper::Open({.callers = options.tokens, .trusts_front = options.trust_front}, logger);
  if (!absl::IsNotFound(gatekeeper.status())) return gatekeeper;
  return absl::NotFoundError(absl::StrFormat(
      "%s; `broadsheet-indexer token new%s NAME --roles search` makes it",
      std::string(gatekeeper.status().message()), base::ShellOption("--tokens", options.tokens)));
}

CallSettings CallSettingsOf(const ServerOptions& options) {
  return {.max_deadline = options.max_deadline,
          .stream_idle = options.stream_idle,
          .slow_call = options.slow_call,
          .log_queries = options.log_queries};
}

// Null when there is to be no TLS.
absl::StatusOr<std::unique_ptr<ServerCertificate>> LoadCertificate(const ServerOptions& options,
                                                                   Logger& logger) {
  if (options.tls.certificate.empty()) return nullptr;
  return ServerCertificate::Load(options.tls, logger);
}

// Where programs beside the index reach the server: a Unix socket, which needs no certificate, if
// there is one.
std::string AddressForThisMachine(const std::vector<Door>& doors) {
  const auto found = std::find_if(doors.begin(), doors.end(),
                                  [](const Door& door) { return door.socket.is_unix(); });
  return (found == doors.end() ? doors.front() : *found).socket.address();
}

size_t ThreadCount(const ServerOptions& options) {
  return options.threads > 0 ? options.threads : std::max(1U, std::thread::hardware_concurrency());
}

}  // namespace

absl::Status Server::CheckOptions(const ServerOptions& options, Logger& logger) {
  const auto addresses = ParseAddresses(options);
  if (!addresses.ok()) return addresses.status();
  if (absl::Status status = CheckMetricsAddress(options); !status.ok()) return status;
  const auto gatekeeper = OpenGatekeeper(options, *addresses, logger);
  if (!gatekeeper.ok()) return gatekeeper.status();
  const auto certificate = LoadCertificate(options, logger);
  if (!certificate.ok()) return certificate.status();
  if (absl::Status read = SynonymFile(options.synonyms, logger).Load(); !read.ok()) return read;
  for (const std::string& file : {options.access_log, options.query_log}) {
    if (file.empty()) continue;
    const std::filesystem::path folder = std::filesystem::absolute(file).parent_path();
    if (::access(folder.c_str(), W_OK | X_OK) != 0) {
      return base::FileError(errno, "cannot make logs in", folder);
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<std::unique_ptr<Server>> Server::Start(
    const ServerOptions& options, std::unique_ptr<GenerationSource> source, Logger& logger,
    ServedIndexOptions index_options, std::optional<indexing::WritableIndex> writable) {
  // Before the index is opened: a mistake in an option is the quickest to tell.
  const auto addresses = ParseAddresses(options);
  if (!addresses.ok()) return addresses.status();
  auto gatekeeper = OpenGatekeeper(options, *addresses, logger);
  if (!gatekeeper.ok()) return gatekeeper.status();
  absl::StatusOr<std::unique_ptr<ServerCertificate>> certificate = LoadCertificate(options, logger);
  if (!certificate.ok()) return certificate.status();
  absl::StatusOr<std::vector<ListenSocket>> sockets = BindAll(*addresses);
  if (!sockets.ok()) return sockets.status();
  absl::StatusOr<std::optional<ListenSocket>> metrics = BindMetrics(options);
  if (!metrics.ok()) return metrics.status();

  std::unique_ptr<Server> server(new Server(options, std::move(source), logger,
                                            std::move(index_options), std::move(writable),
                                            *std::move(gatekeeper)));
  if (absl::Status status = server->OpenLogFiles(options); !status.ok()) return status;
  if (absl::Status status = server->Open(options.wait_for_index); !status.ok()) return status;
  server->certificate_ = *std::move(certificate);
  absl::Status listening = server->Listen(*std::move(sockets), options);
  if (!listening.ok()) return listening;
  server->disk_.Start();
  if (metrics->has_value()) listening = server->ServeMetrics(**std::move(metrics));
  if (!listening.ok()) return listening;
  WarnOfExposure(*addresses, logger);
  server->UpdateHealth();
  server->gatekeeper_->Watch();
  server->index_.Watch([raw = server.get()] {
    raw->pool_.DropRetired();
    raw->UpdateHealth();
  });
  return server;
}

Server::Server(const ServerOptions& options, std::unique_ptr<GenerationSource> source,
               Logger& logger, ServedIndexOptions index_options,
               std::optional<indexing::WritableIndex> writable,
               std::unique_ptr<Gatekeeper> gatekeeper)
    : logger_(logger),
      gatekeeper_(std::move(gatekeeper)),
      threads_(ThreadCount(options)),
      index_(std::move(source), std::move(index_options), logger),
      pool_(index_,
            {.searches = threads_, .max_queued = options.queue, .pause = CallThreads::kPause}),
      streams_(options.max_streams),
      answers_({.bytes = options.answer_memory_bytes}),
      calls_({v1::SearchService::service_full_name(), v1::ArticleService::service_full_name(),
              v1::AdminService::service_full_name(), "grpc.health.v1.Health"}),
      disk_(options.index),
      settings_(CallSettingsOf(options)),
      serving_{.index = index_,
               .pool = pool_,
               .streams = streams_,
               .answers = answers_,
               .calls = calls_,
               .disk = disk_,
               .stages = stages_,
               .layout = storage::Layout(options.index),
               .gatekeeper = *gatekeeper_,
               .logger = logger,
               .settings = settings_,
               .max_search_bytes = static_cast<size_t>(options.max_search_bytes),
               .max_similar_bytes = static_cast<size_t>(options.max_similar_bytes),
               .files = {.format = options.log_format},
               .start = absl::Now()},
      service_(serving_),
      article_service_(serving_),
      admin_service_(serving_),
      health_service_(serving_) {
  if (!writable.has_value()) return;
  write_side_.emplace(*std::move(writable), WriteQueueOptions{.index = options.index},
                      options.generations, index_, logger);
  serving_.write_side = &*write_side_;
}

Server::~Server() { Stop(absl::InfinitePast()); }

absl::Status Server::Open(bool wait_for_index) {
  absl::Status opened = index_.Refresh();
  if (opened.ok() || !wait_for_index) return opened;
  logger_.Warning(
      absl::StrFormat("no index to serve yet, waiting for one: %s", WithRemedy(opened)));
  return absl::OkStatus();
}

absl::Status Server::OpenLogFiles(const ServerOptions& options) {
  if (!options.access_log.empty()) {
    auto file = LineFile::Open(options.access_log, logger_);
    if (!file.ok()) return file.status();
    access_log_ = *std::move(file);
    serving_.files.access = access_log_.get();
  }
  if (!options.query_log.empty()) {
    auto file = LineFile::Open(options.query_log, logger_);
    if (!file.ok()) return file.status();
    query_log_ = *std::move(file);
    serving_.files.queries = query_log_.get();
  }
  return absl::OkStatus();
}

void Server::Reload(const ServerOptions& options) { settings_.Replace(CallSettingsOf(options)); }

absl::Status Server::Listen(std::vector<ListenSocket> sockets, const ServerOptions& options) {
  grpc::ServerBuilder builder;
  std::vector<Door> doors;
  bool loopback = true;
  for (ListenSocket& socket : sockets) {
    loopback = loopback && socket.is_loopback();
    addresses_.push_back(socket.address());
    const bool tls = certificate_ != nullptr && !socket.is_unix();
    doors.push_back(
        MakeDoor(builder, std::move(socket),
                 tls ? certificate_->Credentials() : grpc::InsecureServerCredentials()));
  }
  builder.RegisterService(&service_);
  builder.RegisterService(&article_service_);
  builder.RegisterService(&admin_service_);
  builder.RegisterService(&health_service_);
  builder.SetMaxReceiveMessageSize(write_side_.has_value() ? options.max_write_bytes
                                                           : options.max_similar_bytes);
  SetTransport(builder, options.reflection.value_or(loopback && options.tokens.empty()));
  call_threads_.emplace(builder.AddCompletionQueue());
  grpc_server_ = builder.BuildAndStart();
  if (grpc_server_ == nullptr) {
    return absl::InternalError(absl::StrFormat("gRPC could not start for %s", address()));
  }
  TakeCalls();
  return Accept(std::move(doors), {.all = options.max_connections,
                                   .of_one_address = options.max_connections_per_address});
}

void Server::TakeCalls() {
  serving_.threads = &*call_threads_;
  service_.TakeCalls();
  article_service_.TakeCalls();
  admin_service_.TakeCalls();
  health_service_.TakeCalls();
  call_threads_->Start(
      threads_ + kThreadsBesideSearches,
      {.go_on = [this] { pool_.RunQueued(); }, .has_plenty = [this] { return pool_.HasPlenty(); }});
}

absl::Status Server::Accept(std::vector<Door> doors, ConnectionLimits limits) {
  const absl::StatusOr<size_t> fitting = ConnectionsThatFit(limits.all);
  if (!fitting.ok()) return fitting.status();
  if (*fitting < limits.all) {
    logger_.Warning(absl::StrFormat(
        "takes %d connections at a time, not %d: the limit of open files (`ulimit -n`, systemd's "
        "LimitNOFILE=) leaves no more",
        *fitting, limits.all));
  }
  limits.all = *fitting;
  const std::string announced = AddressForThisMachine(doors);
  auto acceptor = Acceptor::Start(std::move(doors), limits, logger_);
  if (!acceptor.ok()) return acceptor.status();
  acceptor_ = *std::move(acceptor);
  return write_side_.has_value() ? write_side_->Announce(announced) : absl::OkStatus();
}

void Server::ReloadFiles() {
  if (certificate_ != nullptr) certificate_->Reload();
  for (LineFile* file : {access_log_.get(), query_log_.get()}) {
    if (file != nullptr) file->Reopen();
  }
}

absl::Status Server::ServeMetrics(ListenSocket socket) {
  std::map<std::string, HttpServer::Page> pages;
  pages["/metrics"] = [this] {
    return HttpAnswer{.content_type = "text/plain; version=0.0.4; charset=utf-8",
                      .body = WriteMetrics(serving_, *acceptor_, certificate_.get())};
  };
  pages["/healthz"] = [this] {
    return health_service_.IsServing() ? HttpAnswer{.body = "SERVING\n"}
                                       : HttpAnswer{.status = 503, .body = "NOT_SERVING\n"};
  };
  auto started = HttpServer::Start(std::move(socket), std::move(pages));
  if (!started.ok()) return started.status();
  metrics_ = *std::move(started);
  return absl::OkStatus();
}

void Server::UpdateHealth() {
  const bool serving = index_.IsWhole();
  const bool writable = write_side_.has_value();
  health_service_.Set("", serving);
  health_service_.Set(v1::SearchService::service_full_name(), serving);
  health_service_.Set(v1::ArticleService::service_full_name(), writable && serving);
  health_service_.Set(v1::AdminService::service_full_name(), writable);
}

bool Server::Stop(absl::Time deadline) {
  bool drained = true;
  if (grpc_server_ != nullptr) {
    // No state change has any effect on health after this one.
    health_service_.SetAllDown();
    if (write_side_.has_value()) write_side_->operations().CancelAll();
    streams_.EndAll(ShuttingDown());
    drained = !write_side_.has_value() || write_side_->queue().Drain(deadline);
    drained = pool_.Drain(deadline) && drained;
    // The pool now answers UNAVAILABLE. Callers need a moment to hear that and go elsewhere: what
    // still arrives when gRPC shuts down ends as CANCELLED, which a caller does not try again.
    absl::SleepFor(std::clamp(deadline - absl::Now(), absl::ZeroDuration(), kShutdownGrace));
    // gRPC closes no connection that it is handed later.
    if (acceptor_ != nullptr) acceptor_->Stop();
    grpc_server_->Shutdown(std::chrono::system_clock::now() +
                           absl::ToChronoNanoseconds(drained ? kFlush : absl::ZeroDuration()));
  }
  if (metrics_ != nullptr) metrics_->Stop();
  disk_.Stop();
  gatekeeper_->StopWatching();
  index_.StopWatching();
  pool_.Stop();
  if (write_side_.has_value()) write_side_->Stop();
  // By now every call was ended, so that gRPC's last events are all that the threads wait for.
  if (call_threads_.has_value()) call_threads_->Stop();
  grpc_server_.reset();
  return drained;
}

}  // namespace broadsheet::server
