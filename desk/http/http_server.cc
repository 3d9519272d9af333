// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/http/http_server.h"

#include <event2/http.h>
#include <event2/http_struct.h>
#include <event2/keyvalq_struct.h>
#include <event2/listener.h>

#include <csignal>
#include <utility>

#include "desk/http/connection_limit.h"
#include "desk/http/event_owner.h"
#include "desk/http/framing.h"
#include "desk/http/loop_inbox.h"
#include "desk/http/pending_reply.h"
#include "desk/http/worker_pool.h"

namespace broadsheet::desk {
namespace {

// All that evhttp knows: what the desk does not serve is refused by its handler, in its own words.
constexpr ev_uint16_t kAllMethods = EVHTTP_REQ_GET | EVHTTP_REQ_POST | EVHTTP_REQ_HEAD |
                                    EVHTTP_REQ_PUT | EVHTTP_REQ_DELETE | EVHTTP_REQ_OPTIONS |
                                    EVHTTP_REQ_TRACE | EVHTTP_REQ_CONNECT | EVHTTP_REQ_PATCH;

}  // namespace

class HttpServer::Impl {
 public:
  Impl(Listener listener, HttpLimits limits, std::function<bool(const HttpRequest&)> is_stream,
       HttpHandler handler)
      : listener_(std::move(listener)),
        limits_(limits),
        is_stream_(std::move(is_stream)),
        handler_(std::move(handler)),
        base_(event_base_new()),
        inbox_(base_.get()),
        http_(evhttp_new(base_.get())),
        pages_(limits_.threads, limits_.queue),
        streams_(limits_.streams, 0) {
    evhttp_set_max_headers_size(http_.get(), static_cast<ev_ssize_t>(limits_.max_header_bytes));
    evhttp_set_max_body_size(http_.get(), static_cast<ev_ssize_t>(limits_.max_body_bytes));
    evhttp_set_allowed_methods(http_.get(), kAllMethods);
    const timeval idle = absl::ToTimeval(limits_.idle);
    evhttp_set_timeout_tv(http_.get(), &idle);
    evhttp_set_gencb(
        http_.get(),
        [](evhttp_request* request, void* self) { static_cast<Impl*>(self)->OnRequest(request); },
        this);
    evconnlistener* const accepts =
        evconnlistener_new(base_.get(), nullptr, nullptr, LEV_OPT_CLOSE_ON_EXEC, 0, listener_.fd());
    evhttp_bind_listener(http_.get(), accepts);
    limit_ = std::make_unique<ConnectionLimit>(base_.get(), http_.get(), accepts,
                                               ConnectionBounds{.most = limits_.max_connections,
                                                                .least_idle = limits_.least_idle,
                                                                .receive = limits_.receive});
  }

  const Listener& listener() const { return listener_; }
  void Run();
  void Stop() {
    inbox_.Post([this] { BeginStop(); });
  }

 private:
  void OnRequest(evhttp_request* request);
  void OnDone(PendingReply* pending, evhttp_connection* connection);
  void BeginStop();

  const Listener listener_;
  const HttpLimits limits_;
  const std::function<bool(const HttpRequest&)> is_stream_;
  const HttpHandler handler_;
  EventBasePtr base_;
  LoopInbox inbox_;
  // The loop's thread alone uses these. evhttp tells the first two of what it closes in the end.
  std::unique_ptr<ConnectionLimit> limit_;
  PendingReplies pending_;
  bool stopping_ = false;
  EvhttpPtr http_;
  // Last, so that their threads end first.
  WorkerPool pages_;
  WorkerPool streams_;
};

void HttpServer::Impl::Run() {
  const auto stop = [](evutil_socket_t /*signal*/, EventKind /*kind*/, void* self) {
    static_cast<Impl*>(self)->BeginStop();
  };
  const EventPtr terminated(evsignal_new(base_.get(), SIGTERM, stop, this));
  const EventPtr interrupted(evsignal_new(base_.get(), SIGINT, stop, this));
  event_add(terminated.get(), nullptr);
  event_add(interrupted.get(), nullptr);
  event_base_dispatch(base_.get());
}

void HttpServer::Impl::OnRequest(evhttp_request* request) {
  // evhttp calls once more for what it could not read.
  if (evhttp_request_get_evhttp_uri(request) == nullptr) {
    evhttp_send_error(request, evhttp_request_get_response_code(request), nullptr);
    return;
  }
  if (!HasOneReading(*evhttp_request_get_input_headers(request))) {
    // Closes the connection too.
    evhttp_send_error(request, HTTP_BADREQUEST, nullptr);
    return;
  }
  limit_->OnRequest(evhttp_request_get_connection(request));
  const auto pending = std::make_shared<PendingReply>(
      request, inbox_, limits_.idle,
      [this](PendingReply* done, evhttp_connection* open) { OnDone(done, open); });
  pending_.insert(pending);
  const bool stream = is_stream_(pending->exchange().request());
  const auto answer = [this, pending] { handler_(pending->exchange()); };
  if (!stopping_ && (stream ? streams_ : pages_).Submit(answer)) return;
  HttpReply busy = TextReply(503, "The desk is busy; try again in a moment.\n");
  busy.headers.emplace_back("Retry-After", "2");
  pending->exchange().Reply(std::move(busy));
}

void HttpServer::Impl::OnDone(PendingReply* pending, evhttp_connection* connection) {
  if (connection != nullptr) limit_->OnReply(connection);
  pending_.erase(pending->shared_from_this());
  if (stopping_ && pending_.empty()) event_base_loopexit(base_.get(), nullptr);
}

void HttpServer::Impl::BeginStop() {
  if (std::exchange(stopping_, true)) return;
  limit_->Close();
  for (const auto& pending : pending_) pending->exchange().OnGone();
  const timeval patience = absl::ToTimeval(pending_.empty() ? absl::ZeroDuration() : limits_.drain);
  event_base_loopexit(base_.get(), &patience);
}

HttpServer::HttpServer(Listener listener, HttpLimits limits,
                       std::function<bool(const HttpRequest&)> is_stream, HttpHandler handler)
    : impl_(std::make_unique<Impl>(std::move(listener), limits, std::move(is_stream),
                                   std::move(handler))) {}

HttpServer::~HttpServer() = default;

const Listener& HttpServer::listener() const { return impl_->listener(); }
void HttpServer::Run() { impl_->Run(); }
void HttpServer::Stop() { impl_->Stop(); }

}  // namespace broadsheet::desk
