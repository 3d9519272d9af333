// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/lifecycle.h"

#include <grpc/grpc.h>

#include <cstdio>
#include <cstdlib>
#include <future>
#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/time/clock.h"
#include "engine/base/mutex.h"
#include "engine/indexing/live/writable_index.h"
#include "engine/storage/index/layout.h"
#include "engine/storage/index/takedowns.h"
#include "server/admission/descriptor_limit.h"
#include "server/base/remedy.h"
#include "server/base/version.h"
#include "server/generations/index_folder.h"
#include "server/server.h"
#include "server/signal_listener.h"

namespace broadsheet::server {
namespace {

constexpr int kCouldNotStart = 2;

absl::StatusOr<std::unique_ptr<Server>> StartServer(const ServerOptions& options, Logger& logger) {
  const storage::Layout layout(options.index);
  std::optional<indexing::WritableIndex> writable;
  if (options.writable) {
    auto opened = indexing::WritableIndex::Open(layout, "broadsheetd --writable");
    if (!opened.ok()) return opened.status();
    writable = *std::move(opened);
    if (writable->takedowns_recorded) {
      logger.Info(absl::StrFormat(
          "index %s is from an earlier version: its takedowns are on record from now on "
          "(takedowns.record), and versions before this one do not open it any more",
          options.index));
    }
  }
  return Server::Start(options,
                       std::make_unique<IndexFolder>(layout, options.limits, options.ranking,
                                                     options.answer_cache_bytes),
                       logger, {.check_bytes_per_second = options.check_rate << 20},
                       std::move(writable));
}

void LogStart(const ServerOptions& options, Server& server, Logger& logger) {
  const auto generation = server.index().Current();
  std::string serves = "no index yet";
  if (generation != nullptr) {
    const storage::Manifest& manifest = generation->manifest;
    serves = absl::StrFormat("generation %d (build %s), %d articles", manifest.ref.number,
                             manifest.ref.build_id, manifest.articles);
  }
  logger.Info(absl::StrFormat("broadsheetd %s serves %s: %s; on %s, %d threads, %s",
                              std::string(kVersion), options.index, serves,
                              absl::StrJoin(server.addresses(), ", "), server.threads(),
                              options.writable ? "writable" : "read-only"));
  if (server.metrics() != nullptr) {
    logger.Info(absl::StrFormat("metrics at http://%s/metrics", server.metrics()->address()));
  }
  const auto takedowns = storage::Takedowns::Read(storage::Layout(options.index));
  if (generation == nullptr || !takedowns.ok() || (*takedowns)->recorded()) return;
  logger.Warning(absl::StrFormat(
      "the takedowns of index %s, which is from an earlier version, are not on record yet: that "
      "lines of them are lost would not be noticed; the next command that writes to the index, or "
      "a writable server, puts them on record",
      options.index));
}

// Passes SIGHUP on to the server, from when it has started until it stops. Safe from any thread.
class Hangup {
 public:
  void PassTo(Server* server) ABSL_LOCKS_EXCLUDED(mutex_) {
    base::MutexLock lock(mutex_);
    server_ = server;
  }
  void Hear() ABSL_LOCKS_EXCLUDED(mutex_) {
    base::MutexLock lock(mutex_);
    if (server_ != nullptr) server_->ReloadFiles();
  }

 private:
  base::Mutex mutex_;
  Server* server_ ABSL_GUARDED_BY(mutex_) = nullptr;
};

}  // namespace

int RunUntilSignal(const ServerOptions& options, Logger& logger) {
  // gRPC prints its own account of a refused port beside ours; whoever wants it sets the variable.
  setenv("GRPC_VERBOSITY", "NONE", /*overwrite=*/0);
  RaiseDescriptorLimit();
  std::promise<int> stop;
  Hangup hangup;
  SignalListener signals([&stop](int signal) { stop.set_value(signal); },
                         [&hangup] { hangup.Hear(); });
  // Never undone: where a caller left an answer unread, gRPC would wait up to ten seconds at its
  // own end, and the process ends anyway.
  grpc_init();

  auto server = StartServer(options, logger);
  if (!server.ok()) {
    std::cerr << "broadsheetd: " << WithRemedy(server.status()) << '\n';
    return kCouldNotStart;
  }
  // Before the line that scripts wait for: they may send SIGHUP at once.
  hangup.PassTo(server->get());
  for (const std::string& address : (*server)->addresses()) {
    std::cout << "broadsheetd listening on " << address << std::endl;
  }
  LogStart(options, **server, logger);

  const int signal = stop.get_future().get();
  hangup.PassTo(nullptr);
  logger.Info(absl::StrFormat("stopping on signal %d, waiting up to %s for running calls", signal,
                              absl::FormatDuration(options.drain)));
  const bool drained = (*server)->Stop(absl::Now() + options.drain);
  logger.Info(drained ? "stopped" : "stopped; calls that ran longer were cancelled");
  return 0;
}

}  // namespace broadsheet::server
