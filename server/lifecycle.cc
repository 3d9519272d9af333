// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/lifecycle.h"

#include <grpc/grpc.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <future>
#include <iostream>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/time/clock.h"
#include "engine/base/mutex.h"
#include "engine/indexing/live/writable_index.h"
#include "engine/indexing/publish/empty_index.h"
#include "engine/storage/index/layout.h"
#include "engine/storage/index/takedowns.h"
#include "server/admission/descriptor_limit.h"
#include "server/base/grpc_log.h"
#include "server/base/protobuf_log.h"
#include "server/base/remedy.h"
#include "server/base/spare_memory.h"
#include "server/base/version.h"
#include "server/generations/index_folder.h"
#include "server/generations/synonym_file.h"
#include "server/liveness_probe.h"
#include "server/server.h"
#include "server/service_manager.h"
#include "server/signal_listener.h"

namespace broadsheet::server {
namespace {

constexpr int kCouldNotStart = 2;

// A server that is busy answers for its health in milliseconds.
constexpr absl::Duration kAnswerWithin = absl::Seconds(5);

absl::StatusOr<std::unique_ptr<Server>> StartServer(
    const ServerOptions& options, std::shared_ptr<const query::SharedSynonyms> synonyms,
    Logger& logger) {
  const storage::Layout layout(options.index);
  std::optional<indexing::WritableIndex> writable;
  if (options.writable) {
    const absl::StatusOr<bool> made = indexing::MakeEmptyIndex(layout, "broadsheetd --writable");
    if (!made.ok()) return made.status();
    if (*made) logger.Info(absl::StrFormat("made an index without articles in %s", options.index));
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
  return Server::Start(
      options,
      std::make_unique<IndexFolder>(layout, options.limits, options.ranking,
                                    options.answer_cache_bytes, std::move(synonyms)),
      logger, {.check_bytes_per_second = options.check_rate << 20}, std::move(writable));
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

// What a reload changes; all else takes a restart. docs/operations.md has the list, too.
constexpr std::array<std::string_view, 5> kReloaded = {"--deadline", "--drain", "--log-queries",
                                                       "--slow-call", "--stream-idle"};

// The options whose values differ.
std::vector<std::string> ChangedOptions(const CommandLine& before, const CommandLine& after) {
  std::set<std::string> changed;
  for (const auto* one : {&before, &after}) {
    for (const auto& [name, value] : one->given) {
      const auto was = before.given.find(name);
      const auto is = after.given.find(name);
      const bool same =
          was != before.given.end() && is != after.given.end() && was->second == is->second;
      if (!same) changed.insert(name);
    }
  }
  return {changed.begin(), changed.end()};
}

std::string ReloadText(const CommandLine& before, const CommandLine& after) {
  std::vector<std::string> taken;
  std::vector<std::string> left;
  for (const std::string& name : ChangedOptions(before, after)) {
    const bool now = std::find(kReloaded.begin(), kReloaded.end(), name) != kReloaded.end();
    (now ? taken : left).push_back(name);
  }
  std::string text = "reloaded: ";
  text += taken.empty() ? "no setting changed" : absl::StrJoin(taken, ", ") + " changed";
  text += "; logs were opened anew";
  if (left.empty()) return text;
  return text + "; restart the server for " + absl::StrJoin(left, ", ");
}

// A Unix socket, if there is one, since it takes no certificate.
std::string AddressToProbe(const Server& server) {
  const std::vector<std::string>& addresses = server.addresses();
  const auto found = std::find_if(addresses.begin(), addresses.end(),
                                  [](const auto& address) { return address.starts_with("unix:"); });
  return found == addresses.end() ? addresses.front() : *found;
}

// The server and its settings, for the signals that reach it.
class RunningServer {
 public:
  RunningServer(CommandLine line, ReadAgain read_again, Logger& logger)
      : line_(std::move(line)),
        read_again_(std::move(read_again)),
        logger_(logger),
        manager_(logger) {}

  // Serves until a signal comes through `stop`; the exit status.
  int Run(std::future<int> stop);
  // Reads the settings again. In the thread of the signals.
  void Reload() ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  const ServerOptions& options() const { return *line_.options; }
  static std::string StatusText(Server& server);

  // What the server was started with, and then what it was reloaded with.
  CommandLine line_;
  const ReadAgain read_again_;
  Logger& logger_;
  ServiceManager manager_;
  base::Mutex mutex_;
  // Null before it has started and once it stops.
  Server* server_ ABSL_GUARDED_BY(mutex_) = nullptr;
  absl::Duration drain_ ABSL_GUARDED_BY(mutex_);
};

std::string RunningServer::StatusText(Server& server) {
  const auto generation = server.index().Current();
  const std::string serves =
      generation == nullptr ? "no index yet"
                            : absl::StrFormat("generation %d", generation->manifest.ref.number);
  return absl::StrFormat("serving %s on %s", serves, absl::StrJoin(server.addresses(), ", "));
}

void RunningServer::Reload() {
  base::MutexLock lock(mutex_);
  if (server_ == nullptr) return;
  manager_.Reloading();
  server_->ReloadFiles();
  CommandLine next = read_again_();
  if (next.options.has_value()) {
    server_->Reload(*next.options);
    drain_ = next.options->drain;
    logger_.Info(ReloadText(line_, next));
    line_.given = std::move(next.given);
  } else {
    logger_.Error("not reloaded, the settings cannot be read (the lines before say why)");
  }
  manager_.Ready(StatusText(*server_));
}

int RunningServer::Run(std::future<int> stop) {
  const SpareMemory spare_memory;
  SynonymFile synonyms(options().synonyms, logger_);
  if (const absl::Status read = synonyms.Follow(); !read.ok()) {
    std::cerr << "broadsheetd: " << read.message() << '\n';
    return kCouldNotStart;
  }
  auto server = StartServer(options(), synonyms.shared(), logger_);
  if (!server.ok()) {
    std::cerr << "broadsheetd: " << WithRemedy(server.status()) << '\n';
    return kCouldNotStart;
  }
  {
    // Before the line that scripts wait for: they may send SIGHUP at once.
    base::MutexLock lock(mutex_);
    server_ = server->get();
    drain_ = options().drain;
  }
  for (const std::string& address : (*server)->addresses()) {
    std::cout << "broadsheetd listening on " << address << std::endl;
  }
  LogStart(options(), **server, logger_);
  manager_.Ready(StatusText(**server));
  manager_.WatchOver([probe = std::make_shared<LivenessProbe>(AddressToProbe(**server),
                                                              (*server)->grpc_server())] {
    return probe->Answers(kAnswerWithin);
  });

  const int signal = stop.get();
  absl::Duration drain;
  {
    base::MutexLock lock(mutex_);
    server_ = nullptr;
    drain = drain_;
  }
  manager_.Stopping();
  logger_.Info(absl::StrFormat("stopping on signal %d, waiting up to %s for running calls", signal,
                               absl::FormatDuration(drain)));
  const bool drained = (*server)->Stop(absl::Now() + drain);
  logger_.Info(drained ? "stopped" : "stopped; calls that ran longer were cancelled");
  return 0;
}

}  // namespace

int CheckConfiguration(const CommandLine& line, Logger& logger) {
  const absl::Status checked = Server::CheckOptions(*line.options, logger);
  if (!checked.ok()) {
    std::cerr << "broadsheetd: " << WithRemedy(checked) << '\n';
    return kCouldNotStart;
  }
  const std::string& file = line.config_file;
  std::cout << (file.empty() ? "the options are" : file + " is") << " good\n";
  return 0;
}

int RunUntilSignal(const CommandLine& line, const ReadAgain& read_again, Logger& logger) {
  // gRPC has its own account of a refused port beside ours; whoever wants it sets the variable.
  const GrpcLog grpc_log(logger, std::getenv("GRPC_VERBOSITY") != nullptr);
  const ProtobufLog protobuf_log(logger);
  RaiseDescriptorLimit();
  RunningServer running(line, read_again, logger);
  std::promise<int> stop;
  SignalListener signals([&stop](int signal) { stop.set_value(signal); },
                         [&running] { running.Reload(); });
  // Never undone: where a caller left an answer unread, gRPC would wait up to ten seconds at its
  // own end, and the process ends anyway.
  grpc_init();
  return running.Run(stop.get_future());
}

}  // namespace broadsheet::server
