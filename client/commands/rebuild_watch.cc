// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/commands/rebuild_watch.h"

#include <grpcpp/grpcpp.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <ostream>
#include <string>
#include <thread>

#include "client/session/admin_call.h"
#include "client/view/error_report.h"
#include "client/view/generation_text.h"
#include "client/view/json_output.h"
#include "engine/base/shell_word.h"

namespace broadsheet::client {
namespace {

constexpr std::chrono::milliseconds kBetweenLooks{200};

volatile std::sig_atomic_t interrupted = 0;

// While it lives, SIGINT is noted rather than fatal.
class InterruptGuard {
 public:
  InterruptGuard() {
    interrupted = 0;
    previous_ = std::signal(SIGINT, [](int) { interrupted = 1; });
  }
  ~InterruptGuard() { std::signal(SIGINT, previous_); }
  InterruptGuard(const InterruptGuard&) = delete;
  InterruptGuard& operator=(const InterruptGuard&) = delete;

 private:
  void (*previous_)(int);
};

// A line of standard error that is written over; nothing unless that is a terminal.
class WatchedLine {
 public:
  explicit WatchedLine(std::ostream& err) : err_(err), enabled_(::isatty(STDERR_FILENO) == 1) {}
  ~WatchedLine() { Show(""); }
  WatchedLine(const WatchedLine&) = delete;
  WatchedLine& operator=(const WatchedLine&) = delete;

  void Show(const std::string& text) {
    // Return, clear to the end of the line.
    if (enabled_) err_ << "\r\x1b[K" << text << std::flush;
  }

 private:
  std::ostream& err_;
  const bool enabled_;
};

using Stub = v1::AdminService::Stub;

grpc::Status Start(const RebuildWatchOptions& options, v1::Operation& operation,
                   Connection& connection) {
  v1::RebuildRequest request;
  request.set_build_only(options.build_only);
  request.set_language(options.language);
  v1::RebuildResponse response;
  const grpc::Status status = CallAdmin(&Stub::Rebuild, request, response, connection);
  operation = response.operation();
  return status;
}

grpc::Status Look(v1::Operation& operation, Connection& connection) {
  v1::GetOperationRequest request;
  request.set_id(operation.id());
  v1::GetOperationResponse response;
  const grpc::Status status = CallAdmin(&Stub::GetOperation, request, response, connection);
  if (status.ok()) operation = response.operation();
  return status;
}

grpc::Status Cancel(const v1::Operation& operation, Connection& connection) {
  v1::CancelOperationRequest request;
  request.set_id(operation.id());
  v1::CancelOperationResponse response;
  return CallAdmin(&Stub::CancelOperation, request, response, connection);
}

// Until it has ended.
grpc::Status WatchToTheEnd(v1::Operation& operation, CommandContext& context) {
  WatchedLine line(context.streams.err);
  bool cancelling = false;
  while (!operation.has_end_time()) {
    if (interrupted != 0 && !cancelling) {
      if (const grpc::Status asked = Cancel(operation, context.connection); !asked.ok())
        return asked;
      cancelling = true;
    }
    line.Show(cancelling ? "cancelling" : ProgressText(operation.progress()));
    std::this_thread::sleep_for(kBetweenLooks);
    if (const grpc::Status looked = Look(operation, context.connection); !looked.ok())
      return looked;
  }
  return grpc::Status::OK;
}

int ExitStatusOf(const v1::Operation& operation) {
  switch (operation.state()) {
    case v1::Operation::STATE_FAILED:
      return kExitError;
    case v1::Operation::STATE_CANCELLED:
      return kExitNothingFound;
    default:
      return kExitFound;
  }
}

}  // namespace

int RunRebuild(const RebuildWatchOptions& options, CommandContext& context) {
  const InterruptGuard guard;
  v1::Operation operation;
  const grpc::Status started = Start(options, operation, context.connection);
  if (!started.ok()) {
    ReportError(started, nullptr, context.terminal, context.streams.err);
    return kExitError;
  }
  if (!options.detach) {
    const grpc::Status watched = WatchToTheEnd(operation, context);
    if (!watched.ok()) {
      ReportError(watched, nullptr, context.terminal, context.streams.err);
      context.streams.err << "  the rebuild may still be running: "
                          << context.Command("admin operation")
                          << base::ShellArgument(operation.id()) << '\n';
      return kExitError;
    }
  }
  if (options.json) {
    WriteJson(operation, JsonLayout::kIndented, context.streams.out);
  } else {
    context.streams.out << OperationText(operation, context.Command("admin publish"));
  }
  return ExitStatusOf(operation);
}

}  // namespace broadsheet::client
