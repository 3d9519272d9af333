// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/base/grpc_log.h"

#include <string_view>
#include <utility>

#include "absl/strings/str_format.h"

namespace broadsheet::server {
namespace {

// Whom gRPC's handler, a plain function, tells.
std::atomic<GrpcLog*> grpc_listener = nullptr;

std::atomic<uint64_t> handshakes_failed = 0;

// As ssl_transport_security.cc of gRPC 1.51 begins it.
constexpr std::string_view kHandshakeFailed = "Handshake failed";

// "error:0A000418:SSL routines::tlsv1 alert unknown ca." without what only OpenSSL needs.
std::string ReasonIn(std::string_view message) {
  const size_t last = message.rfind("::");
  std::string_view reason = last == std::string_view::npos ? message : message.substr(last + 2);
  while (reason.ends_with('.') || reason.ends_with('\n')) reason.remove_suffix(1);
  return std::string(reason);
}

}  // namespace

GrpcLog::GrpcLog(Logger& logger, bool tells_all, absl::Duration interval)
    : logger_(logger), tells_all_(tells_all), interval_(interval), told_(handshakes_failed) {
  grpc_listener = this;
  gpr_set_log_function(&Handle);
  // Otherwise by GRPC_VERBOSITY.
  if (!tells_all) gpr_set_log_verbosity(GPR_LOG_SEVERITY_ERROR);
}

GrpcLog::~GrpcLog() {
  gpr_set_log_function(nullptr);
  grpc_listener = nullptr;
}

uint64_t GrpcLog::failed_handshakes() { return handshakes_failed.load(std::memory_order_relaxed); }

void GrpcLog::Handle(gpr_log_func_args* said) {
  GrpcLog* log = grpc_listener;
  if (log != nullptr) log->Note(*said);
}

void GrpcLog::Note(const gpr_log_func_args& said) {
  const std::string_view message = said.message;
  if (message.starts_with(kHandshakeFailed)) {
    handshakes_failed.fetch_add(1, std::memory_order_relaxed);
    NoteHandshake(ReasonIn(message));
  } else if (tells_all_) {
    logger_.Warning(absl::StrFormat("gRPC: %s (%s:%d)", said.message, said.file, said.line));
  }
}

void GrpcLog::NoteHandshake(const std::string& why) {
  uint64_t since = 0;
  {
    base::MutexLock lock(mutex_);
    const base::SteadyTime now = base::SteadyNow();
    if (now < next_) return;
    next_ = now + absl::ToChronoNanoseconds(interval_);
    const uint64_t all = failed_handshakes();
    since = all - std::exchange(told_, all);
  }
  logger_.Warning(absl::StrFormat(
      "TLS handshakes that failed since this was last said: %d, the last with \"%s\"", since, why));
}

}  // namespace broadsheet::server
