// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/calls/call_status.h"

#include <algorithm>
#include <cctype>
#include <cstdint>

#include "client/view/call_error.h"
#include "google/rpc/error_details.pb.h"

namespace broadsheet::desk {
namespace {

// Whole seconds, of which the server may have said how many.
int64_t SecondsToWait(const grpc::Status& status) {
  const google::rpc::Status error = client::ErrorOf(status);
  for (const auto& detail : error.details()) {
    google::rpc::RetryInfo info;
    if (!detail.UnpackTo(&info)) continue;
    const auto& delay = info.retry_delay();
    return std::max<int64_t>(1, delay.seconds() + (delay.nanos() > 0 ? 1 : 0));
  }
  return 1;
}

}  // namespace

int HttpStatusOf(grpc::StatusCode code) {
  switch (code) {
    case grpc::StatusCode::OK:
      return 200;
    case grpc::StatusCode::CANCELLED:
      return 499;
    case grpc::StatusCode::INVALID_ARGUMENT:
    case grpc::StatusCode::FAILED_PRECONDITION:
    case grpc::StatusCode::OUT_OF_RANGE:
      return 400;
    case grpc::StatusCode::UNAUTHENTICATED:
      return 401;
    case grpc::StatusCode::PERMISSION_DENIED:
      return 403;
    case grpc::StatusCode::NOT_FOUND:
      return 404;
    case grpc::StatusCode::ABORTED:
    case grpc::StatusCode::ALREADY_EXISTS:
      return 409;
    case grpc::StatusCode::RESOURCE_EXHAUSTED:
      return 429;
    case grpc::StatusCode::UNIMPLEMENTED:
      return 501;
    case grpc::StatusCode::UNAVAILABLE:
      return 503;
    case grpc::StatusCode::DEADLINE_EXCEEDED:
      return 504;
    default:
      return 500;
  }
}

void AddErrorHeaders(const grpc::Status& status, const Caller& caller, HttpReply& reply) {
  switch (status.error_code()) {
    case grpc::StatusCode::UNAUTHENTICATED:
      // RFC 6750, section 3: without a token nothing is said of what is wrong with it.
      reply.headers.emplace_back("WWW-Authenticate",
                                 caller.authorization.empty()
                                     ? R"(Bearer realm="Broadsheet")"
                                     : R"(Bearer realm="Broadsheet", error="invalid_token")");
      break;
    case grpc::StatusCode::RESOURCE_EXHAUSTED:
    case grpc::StatusCode::UNAVAILABLE:
      reply.headers.emplace_back("Retry-After", std::to_string(SecondsToWait(status)));
      break;
    default:
      break;
  }
}

std::string Sentence(const std::string& text) {
  std::string sentence;
  bool open = false;
  for (const char c : text) {
    if (c != '`') {
      sentence += c;
      continue;
    }
    sentence += open ? "”" : "“";
    open = !open;
  }
  if (!sentence.empty()) {
    sentence[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(sentence[0])));
  }
  return sentence;
}

std::string ReaderMessage(const grpc::Status& status) {
  // gRPC's own words for a server that is not there tell of sockets.
  if (status.error_code() == grpc::StatusCode::UNAVAILABLE && status.error_details().empty()) {
    return "The search server does not answer. Try again in a moment; if that does not help, tell "
           "whoever runs it.";
  }
  if (status.error_code() == grpc::StatusCode::DEADLINE_EXCEEDED) {
    return "There was no answer in time. A narrower query is quicker.";
  }
  return Sentence(status.error_message());
}

}  // namespace broadsheet::desk
