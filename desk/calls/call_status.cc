// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/calls/call_status.h"

#include <cctype>

namespace broadsheet::desk {

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
