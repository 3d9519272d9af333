// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/services/call_record.h"

#include <algorithm>
#include <cstddef>
#include <string_view>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "engine/query/syntax/query_shape.h"

namespace broadsheet::server {
namespace {

constexpr size_t kLongestRequestId = 128;

// What a caller sends goes into logs.
bool IsRequestId(std::string_view text) {
  return !text.empty() && text.size() <= kLongestRequestId &&
         std::all_of(text.begin(), text.end(), [](char c) {
           return absl::ascii_isalnum(static_cast<unsigned char>(c)) ||
                  std::string_view("-_.:/+=@").find(c) != std::string_view::npos;
         });
}

bool IsHex(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    return absl::ascii_isdigit(static_cast<unsigned char>(c)) || (c >= 'a' && c <= 'f');
  });
}

// The id of the trace in a `traceparent` of the W3C, "00-<32 digits>-<16 digits>-<2 digits>" or of
// a later version; "" when it is none.
std::string TraceIdOf(std::string_view parent) {
  if (parent.size() < 55 || parent[2] != '-' || parent[35] != '-' || parent[52] != '-') return "";
  const std::string_view trace = parent.substr(3, 32);
  const bool is_id = IsHex(parent.substr(0, 2)) && !parent.starts_with("ff") && IsHex(trace) &&
                     IsHex(parent.substr(36, 16)) && trace != std::string(32, '0');
  return is_id ? std::string(trace) : "";
}

// "; snapshot 0 ms, compile 2 ms, match 1200 ms"
std::string StagesText(const base::StageTimes& stages) {
  std::string text;
  for (size_t stage = 0; stage < query::kSearchStages.size(); ++stage) {
    if (stages.of(stage) == absl::ZeroDuration()) continue;
    text +=
        absl::StrFormat("%s%s %d ms", text.empty() ? "; " : ", ", query::kSearchStages.at(stage),
                        absl::ToInt64Milliseconds(stages.of(stage)));
  }
  return text;
}

}  // namespace

void CallRecord::Begin() {
  start_ = absl::Now();
  figures_.started.fetch_add(1, std::memory_order_relaxed);
}

std::string CallRecord::Metadata(const char* name) const {
  const auto found = context_.client_metadata().find(name);
  if (found == context_.client_metadata().end()) return "";
  return {found->second.data(), found->second.size()};
}

const std::string& CallRecord::RequestId() {
  if (!request_id_.empty()) return request_id_;
  request_id_ = Metadata("x-request-id");
  if (!IsRequestId(request_id_)) request_id_ = NewRequestId();
  return request_id_;
}

MappedStatus CallRecord::Map(const absl::Status& status) {
  return status.ok() ? MappedStatus() : MapStatus(status, [this] { return RequestId(); });
}

void CallRecord::CountStages() {
  stages_.End();
  for (size_t stage = 0; stage < serving_.stages.size(); ++stage) {
    const absl::Duration took = stages_.of(stage);
    if (took > absl::ZeroDuration()) serving_.stages.at(stage).Observe(took);
  }
}

void CallRecord::End(const MappedStatus& told) {
  const absl::Duration took = absl::Now() - start_;
  const grpc::StatusCode code = told.status.error_code();
  figures_.handled.at(static_cast<size_t>(code)).fetch_add(1, std::memory_order_relaxed);
  figures_.handling.Observe(took);
  CountStages();
  if (!told.reason.empty()) serving_.calls.CountError(told.reason);
  if (!told.internal_detail.empty()) {
    serving_.logger.Error(absl::StrFormat("%s failed: %s", figures_.method, told.internal_detail));
  }
  if (figures_.type == "unary" && took >= serving_.settings.get().slow_call) LogSlow(code, took);
  if (serving_.files.access != nullptr) LogAccess(told, took);
}

void CallRecord::LogSlow(grpc::StatusCode code, absl::Duration took) {
  std::string line = absl::StrFormat("slow %s: %d ms, %s, request %s", figures_.method,
                                     absl::ToInt64Milliseconds(took), NameOf(code), RequestId());
  if (!caller_.empty()) line += ", by \"" + absl::Utf8SafeCEscape(caller_) + "\"";
  line += StagesText(stages_);
  if (!query_.empty()) line += "; shape " + query::QueryShape(query_);
  if (!query_.empty() && serving_.settings.get().log_queries) {
    line += "; query \"" + absl::Utf8SafeCEscape(query_) + "\"";
  }
  serving_.logger.Warning(line);
}

void CallRecord::LogAccess(const MappedStatus& told, absl::Duration took) {
  LogLine line(serving_.files.format, start_, "access");
  line.Add("method", figures_.service + "/" + figures_.method)
      .Add("code", NameOf(told.status.error_code()));
  if (!told.reason.empty()) line.Add("reason", told.reason);
  line.Add("ms", absl::ToDoubleMilliseconds(took)).Add("request", RequestId());
  const std::string trace = TraceIdOf(Metadata("traceparent"));
  if (!trace.empty()) line.Add("trace", trace);
  if (!caller_.empty()) line.Add("caller", caller_);
  line.Add("peer", context_.peer());
  serving_.files.access->Write(line.Take());
}

}  // namespace broadsheet::server
