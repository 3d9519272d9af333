// SPDX-License-Identifier: GPL-3.0-or-later
// The account of one call from when it came to its end: the one place where calls are counted and
// logged, whatever their kind.
#pragma once

#include <string>

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
  // Both outlive this.
  CallRecord(MethodFigures& figures, Serving& serving) : figures_(figures), serving_(serving) {}

  MethodFigures& figures() const { return figures_; }
  // When the call came.
  absl::Time start() const { return start_; }

  void Begin();
  void CountReceived() { figures_.received_messages.fetch_add(1, std::memory_order_relaxed); }
  void CountSent() { figures_.sent_messages.fetch_add(1, std::memory_order_relaxed); }
  // For the thread that searches.
  base::StageTimes& stages() { return stages_; }
  // For the log; "" = nobody in particular.
  void NoteCaller(const std::string& name) { caller_ = name; }
  // For the log, used under --log-queries only.
  void NoteQuery(const std::string& query) {
    if (serving_.log_queries) query_ = query;
  }
  // The caller is told `told`. Logs a fault of the server; and a unary call that was slow, whereas
  // streams take as long as their callers do.
  void End(const MappedStatus& told);

 private:
  void CountStages();

  MethodFigures& figures_;
  Serving& serving_;
  absl::Time start_;
  base::StageTimes stages_;
  std::string caller_;
  std::string query_;
};

}  // namespace broadsheet::server
