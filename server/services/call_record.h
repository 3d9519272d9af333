// SPDX-License-Identifier: GPL-3.0-or-later
// The account of one call from when it came to its end: the one place where calls are counted and
// logged, whatever their kind.
#pragma once

#include <grpcpp/server_context.h>

#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "engine/base/stage_times.h"
#include "server/base/status_mapping.h"
#include "server/figures/call_figures.h"
#include "server/services/serving.h"

namespace broadsheet::server {

// Begin() comes before End(), once each. Any thread may count messages; what is noted comes from
// those of the call's work.
class CallRecord {
 public:
  // All outlive this.
  CallRecord(MethodFigures& figures, const grpc::ServerContext& context, Serving& serving)
      : figures_(figures), context_(context), serving_(serving) {}

  MethodFigures& figures() const { return figures_; }
  // When the call came.
  absl::Time start() const { return start_; }
  base::StageTimes& stages() { return stages_; }

  void Begin();
  void CountReceived() { figures_.received_messages.fetch_add(1, std::memory_order_relaxed); }
  void CountSent() { figures_.sent_messages.fetch_add(1, std::memory_order_relaxed); }
  // For the log; "" = nobody in particular.
  void NoteCaller(const std::string& name) { caller_ = name; }
  // For the line of a slow call: its shape, and its words under --log-queries only.
  void NoteQuery(const std::string& query) { query_ = query; }

  // The id under which the call is logged: the caller's `x-request-id`, if that is a short word, or
  // one that is made up. Call it after Begin().
  const std::string& RequestId();
  // What the caller is told of `status`, with this id.
  MappedStatus Map(const absl::Status& status);

  // The caller is told `told`. Counts the call, and logs a fault of the server; a unary call that
  // was slow, whereas streams take as long as their callers do; and, in the access log, any call.
  void End(const MappedStatus& told);

 private:
  void CountStages();
  void LogSlow(grpc::StatusCode code, absl::Duration took);
  void LogAccess(const MappedStatus& told, absl::Duration took);
  // "" when the caller sent none.
  std::string Metadata(const char* name) const;

  MethodFigures& figures_;
  const grpc::ServerContext& context_;
  Serving& serving_;
  absl::Time start_;
  std::string request_id_;
  base::StageTimes stages_;
  std::string caller_;
  std::string query_;
};

}  // namespace broadsheet::server
