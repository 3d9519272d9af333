// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/top/metrics_source.h"

#include <event2/buffer.h>
#include <event2/event.h>
#include <event2/http.h>
#include <event2/keyvalq_struct.h>
#include <netinet/in.h>

#include <memory>

#include "absl/status/status.h"
#include "absl/strings/str_format.h"

namespace broadsheet::client {
namespace {

// Some fifty times that of today's server.
constexpr ev_ssize_t kMaxPageBytes = 4 << 20;
constexpr int kOk = 200;

struct Free {
  void operator()(event_base* base) const { event_base_free(base); }
  void operator()(evhttp_connection* connection) const { evhttp_connection_free(connection); }
  void operator()(evhttp_uri* uri) const { evhttp_uri_free(uri); }
};

struct Answer {
  int code = 0;  // 0 = there is none
  std::string body;
};

void TakeAnswer(evhttp_request* request, void* answer) {
  // Null when the time was over.
  if (request == nullptr) return;
  auto& taken = *static_cast<Answer*>(answer);
  taken.code = evhttp_request_get_response_code(request);
  evbuffer* body = evhttp_request_get_input_buffer(request);
  taken.body.resize(evbuffer_get_length(body));
  evbuffer_remove(body, taken.body.data(), taken.body.size());
}

absl::Status NobodyThere(const std::string& address) {
  return absl::UnavailableError(
      absl::StrFormat("nobody answers at http://%s/metrics; start the server with --metrics %s, or "
                      "name the address "
                      "that it has with --metrics ADDR",
                      address, address));
}

}  // namespace

absl::StatusOr<std::string> FetchMetrics(const std::string& address,
                                         std::chrono::seconds patience) {
  const std::unique_ptr<evhttp_uri, Free> uri(evhttp_uri_parse(("http://" + address).c_str()));
  const char* host = uri == nullptr ? nullptr : evhttp_uri_get_host(uri.get());
  const int port = uri == nullptr ? -1 : evhttp_uri_get_port(uri.get());
  if (host == nullptr || *host == '\0' || port <= 0 || *evhttp_uri_get_path(uri.get()) != '\0') {
    return absl::InvalidArgumentError("\"" + address +
                                      "\" is no address of metrics; name HOST:PORT, as the "
                                      "server's --metrics has it");
  }
  const std::unique_ptr<event_base, Free> base(event_base_new());
  if (base == nullptr) return absl::InternalError("cannot wait for an answer");
  // An address in brackets is one without them.
  std::string name = host;
  if (name.front() == '[') name = name.substr(1, name.size() - 2);
  const std::unique_ptr<evhttp_connection, Free> connection(
      evhttp_connection_base_new(base.get(), nullptr, name.c_str(), static_cast<in_port_t>(port)));
  if (connection == nullptr) return NobodyThere(address);
  evhttp_connection_set_timeout(connection.get(), static_cast<int>(patience.count()));
  evhttp_connection_set_max_body_size(connection.get(), kMaxPageBytes);
  Answer answer;
  evhttp_request* request = evhttp_request_new(TakeAnswer, &answer);
  if (request == nullptr) return absl::InternalError("cannot ask for the figures");
  evkeyvalq* headers = evhttp_request_get_output_headers(request);
  evhttp_add_header(headers, "Host", address.c_str());
  evhttp_add_header(headers, "Connection", "close");
  // The connection owns the request from here on.
  if (evhttp_make_request(connection.get(), request, EVHTTP_REQ_GET, "/metrics") != 0) {
    return NobodyThere(address);
  }
  event_base_dispatch(base.get());
  if (answer.code == 0) return NobodyThere(address);
  if (answer.code == kOk) return std::move(answer.body);
  return absl::UnavailableError(absl::StrFormat(
      "http://%s/metrics answers with status %d: it is no broadsheetd", address, answer.code));
}

}  // namespace broadsheet::client
