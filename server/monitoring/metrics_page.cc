// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/monitoring/metrics_page.h"

#include <optional>

#include "absl/time/clock.h"
#include "server/base/grpc_log.h"
#include "server/base/status_mapping.h"
#include "server/base/version.h"
#include "server/monitoring/metric_families.h"
#include "server/monitoring/process_figures.h"

namespace broadsheet::server {
namespace {

double Seconds(absl::Time time) { return absl::ToDoubleSeconds(time - absl::UnixEpoch()); }

// gRPC's dashboards write codes as "DeadlineExceeded".
std::string DashboardName(grpc::StatusCode code) {
  if (code == grpc::StatusCode::OK) return "OK";
  std::string name;
  bool upper = true;
  for (const char c : NameOf(code)) {
    if (c == '_') {
      upper = true;
      continue;
    }
    name += upper || c < 'A' || c > 'Z' ? c : static_cast<char>(c - 'A' + 'a');
    upper = false;
  }
  return name;
}

MetricLabels LabelsOf(const MethodFigures& method) {
  return {{"grpc_type", std::string(method.type)},
          {"grpc_service", method.service},
          {"grpc_method", method.method}};
}

void AddHandled(const CallFigures& calls, MetricFamilies& out) {
  for (const MethodFigures& method : calls.methods()) {
    for (int code = 0; code < kStatusCodes; ++code) {
      const uint64_t count = method.handled.at(static_cast<size_t>(code)).load();
      // Zeros of OK make rates right from the first call on; those of all codes would be a page.
      if (count == 0 && code != 0) continue;
      MetricLabels labels = LabelsOf(method);
      labels.emplace_back("grpc_code", DashboardName(static_cast<grpc::StatusCode>(code)));
      out.AddCounter("grpc_server_handled_total", "Calls that ended, by their status",
                     static_cast<double>(count), labels);
    }
  }
}

void AddCalls(const CallFigures& calls, MetricFamilies& out) {
  for (const MethodFigures& method : calls.methods()) {
    out.AddCounter("grpc_server_started_total", "Calls that came",
                   static_cast<double>(method.started.load()), LabelsOf(method));
  }
  AddHandled(calls, out);
  for (const MethodFigures& method : calls.methods()) {
    out.AddCounter("grpc_server_msg_received_total", "Messages that callers sent",
                   static_cast<double>(method.received_messages.load()), LabelsOf(method));
  }
  for (const MethodFigures& method : calls.methods()) {
    out.AddCounter("grpc_server_msg_sent_total", "Messages that callers were sent",
                   static_cast<double>(method.sent_messages.load()), LabelsOf(method));
  }
  for (const MethodFigures& method : calls.methods()) {
    out.AddHistogram("grpc_server_handling_seconds", "Time from when a call came until it ended",
                     method.handling.Read(), LabelsOf(method));
  }
  for (const auto& [reason, count] : calls.errors()) {
    out.AddCounter("broadsheet_errors_total", "Calls that ended with an error, by its reason",
                   static_cast<double>(count), {{"reason", reason}});
  }
}

void AddQueue(SearcherPool& pool, MetricFamilies& out) {
  const SearcherPool::Figures figures = pool.figures();
  out.AddGauge("broadsheet_search_queue_length", "Calls that wait for a thread",
               static_cast<double>(figures.waiting));
  out.AddGauge("broadsheet_searches_running", "Calls that are answered from the index now",
               static_cast<double>(figures.running));
  out.AddHistogram("broadsheet_search_queue_seconds", "Time that calls waited for a thread",
                   pool.waits().Read());
  out.AddCounter("broadsheet_search_refused_total", "Calls refused since the queue was full",
                 static_cast<double>(figures.refused));
  out.AddCounter("broadsheet_search_late_total",
                 "Calls whose caller or deadline was gone when their turn came",
                 static_cast<double>(figures.late));
}

void AddStages(const Serving& serving, MetricFamilies& out) {
  for (size_t stage = 0; stage < serving.stages.size(); ++stage) {
    out.AddHistogram("broadsheet_query_stage_seconds",
                     "Time of each stage of a search, for searches that had it",
                     serving.stages.at(stage).Read(), {{"stage", query::kSearchStages.at(stage)}});
  }
}

void AddConnections(const Serving& serving, Acceptor& acceptor, MetricFamilies& out) {
  out.AddGauge("broadsheet_connections_open", "Connections that are open",
               static_cast<double>(acceptor.CountOpen()));
  out.AddCounter("broadsheet_connections_refused_total",
                 "Connections closed at once since too many were open",
                 static_cast<double>(acceptor.refused()));
  out.AddCounter("broadsheet_tls_handshakes_failed_total", "TLS handshakes that failed",
                 static_cast<double>(GrpcLog::failed_handshakes()));
  out.AddCounter("broadsheet_answers_cut_off_total",
                 "Calls ended since their callers did not take their answers",
                 static_cast<double>(serving.answers.cut_off()));
  out.AddGauge("broadsheet_streams_open", "Imports, exports and streams of counts that are open",
               static_cast<double>(serving.streams.open()));
}

void AddAnswers(const ServedGeneration& generation, MetricFamilies& out) {
  if (!generation.answer_figures) return;
  const query::AnswerCache::Figures figures = generation.answer_figures();
  out.AddCounter("broadsheet_answer_cache_hits_total", "Searches answered from kept answers",
                 static_cast<double>(figures.found));
  out.AddCounter("broadsheet_answer_cache_misses_total", "Searches with no kept answer",
                 static_cast<double>(figures.missed));
  out.AddGauge("broadsheet_answer_cache_answers", "Answers that are kept",
               static_cast<double>(figures.answers));
  out.AddGauge("broadsheet_answer_cache_bytes", "Memory of the answers that are kept",
               static_cast<double>(figures.bytes));
}

void AddArticles(const ServedGeneration& generation, MetricFamilies& out) {
  if (!generation.count_articles) return;
  const storage::ArticleFigures figures = generation.count_articles(absl::Now());
  out.AddGauge("broadsheet_articles", "Articles that are stored",
               static_cast<double>(figures.articles));
  out.AddGauge("broadsheet_live_articles",
               "Articles written since the generation was built; a rebuild folds them in",
               static_cast<double>(figures.in_live));
  if (!figures.withheld.has_value()) return;
  const std::string name = "broadsheet_withheld_articles";
  const std::string help = "Articles that readers may not see, by why";
  out.AddGauge(name, help, static_cast<double>(figures.withheld->withheld), {{"why", "withheld"}});
  out.AddGauge(name, help, static_cast<double>(figures.withheld->embargoed), {{"why", "embargo"}});
  out.AddGauge(name, help, static_cast<double>(figures.withheld->cancelled),
               {{"why", "cancelled"}});
}

void AddIndex(const Serving& serving, MetricFamilies& out) {
  out.AddGauge("broadsheet_serving", "1 while searches can be answered (health is SERVING)",
               serving.index.IsWhole() ? 1 : 0);
  const auto generation = serving.index.Current();
  if (generation == nullptr) return;
  out.AddGauge("broadsheet_generation", "The number of the served generation",
               static_cast<double>(generation->manifest.ref.number));
  out.AddGauge("broadsheet_generation_built_timestamp_seconds", "When it was built",
               Seconds(generation->manifest.built));
  out.AddGauge("broadsheet_generation_bytes", "The size of its base on disk",
               static_cast<double>(generation->manifest.IndexBytes()));
  const BaseReport check = serving.index.CheckOf(generation.get());
  const std::string name = "broadsheet_base_check";
  const std::string help = "The check of its base: 1 for the state that it is in";
  for (const auto& [state, label] : {std::pair(BaseReport::State::kUnchecked, "unchecked"),
                                     std::pair(BaseReport::State::kRunning, "running"),
                                     std::pair(BaseReport::State::kWhole, "whole"),
                                     std::pair(BaseReport::State::kDamaged, "damaged")}) {
    out.AddGauge(name, help, check.state == state ? 1 : 0, {{"state", label}});
  }
  AddArticles(*generation, out);
  AddAnswers(*generation, out);
}

void AddWrites(const WriteQueue::Figures& writes, MetricFamilies& out) {
  out.AddCounter("broadsheet_writes_total", "Articles written, deletions included",
                 static_cast<double>(writes.written));
  out.AddCounter("broadsheet_writes_refused_total", "Writes refused since the queue was full",
                 static_cast<double>(writes.refused));
  out.AddCounter("broadsheet_writes_failed_total",
                 "Writes that failed through no fault of their senders (full disk, damage)",
                 static_cast<double>(writes.failed));
  out.AddGauge("broadsheet_write_queue_length", "Writes that wait or are being written",
               static_cast<double>(writes.waiting));
  out.AddGauge("broadsheet_write_queue_bytes", "Bytes of their articles",
               static_cast<double>(writes.waiting_bytes));
  if (writes.last_write.has_value()) {
    out.AddGauge("broadsheet_last_write_timestamp_seconds", "When an article was last written",
                 Seconds(*writes.last_write));
  }
  out.AddGauge("broadsheet_writes_failing", "1 while writes fail", writes.failure ? 1 : 0);
  if (!writes.failure.has_value()) return;
  out.AddGauge("broadsheet_writes_failing_since_timestamp_seconds", "Since when writes fail",
               Seconds(writes.failure->since), {{"reason", writes.failure->reason}});
}

// A server that only reads has no writes to speak of.
void AddWriteSide(const Serving& serving, MetricFamilies& out) {
  out.AddGauge("broadsheet_writable", "1 when the server takes writes",
               serving.write_side != nullptr ? 1 : 0);
  if (serving.write_side == nullptr) return;
  AddWrites(serving.write_side->queue().figures(), out);
  const absl::StatusOr<v1::Operation> last = serving.write_side->operations().Get("");
  const bool rebuilding = last.ok() && last->kind() == v1::Operation::KIND_REBUILD &&
                          last->state() == v1::Operation::STATE_RUNNING;
  out.AddGauge("broadsheet_rebuild_running", "1 while the server rebuilds its index",
               rebuilding ? 1 : 0);
  if (!last.ok() || !last->has_end_time()) return;
  out.AddGauge("broadsheet_last_operation_failed",
               "1 when the last rebuild, publication or pruning failed",
               last->state() == v1::Operation::STATE_FAILED ? 1 : 0);
  out.AddGauge("broadsheet_last_operation_timestamp_seconds", "When that ended",
               static_cast<double>(last->end_time().seconds()));
}

void AddDisk(const Serving& serving, MetricFamilies& out) {
  const absl::StatusOr<DiskWatch::Figures> disk = serving.disk.Look();
  // The folder is not there yet: what waits for an index has no figures.
  if (!disk.ok()) return;
  out.AddGauge("broadsheet_disk_free_bytes", "Free room on the disk of the index",
               static_cast<double>(disk->free_bytes));
  out.AddGauge("broadsheet_disk_bytes", "The size of that disk",
               static_cast<double>(disk->total_bytes));
  if (!disk->full_in.has_value()) return;
  out.AddGauge("broadsheet_disk_full_timestamp_seconds",
               "When it will be full if it goes on filling as in the last six hours; absent when "
               "it does not fill",
               Seconds(absl::Now() + *disk->full_in));
}

void AddProcess(const Serving& serving, MetricFamilies& out) {
  const ProcessFigures process = ReadProcessFigures();
  out.AddGauge("broadsheet_build_info", "1, with the version", 1,
               {{"version", std::string(kVersion)}});
  out.AddGauge("process_start_time_seconds", "When the server started", Seconds(serving.start));
  out.AddCounter("process_cpu_seconds_total", "Processor time used", process.cpu_seconds);
  out.AddGauge("process_resident_memory_bytes", "Memory in use, mapped files included",
               static_cast<double>(process.memory.resident));
  out.AddGauge("broadsheet_memory_own_bytes", "Memory in use, without mapped files",
               static_cast<double>(process.memory.own));
  out.AddGauge("broadsheet_memory_allocated_bytes",
               "What the server's objects hold of it; what is kept for later is the difference",
               static_cast<double>(process.memory.allocated));
  out.AddGauge("process_virtual_memory_bytes", "Address space in use",
               static_cast<double>(process.memory.address_space));
  out.AddGauge("process_open_fds", "Open files and sockets",
               static_cast<double>(process.open_files));
  out.AddGauge("process_max_fds", "The most there may be", static_cast<double>(process.max_files));
  out.AddGauge("process_threads", "Threads", static_cast<double>(process.threads));
}

}  // namespace

std::string WriteMetrics(const Serving& serving, Acceptor& acceptor,
                         ServerCertificate* certificate) {
  MetricFamilies out;
  AddCalls(serving.calls, out);
  AddQueue(serving.pool, out);
  AddStages(serving, out);
  AddConnections(serving, acceptor, out);
  if (certificate != nullptr) {
    out.AddGauge("broadsheet_certificate_end_timestamp_seconds",
                 "When the certificate that callers see ends",
                 Seconds(certificate->validity().ends));
  }
  AddIndex(serving, out);
  AddWriteSide(serving, out);
  AddDisk(serving, out);
  AddProcess(serving, out);
  return out.Text();
}

}  // namespace broadsheet::server
