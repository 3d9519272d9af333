// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/door/json_door.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "client/view/call_error.h"
#include "client/view/terminal.h"
#include "desk/calls/call_status.h"
#include "desk/door/generic_call.h"
#include "desk/door/json_request.h"
#include "desk/door/method_table.h"
#include "desk/door/openapi.h"
#include "desk/http/request_guard.h"

namespace broadsheet::desk {
namespace {

using google::protobuf::Message;
using Requests = std::vector<std::unique_ptr<Message>>;

constexpr const char* kJson = "application/json";
constexpr const char* kJsonLines = "application/jsonl";
constexpr std::string_view kOpenApiPath = "/v1/openapi.json";

HttpReply JsonReply(int status, std::string json) {
  HttpReply reply{.status = status, .content_type = kJson, .body = std::move(json) + "\n"};
  reply.headers.emplace_back("Cache-Control", "private, no-store");
  AddSecurityHeaders(reply);
  return reply;
}

HttpReply ErrorReply(const grpc::Status& status, const Caller& caller) {
  HttpReply reply =
      JsonReply(HttpStatusOf(status.error_code()), WriteJson(client::ErrorOf(status)));
  AddErrorHeaders(status, caller, reply);
  return reply;
}

// An error of the door itself.
HttpReply Refusal(int http_status, grpc::StatusCode code, std::string message) {
  google::rpc::Status status;
  status.set_code(code);
  status.set_message(std::move(message));
  return JsonReply(http_status, WriteJson(status));
}

HttpReply NoSuchMethod(const HttpRequest& request, const std::string& path) {
  if (!IsDoorPath(path)) {
    return Refusal(404, grpc::StatusCode::NOT_FOUND,
                   "there is no method at this address; GET /v1/openapi.json lists them");
  }
  const bool post = request.method != HttpMethod::kPost;
  HttpReply reply = Refusal(405, grpc::StatusCode::UNIMPLEMENTED,
                            post ? "this method is called with POST, and its request is the body"
                                 : "this method is called with GET");
  reply.headers.emplace_back("Allow", post ? "POST" : "GET");
  return reply;
}

// Pages of other sites can post forms and plain text, but no JSON.
bool IsJson(const std::string& content_type) {
  return content_type.starts_with("application/json") ||
         content_type.starts_with("application/jsonl") ||
         content_type.starts_with("application/x-ndjson");
}

// Reads the request of a method with POST: one message, or one a line where it streams.
absl::StatusOr<Requests> ReadBody(const google::protobuf::MethodDescriptor& method,
                                  const std::string& body) {
  if (const auto byte = client::InvalidByte(body)) {
    return absl::InvalidArgumentError(absl::StrCat("the body is not valid UTF-8 at byte ", *byte));
  }
  Requests requests;
  if (!method.client_streaming()) {
    requests.push_back(NewMessage(method.input_type()));
    const absl::Status read = ReadJson(body, *requests.back());
    if (!read.ok()) return read;
    return requests;
  }
  int number = 0;
  for (const std::string& line : std::vector<std::string>(absl::StrSplit(body, '\n'))) {
    ++number;
    if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
    requests.push_back(NewMessage(method.input_type()));
    const absl::Status read = ReadJson(line, *requests.back());
    if (!read.ok()) {
      return absl::InvalidArgumentError(
          absl::StrCat("line ", number, ": ", std::string(read.message())));
    }
  }
  return requests;
}

// Reads the request of a method with GET.
absl::StatusOr<Requests> ReadAddress(const google::protobuf::MethodDescriptor& method,
                                     const DoorMatch& match, const std::string& query) {
  std::vector<NameAndValue> parameters = ParseParameters(query);
  if (!match.field.empty()) parameters.emplace_back(match.field, match.value);
  for (const auto& [name, value] : parameters) {
    if (client::InvalidByte(name) || client::InvalidByte(value)) {
      return absl::InvalidArgumentError("the address has bytes that are not UTF-8");
    }
  }
  Requests requests;
  requests.push_back(NewMessage(method.input_type()));
  const absl::Status read = ReadParameters(parameters, *requests.back());
  if (!read.ok()) return read;
  return requests;
}

// Sends what comes back of one call.
class JsonAnswer {
 public:
  JsonAnswer(const DoorMethod& method, const Caller& caller, Exchange& exchange)
      : stream_(IsStream(method)), caller_(caller), exchange_(exchange) {}

  bool Take(const Message& response) {
    std::string json = WriteJson(response);
    if (!stream_) {
      whole_ = std::move(json);
      return true;
    }
    if (!std::exchange(begun_, true)) Begin();
    return exchange_.Write(json + "\n");
  }

  void End(const grpc::Status& status) {
    if (!stream_) {
      exchange_.Reply(status.ok() ? JsonReply(200, std::move(whole_))
                                  : ErrorReply(status, caller_));
    } else if (!begun_ && !status.ok()) {
      exchange_.Reply(ErrorReply(status, caller_));
    } else {
      // A stream may be empty.
      if (!begun_) Begin();
      if (!status.ok()) {
        exchange_.Write(absl::StrCat("{\"error\":", WriteJson(client::ErrorOf(status)), "}\n"));
      }
      exchange_.End();
    }
  }

 private:
  void Begin() {
    HttpReply head{.content_type = kJsonLines, .body = ""};
    head.headers.emplace_back("Cache-Control", "private, no-store");
    AddSecurityHeaders(head);
    exchange_.Begin(std::move(head));
  }

  const bool stream_;
  const Caller& caller_;
  Exchange& exchange_;
  bool begun_ = false;
  std::string whole_;
};

}  // namespace

HttpReply AsJson(const HttpReply& refusal) {
  const grpc::StatusCode code = refusal.status == 400   ? grpc::StatusCode::INVALID_ARGUMENT
                                : refusal.status == 403 ? grpc::StatusCode::PERMISSION_DENIED
                                                        : grpc::StatusCode::FAILED_PRECONDITION;
  std::string text = refusal.body;
  absl::StripAsciiWhitespace(&text);
  return Refusal(refusal.status, code, std::move(text));
}

void AnswerJson(Backend& backend, const DeskSettings& settings, const std::string& path,
                Exchange& exchange) {
  const HttpRequest& request = exchange.request();
  const bool reads = request.method == HttpMethod::kGet || request.method == HttpMethod::kHead;
  if (reads && path == kOpenApiPath) {
    return exchange.Reply(JsonReply(200, OpenApiJson(settings.base_path)));
  }
  const DoorMatch match = FindMethod(path, reads ? HttpMethod::kGet : request.method);
  if (match.method == nullptr) return exchange.Reply(NoSuchMethod(request, path));
  if (!reads && !IsJson(request.content_type)) {
    return exchange.Reply(Refusal(415, grpc::StatusCode::INVALID_ARGUMENT,
                                  "send JSON, with the header Content-Type: application/json"));
  }
  const google::protobuf::MethodDescriptor& method = *DescriptorOf(*match.method);
  absl::StatusOr<Requests> requests =
      reads ? ReadAddress(method, match, request.query) : ReadBody(method, request.body);
  if (!requests.ok()) {
    return exchange.Reply(
        Refusal(400, grpc::StatusCode::INVALID_ARGUMENT, std::string(requests.status().message())));
  }
  const Caller caller{.authorization = request.authorization};
  JsonAnswer answer(*match.method, caller, exchange);
  size_t next = 0;
  const GenericTraffic traffic{
      .next_request = [&]() -> std::unique_ptr<Message> {
        return next < requests->size() ? std::move((*requests)[next++]) : nullptr;
      },
      .take_response = [&](const Message& response) { return answer.Take(response); }};
  answer.End(CallGeneric(backend, caller, method, traffic));
}

}  // namespace broadsheet::desk
