// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/commands/status_command.h"

#include <grpcpp/grpcpp.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <ostream>

#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "client/session/option.h"
#include "client/session/request_print.h"
#include "client/view/error_report.h"
#include "client/view/json_output.h"

namespace broadsheet::client {
namespace {

std::string DayOf(const google::protobuf::Timestamp& timestamp) {
  return absl::FormatTime("%Y-%m-%d", absl::FromUnixSeconds(timestamp.seconds()),
                          absl::UTCTimeZone());
}

std::string Counts(const google::protobuf::RepeatedPtrField<v1::ValueCount>& counts) {
  // Enough to recognise an archive by; the whole list is in --output json.
  constexpr int kShown = 5;
  std::string text;
  for (int i = 0; i < counts.size() && i < kShown; ++i) {
    const std::string value = counts[i].value().empty() ? "unknown" : counts[i].value();
    text += absl::StrFormat("%s%s (%d)", i == 0 ? "" : ", ", value, counts[i].count());
  }
  if (counts.size() > kShown) text += ", ...";
  return text;
}

std::string MinuteOf(const google::protobuf::Timestamp& timestamp) {
  return absl::FormatTime("%Y-%m-%d %H:%M UTC", absl::FromUnixSeconds(timestamp.seconds()),
                          absl::UTCTimeZone());
}

// What the server found out about the index's files; "" when it was told not to look.
std::string CheckText(const v1::GetStatusResponse& status) {
  switch (status.base_check()) {
    case v1::GetStatusResponse::BASE_CHECK_RUNNING:
      return "files are being compared with their checksums";
    case v1::GetStatusResponse::BASE_CHECK_WHOLE:
      return "files are as they were built, " + MinuteOf(status.base_check_time());
    case v1::GetStatusResponse::BASE_CHECK_DAMAGED:
      return "DAMAGED files were found, " + MinuteOf(status.base_check_time()) +
             "; the server's log names them";
    default:
      return "";
  }
}

// "2 withheld, 1 under embargo, 3 cancelled", without those that are 0.
std::string WithheldText(const v1::GetStatusResponse& status) {
  std::string text;
  const auto add = [&text](int count, const char* what) {
    if (count > 0) text += absl::StrFormat("%s%d %s", text.empty() ? "" : ", ", count, what);
  };
  add(status.withheld_count(), "withheld");
  add(status.embargoed_count(), "under embargo");
  add(status.cancelled_count(), "cancelled");
  return text;
}

// "; 120 written since the build (12 %, 1.3 MB)"
std::string WrittenText(const v1::GetStatusResponse& status) {
  if (status.live_article_count() == 0) return "";
  const double share = 100.0 * status.live_article_count() / std::max(status.article_count(), 1);
  return absl::StrFormat("; %d written since the build (%.0f %%, %.1f MB)",
                         status.live_article_count(), share,
                         static_cast<double>(status.live_bytes()) / 1e6);
}

// "12.3 GB free; full in 3 h if it goes on filling as in the last hours"
std::string DiskText(const v1::GetStatusResponse& status) {
  std::string text =
      absl::StrFormat("%.1f GB free", static_cast<double>(status.disk_free_bytes()) / 1e9);
  if (!status.has_disk_full_time()) return text;
  const absl::Duration left =
      absl::FromUnixSeconds(status.disk_full_time().seconds()) - absl::Now();
  return text + absl::StrFormat("; FULL IN %d h if it goes on filling as in the last hours",
                                absl::ToInt64Hours(left));
}

// "FAIL since 2026-11-30 03:02 UTC, INDEX_FULL: 312 refused"
std::string WritesText(const v1::GetStatusResponse& status) {
  if (status.has_write_failure()) {
    const v1::WriteFailure& failure = status.write_failure();
    return absl::StrFormat("FAIL since %s, %s: %d refused", MinuteOf(failure.since_time()),
                           failure.reason(), failure.refused_count());
  }
  return status.has_last_write_time() ? "last at " + MinuteOf(status.last_write_time())
                                      : "none since the server started";
}

void PrintStatus(const v1::GetStatusResponse& status, const std::string& server,
                 std::ostream& out) {
  out << absl::StrFormat("Server      %s, version %s, up %s%s\n", server, status.server_version(),
                         absl::FormatDuration(absl::Seconds(status.uptime().seconds())),
                         status.writable() ? ", writable" : "");
  out << absl::StrFormat("Index       generation %d, built %s, %.1f MB\n",
                         status.generation_number(), MinuteOf(status.built_time()),
                         static_cast<double>(status.index_bytes()) / 1e6);
  if (const std::string check = CheckText(status); !check.empty()) {
    out << "Checked     " << check << '\n';
  }
  out << absl::StrFormat("Articles    %d, %d undated%s\n", status.article_count(),
                         status.undated_count(), WrittenText(status));
  if (const std::string hidden = WithheldText(status); !hidden.empty()) {
    out << "Not shown   " << hidden << '\n';
  }
  // Servers of before, and those that know their callers, do not tell of the machine.
  if (status.has_disk_free_bytes()) {
    if (status.writable()) out << "Writes      " << WritesText(status) << '\n';
    out << "Disk        " << DiskText(status) << '\n';
  }
  if (status.has_oldest_published_time()) {
    out << absl::StrFormat("Published   %s to %s\n", DayOf(status.oldest_published_time()),
                           DayOf(status.newest_published_time()));
  }
  out << "Languages   " << Counts(status.languages()) << '\n';
  if (!status.sources().empty()) out << "Sources     " << Counts(status.sources()) << '\n';
}

}  // namespace

CLI::App* DeclareStatus(CLI::App& app, StatusOptions& options) {
  CLI::App* status = app.add_subcommand("status", "Show what the server serves");
  AddOption(*status, "--output", options.output, "text or json")
      ->check(CLI::IsMember({"text", "json"}))
      ->capture_default_str();
  return status;
}

int RunStatus(const StatusOptions& options, CommandContext& context) {
  const v1::GetStatusRequest request;
  if (PrintedInstead("SearchService/GetStatus", request, context)) return kExitFound;
  if (!ConnectOrExplain(context.connection, context.streams.err)) return kExitError;
  v1::GetStatusResponse response;
  grpc::ClientContext call;
  context.connection.Prepare(call);
  const grpc::Status status = context.connection.stub().GetStatus(&call, request, &response);
  if (!status.ok()) {
    ReportError(status, nullptr, context.terminal, context.streams.err);
    return kExitError;
  }
  if (options.output == "json") {
    WriteJson(response, JsonLayout::kIndented, context.streams.out);
  } else {
    PrintStatus(response, context.connection.server(), context.streams.out);
  }
  return kExitFound;
}

}  // namespace broadsheet::client
