// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/http/pending_reply.h"

#include <event2/buffer.h>
#include <event2/bufferevent.h>
#include <event2/keyvalq_struct.h>

#include <utility>

#include "desk/http/event_owner.h"

namespace broadsheet::desk {
namespace {

std::string HeaderOf(evhttp_request* request, const char* name) {
  const char* const value = evhttp_find_header(evhttp_request_get_input_headers(request), name);
  return value == nullptr ? "" : value;
}

HttpMethod MethodOf(evhttp_request* request) {
  switch (evhttp_request_get_command(request)) {
    case EVHTTP_REQ_GET:
      return HttpMethod::kGet;
    case EVHTTP_REQ_HEAD:
      return HttpMethod::kHead;
    case EVHTTP_REQ_POST:
      return HttpMethod::kPost;
    default:
      return HttpMethod::kOther;
  }
}

HttpRequest ReadRequest(evhttp_request* request) {
  const evhttp_uri* const uri = evhttp_request_get_evhttp_uri(request);
  const auto text = [](const char* part) { return part == nullptr ? std::string() : part; };
  HttpRequest read{.method = MethodOf(request),
                   .path = text(evhttp_uri_get_path(uri)),
                   .query = text(evhttp_uri_get_query(uri)),
                   .body = "",
                   .host = HeaderOf(request, "Host"),
                   .origin = HeaderOf(request, "Origin"),
                   .authorization = HeaderOf(request, "Authorization"),
                   .content_type = HeaderOf(request, "Content-Type")};
  evbuffer* const body = evhttp_request_get_input_buffer(request);
  read.body.resize(evbuffer_get_length(body));
  evbuffer_copyout(body, read.body.data(), read.body.size());
  return read;
}

// What stands behind the code in the first line; browsers do not show it.
const char* ReasonPhrase(int status) {
  if (status < 300) return "OK";
  if (status < 400) return "See";
  return status < 500 ? "Refused" : "Failed";
}

EvbufferPtr BufferOf(const std::string& text) {
  EvbufferPtr buffer(evbuffer_new());
  evbuffer_add(buffer.get(), text.data(), text.size());
  return buffer;
}

}  // namespace

PendingReply::PendingReply(evhttp_request* request, LoopInbox& inbox, absl::Duration write_limit,
                           OnDone on_done)
    : request_(request),
      connection_(evhttp_request_get_connection(request)),
      inbox_(inbox),
      write_limit_(absl::ToTimeval(write_limit)),
      on_done_(std::move(on_done)),
      exchange_(ReadRequest(request), *this) {
  const auto closed = [](evhttp_connection*, void* self) {
    static_cast<PendingReply*>(self)->OnClosed();
  };
  const auto complete = [](evhttp_request*, void* self) {
    static_cast<PendingReply*>(self)->OnComplete();
  };
  evhttp_connection_set_closecb(connection_, closed, this);
  evhttp_request_set_on_complete_cb(request_, complete, this);
}

void PendingReply::SendWhole(HttpReply reply) {
  inbox_.Post([self = shared_from_this(), reply = std::move(reply)] { self->Whole(reply); });
}

void PendingReply::SendStart(HttpReply head) {
  inbox_.Post([self = shared_from_this(), head = std::move(head)] { self->Start(head); });
}

void PendingReply::SendPiece(std::string piece) {
  inbox_.Post([self = shared_from_this(), piece = std::move(piece)] { self->Piece(piece); });
}

void PendingReply::SendEnd() {
  inbox_.Post([self = shared_from_this()] { self->End(); });
}

void PendingReply::SendAbort() {
  inbox_.Post([self = shared_from_this()] { self->Abort(); });
}

void PendingReply::SetHeaders(const HttpReply& reply) {
  evkeyvalq* const headers = evhttp_request_get_output_headers(request_);
  evhttp_add_header(headers, "Content-Type", reply.content_type.c_str());
  for (const auto& [name, value] : reply.headers) {
    evhttp_add_header(headers, name.c_str(), value.c_str());
  }
}

// evhttp calls neither of the two below for a connection that is not there any more.
void PendingReply::BeforeLast() {
  given_ = true;
  if (connection_ == nullptr) on_done_(this, nullptr);
}

void PendingReply::OnClosed() {
  const auto self = shared_from_this();
  connection_ = nullptr;
  exchange_.OnGone();
  if (given_) on_done_(this, nullptr);
}

void PendingReply::OnComplete() {
  const auto self = shared_from_this();
  evhttp_connection_set_closecb(connection_, nullptr, nullptr);
  on_done_(this, connection_);
}

void PendingReply::Whole(const HttpReply& reply) {
  SetHeaders(reply);
  BeforeLast();
  // evhttp would send the body of a reply to HEAD too.
  const bool head = exchange_.request().method == HttpMethod::kHead;
  if (head) {
    const std::string length = std::to_string(reply.body.size());
    evhttp_add_header(evhttp_request_get_output_headers(request_), "Content-Length",
                      length.c_str());
  }
  const EvbufferPtr body = head || reply.status == 304 ? nullptr : BufferOf(reply.body);
  evhttp_send_reply(request_, reply.status, ReasonPhrase(reply.status), body.get());
}

void PendingReply::Start(const HttpReply& head) {
  SetHeaders(head);
  // A stream's connection is for it alone: nobody sends anything there, so only writing has a limit
  // of time.
  evhttp_add_header(evhttp_request_get_output_headers(request_), "Connection", "close");
  if (connection_ != nullptr) {
    bufferevent* const buffers = evhttp_connection_get_bufferevent(connection_);
    bufferevent_set_timeouts(buffers, nullptr, &write_limit_);
  }
  evhttp_send_reply_start(request_, head.status, ReasonPhrase(head.status));
  if (!head.body.empty()) Piece(head.body);
}

void PendingReply::Piece(const std::string& piece) {
  if (connection_ == nullptr) return;
  unsent_ += piece.size();
  const EvbufferPtr buffer = BufferOf(piece);
  const auto on_sent = [](evhttp_connection*, void* self) {
    auto& reply = *static_cast<PendingReply*>(self);
    reply.exchange_.OnSent(std::exchange(reply.unsent_, 0));
  };
  evhttp_send_reply_chunk_with_cb(request_, buffer.get(), on_sent, this);
  // To HEAD evhttp sends no body, and calls nobody.
  if (exchange_.request().method == HttpMethod::kHead) exchange_.OnGone();
}

void PendingReply::End() {
  BeforeLast();
  evhttp_send_reply_end(request_);
}

void PendingReply::Abort() {
  given_ = true;
  if (connection_ == nullptr) {
    on_done_(this, nullptr);
    evhttp_send_reply_end(request_);
    return;
  }
  // Calls OnClosed(), and frees the request.
  evhttp_connection_free(connection_);
}

}  // namespace broadsheet::desk
