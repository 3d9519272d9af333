// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/base/status_mapping.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "absl/random/random.h"
#include "absl/strings/cord.h"
#include "absl/strings/str_format.h"
#include "broadsheet/v1/search_service.pb.h"
#include "engine/schema/error.h"
#include "engine/schema/index_fault.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "server/base/refusal.h"
#include "server/base/remedy.h"

namespace broadsheet::server {
namespace {

// How the 8 KiB of metadata are shared: a message is percent-encoded (at most threefold), details
// are in base64 (four bytes for three).
constexpr size_t kMaxMessageBytes = 512;
constexpr size_t kMaxDetailsBytes = 4096;

// Long enough for a queue of searches of some milliseconds each to move.
constexpr int kRetryDelayMs = 250;

google::rpc::ErrorInfo MakeErrorInfo(std::string_view reason) {
  google::rpc::ErrorInfo info;
  info.set_reason(std::string(reason));
  info.set_domain(std::string(schema::kErrorDomain));
  return info;
}

// At most kMaxMessageBytes of `message`, not ending inside a character.
std::string Shortened(const std::string& message) {
  if (message.size() <= kMaxMessageBytes) return message;
  size_t end = kMaxMessageBytes - 3;
  while (end > 0 && (static_cast<unsigned char>(message[end]) & 0xC0) == 0x80) --end;
  return message.substr(0, end) + "...";
}

bool Has(const google::rpc::Status& status, const google::protobuf::Message& message) {
  const std::string name = "/" + message.GetDescriptor()->full_name();
  return std::any_of(
      status.details().begin(), status.details().end(),
      [&](const google::protobuf::Any& detail) { return detail.type_url().ends_with(name); });
}

void AddPayloads(const absl::Status& status, google::rpc::Status& out) {
  std::vector<google::protobuf::Any> others;
  status.ForEachPayload([&](auto type_url, const absl::Cord& payload) {
    const std::string type(type_url.data(), type_url.size());
    if (type == schema::kFaultsTypeUrl) return;
    google::protobuf::Any detail;
    detail.set_type_url(type);
    detail.set_value(std::string(payload));
    if (detail.Is<google::rpc::ErrorInfo>()) {
      *out.add_details() = std::move(detail);
    } else {
      others.push_back(std::move(detail));
    }
  });
  for (google::protobuf::Any& detail : others) *out.add_details() = std::move(detail);
}

// The field of the request that `reason` is about, for errors that name none.
std::string FieldOf(const std::string& reason) {
  if (reason == "PAGE_TOKEN_INVALID") return "page_token";
  if (reason == "PAGE_TOO_DEEP") return "skip";
  if (reason == "RESUME_TOKEN_INVALID") return "resume_token";
  return "query";
}

// Adds what the API promises for this code and the engine does not know of.
void AddPromised(const std::string& reason, google::rpc::Status& out) {
  if (out.code() == static_cast<int>(absl::StatusCode::kInvalidArgument) &&
      !Has(out, google::rpc::BadRequest())) {
    google::rpc::BadRequest bad;
    auto* violation = bad.add_field_violations();
    violation->set_field(FieldOf(reason));
    violation->set_description(out.message());
    out.add_details()->PackFrom(bad);
  }
  if (out.code() == static_cast<int>(absl::StatusCode::kResourceExhausted) &&
      !Has(out, google::rpc::RetryInfo())) {
    google::rpc::RetryInfo retry;
    retry.mutable_retry_delay()->set_nanos(kRetryDelayMs * 1'000'000);
    out.add_details()->PackFrom(retry);
  }
}

// What can be long: the query's suggestion (up to 4 KiB), and descriptions that quote the query.
void Shorten(google::protobuf::Any& detail) {
  v1::QueryError error;
  if (detail.UnpackTo(&error)) {
    error.clear_suggested_query();
    error.set_hint(Shortened(error.hint()));
    detail.PackFrom(error);
  }
  google::rpc::BadRequest bad;
  if (detail.UnpackTo(&bad)) {
    for (auto& violation : *bad.mutable_field_violations()) {
      violation.set_description(Shortened(violation.description()));
    }
    detail.PackFrom(bad);
  }
}

// Shortens the details, and if that is not enough gives up all but the ErrorInfo.
void Fit(google::rpc::Status& out) {
  if (out.ByteSizeLong() <= kMaxDetailsBytes) return;
  for (google::protobuf::Any& detail : *out.mutable_details()) Shorten(detail);
  if (out.ByteSizeLong() <= kMaxDetailsBytes) return;
  out.mutable_details()->DeleteSubrange(1, out.details_size() - 1);
}

MappedStatus Finish(google::rpc::Status out, std::string reason, std::string internal_detail) {
  Fit(out);
  return {.status = grpc::Status(static_cast<grpc::StatusCode>(out.code()), out.message(),
                                 out.SerializeAsString()),
          .reason = std::move(reason),
          .internal_detail = std::move(internal_detail)};
}

MappedStatus MapForCaller(const absl::Status& status) {
  google::rpc::Status out;
  out.set_code(static_cast<int>(status.code()));
  out.set_message(Shortened({status.message().data(), status.message().size()}));
  AddPayloads(status, out);
  AddPromised(schema::ErrorReason(status), out);
  return Finish(std::move(out), schema::ErrorReason(status), "");
}

struct InternalError {
  absl::StatusCode code;
  std::string_view reason;
  std::string_view message;
  bool is_fault = true;
};

// The engine gives these reasons to what storage and Xapian report, whose messages name files.
bool IsFault(const std::string& reason) {
  return reason.empty() || reason == "INTERNAL" || reason == "INDEX_DAMAGED";
}

InternalError Classify(absl::StatusCode code) {
  switch (code) {
    case absl::StatusCode::kDeadlineExceeded:
      return {code, "DEADLINE_EXCEEDED", "the call's deadline passed before it was answered",
              false};
    case absl::StatusCode::kCancelled:
      return {code, "CANCELLED", "the caller cancelled the call", false};
    case absl::StatusCode::kDataLoss:
      return {code, "INDEX_DAMAGED", "the index cannot be read; the server's log has the detail"};
    default:
      return {absl::StatusCode::kInternal, "INTERNAL",
              "the server failed to answer; its log has the detail"};
  }
}

MappedStatus MapInternal(const absl::Status& status, absl::FunctionRef<std::string()> request_id) {
  const InternalError error = Classify(status.code());
  google::rpc::Status out;
  out.set_code(static_cast<int>(error.code));
  out.set_message(std::string(error.message));
  out.add_details()->PackFrom(MakeErrorInfo(error.reason));
  if (!error.is_fault) return Finish(std::move(out), std::string(error.reason), "");
  google::rpc::RequestInfo request;
  request.set_request_id(request_id());
  out.add_details()->PackFrom(request);
  out.set_message(out.message() + " under " + request.request_id());
  return Finish(std::move(out), std::string(error.reason),
                absl::StrFormat("request %s: %s: %s", request.request_id(),
                                absl::StatusCodeToString(status.code()), WithRemedy(status)));
}

MappedStatus MapAnew(const absl::Status& status, absl::FunctionRef<std::string()> request_id) {
  if (status == IndexDamaged()) return MapForCaller(status);
  return IsFault(schema::ErrorReason(status)) ? MapInternal(status, request_id)
                                              : MapForCaller(status);
}

}  // namespace

std::string NewRequestId() {
  thread_local absl::BitGen generator;
  return absl::StrFormat("%016x", absl::Uniform<uint64_t>(generator));
}

MappedStatus MapStatus(const absl::Status& status, absl::FunctionRef<std::string()> request_id) {
  if (status.ok()) return {};
  if (!absl::IsResourceExhausted(status)) return MapAnew(status, request_id);
  // An overloaded server refuses thousands of calls a second, mostly by the same status as the last
  // one: then nothing is made anew.
  struct Refusal {
    absl::Status status;
    MappedStatus mapped;
  };
  thread_local Refusal last;
  if (status == last.status) return last.mapped;
  MappedStatus mapped = MapAnew(status, request_id);
  // A fault is told with the id of its own request.
  if (mapped.internal_detail.empty()) last = {status, mapped};
  return mapped;
}

std::string NameOf(grpc::StatusCode code) {
  return absl::StatusCodeToString(static_cast<absl::StatusCode>(code));
}

}  // namespace broadsheet::server
