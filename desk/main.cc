// SPDX-License-Identifier: GPL-3.0-or-later
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <iostream>
#include <utility>

#include "absl/synchronization/mutex.h"
#include "client/session/channel_protection.h"
#include "desk/calls/backend.h"
#include "desk/http/http_server.h"
#include "desk/options.h"
#include "desk/pages/render.h"
#include "desk/router.h"
#include "engine/base/allocator.h"
#include "engine/base/standard_output.h"
#include "engine/tls/channel_security.h"

namespace broadsheet::desk {
namespace {

constexpr int kCouldNotStart = 2;

int Fail(const absl::Status& status) {
  std::cerr << "broadsheet-desk: " << status.message() << '\n';
  return kCouldNotStart;
}

// Readers' tokens and words go to the server as they come.
absl::Status CheckServer(const DeskOptions& options) {
  if (tls::MaySendSecrets(options.security, options.server, options.insecure)) {
    return absl::OkStatus();
  }
  return absl::FailedPreconditionError(
      "the connection to " + options.server +
      ", another machine, is not encrypted, so all between could read the tokens of readers and "
      "what they search for; encrypt it with --tls, or go on all the same with --insecure");
}

int Run(const DeskOptions& options) {
  // gRPC would print its own account of a server that is not there; readers are told by a page.
  setenv("GRPC_VERBOSITY", "NONE", /*overwrite=*/0);
  std::signal(SIGPIPE, SIG_IGN);
  if (const absl::Status loaded = LoadTemplates(); !loaded.ok()) return Fail(loaded);
  if (const absl::Status safe = CheckServer(options); !safe.ok()) return Fail(safe);
  auto listener = Listener::Open(options.listen, options.insecure);
  if (!listener.ok()) return Fail(listener.status());
  const auto credentials = client::MakeCredentials(options.security);
  if (!credentials.ok()) return Fail(credentials.status());
  Backend backend({.server = options.server,
                   .credentials = *credentials,
                   .server_name = options.security.server_name,
                   .timeout = std::chrono::seconds(options.timeout_seconds)});
  const Router router(backend, {.zone = options.zone, .base_path = options.base_path},
                      RequestGuard(options.hosts));
  HttpServer server(
      *std::move(listener), options.limits,
      [&router](const HttpRequest& request) { return router.IsStream(request); },
      [&router](Exchange& exchange) { router.Answer(exchange); });
  // Scripts wait for this line.
  const std::string& address = server.listener().address();
  std::cout << "broadsheet-desk listening on " << (server.listener().is_unix() ? "" : "http://")
            << address << (server.listener().is_unix() ? "" : options.base_path + "/") << std::endl;
  server.Run();
  return 0;
}

}  // namespace
}  // namespace broadsheet::desk

int main(int argc, char** argv) {
  broadsheet::base::KeepStandardStreams();
  // Each thread would fill an arena of its own, and give memory back after each page.
  constexpr int kKeptBytes = 64 << 20;
  broadsheet::base::KeepFreeMemory(kKeptBytes);
  // Debian builds Abseil, whose mutexes gRPC locks at every call, to look for deadlocks each time.
  absl::SetMutexDeadlockDetectionMode(absl::OnDeadlockCycle::kIgnore);
  const auto line = broadsheet::desk::ParseCommandLine(argc, argv);
  const int status = line.options ? broadsheet::desk::Run(*line.options) : line.exit_status;
  return broadsheet::base::FinishStandardOutput("broadsheet-desk", status, 1);
}
