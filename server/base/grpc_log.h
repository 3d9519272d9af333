// SPDX-License-Identifier: GPL-3.0-or-later
// What gRPC has to say. Most of it is noise, which the server leaves out; of handshakes that fail
// nothing else tells.
//
//   const GrpcLog grpc(logger);
#pragma once

#include <grpc/support/log.h>

#include <atomic>
#include <cstdint>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/time/time.h"
#include "engine/base/mutex.h"
#include "engine/base/steady_time.h"
#include "server/base/logger.h"

namespace broadsheet::server {

// One at a time, made before gRPC is used and destroyed after all; gRPC has one log for the
// process.
class GrpcLog {
 public:
  // TLS handshakes that fail are counted, and told once in an `interval` with their number and why
  // the last one did; gRPC does not know of which peer. With `tells_all`, all that
  // GRPC_VERBOSITY asks for is told. `logger` outlives this.
  explicit GrpcLog(Logger& logger, bool tells_all = false,
                   absl::Duration interval = absl::Minutes(1));
  ~GrpcLog();
  GrpcLog(const GrpcLog&) = delete;
  GrpcLog& operator=(const GrpcLog&) = delete;

  // Since the process has started.
  static uint64_t failed_handshakes();

 private:
  static void Handle(gpr_log_func_args* said);
  void Note(const gpr_log_func_args& said) ABSL_LOCKS_EXCLUDED(mutex_);
  void NoteHandshake(const std::string& why) ABSL_LOCKS_EXCLUDED(mutex_);

  Logger& logger_;
  const bool tells_all_;
  const absl::Duration interval_;
  base::Mutex mutex_;
  base::SteadyTime next_ ABSL_GUARDED_BY(mutex_);
  // Of failed_handshakes(), those that the log has.
  uint64_t told_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace broadsheet::server
