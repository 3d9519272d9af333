// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/http_server.h"

#include <event2/buffer.h>
#include <event2/bufferevent.h>
#include <event2/event.h>
#include <event2/http.h>
#include <event2/listener.h>
#include <fcntl.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <list>
#include <thread>
#include <utility>
#include <vector>

#include "engine/base/file_descriptor.h"
#include "engine/base/file_error.h"

namespace broadsheet::server {
namespace {

constexpr int kMaxHeaderBytes = 8 << 10;
constexpr int kSilenceSeconds = 5;
// A scraper needs one.
constexpr size_t kMaxHttpConnections = 32;
constexpr timeval kLookAgain = {.tv_sec = 0, .tv_usec = 50'000};

// One connection. Its owner frees it, and leaves us the memory, in which the callbacks are gone
// then: libevent 2.1 has no other sign for a connection that ended before it sent a request.
class HttpConnection {
 public:
  explicit HttpConnection(event_base* base) : event_(bufferevent_socket_new(base, -1, 0)) {
    if (event_ != nullptr) bufferevent_incref(event_);
  }
  ~HttpConnection() {
    if (event_ != nullptr) bufferevent_decref(event_);
  }
  HttpConnection(const HttpConnection&) = delete;
  HttpConnection& operator=(const HttpConnection&) = delete;

  bufferevent* event() const { return event_; }
  bool has_ended() const {
    bufferevent_event_cb on_event = nullptr;
    bufferevent_getcb(event_, nullptr, nullptr, &on_event, nullptr);
    return on_event == nullptr;
  }

 private:
  bufferevent* const event_;
};

}  // namespace

class HttpServer::Loop {
 public:
  Loop(ListenSocket socket, std::map<std::string, Page> pages)
      : socket_(std::move(socket)), pages_(std::move(pages)) {}
  ~Loop() { Stop(); }
  Loop(const Loop&) = delete;
  Loop& operator=(const Loop&) = delete;

  const std::string& address() const { return socket_.address(); }
  absl::Status Start();
  void Stop();

 private:
  struct Free {
    void operator()(event_base* base) const { event_base_free(base); }
    void operator()(evhttp* http) const { evhttp_free(http); }
    void operator()(event* one) const { event_free(one); }
  };

  absl::Status Listen();
  void Answer(evhttp_request* request) const;
  bufferevent* MakeConnection();
  void ForgetEnded();

  ListenSocket socket_;
  const std::map<std::string, Page> pages_;
  base::FileDescriptor stop_;
  // Destroyed from the last to the first. Used only by the thread once it runs.
  std::unique_ptr<event_base, Free> base_;
  std::list<HttpConnection> connections_;
  std::unique_ptr<evhttp, Free> http_;
  std::unique_ptr<event, Free> stopped_;
  std::unique_ptr<event, Free> look_again_;
  std::vector<evconnlistener*> listeners_;  // http_ owns them
  std::thread thread_;
};

absl::Status HttpServer::Loop::Start() {
  stop_ = base::FileDescriptor(::eventfd(0, EFD_CLOEXEC));
  if (!stop_.open()) return base::FileError(errno, "cannot listen on", socket_.address());
  base_.reset(event_base_new());
  http_.reset(evhttp_new(base_.get()));
  evhttp_set_max_headers_size(http_.get(), kMaxHeaderBytes);
  evhttp_set_max_body_size(http_.get(), 0);
  evhttp_set_timeout(http_.get(), kSilenceSeconds);
  evhttp_set_allowed_methods(http_.get(), EVHTTP_REQ_GET | EVHTTP_REQ_HEAD);
  evhttp_set_gencb(
      http_.get(),
      [](evhttp_request* request, void* loop) { static_cast<const Loop*>(loop)->Answer(request); },
      this);
  evhttp_set_bevcb(
      http_.get(),
      [](event_base* /*base*/, void* loop) { return static_cast<Loop*>(loop)->MakeConnection(); },
      this);
  stopped_.reset(event_new(
      base_.get(), stop_.get(), EV_READ,
      [](evutil_socket_t, short, void* base) {  // NOLINT(google-runtime-int): libevent's type
        event_base_loopbreak(static_cast<event_base*>(base));
      },
      base_.get()));
  event_add(stopped_.get(), nullptr);
  look_again_.reset(event_new(
      base_.get(), -1, 0,
      [](evutil_socket_t, short, void* loop) {  // NOLINT(google-runtime-int): as above
        static_cast<Loop*>(loop)->ForgetEnded();
      },
      this));
  if (absl::Status listening = Listen(); !listening.ok()) return listening;
  thread_ = std::thread([this] { event_base_dispatch(base_.get()); });
  return absl::OkStatus();
}

absl::Status HttpServer::Loop::Listen() {
  if (absl::Status listening = socket_.Listen(); !listening.ok()) return listening;
  for (const base::FileDescriptor& each : socket_.descriptors()) {
    // libevent closes what it is given, and socket_ its own.
    const int copy = ::fcntl(each.get(), F_DUPFD_CLOEXEC, 0);
    if (copy < 0) return base::FileError(errno, "cannot listen on", socket_.address());
    evhttp_bound_socket* bound = evhttp_accept_socket_with_handle(http_.get(), copy);
    listeners_.push_back(evhttp_bound_socket_get_listener(bound));
  }
  return absl::OkStatus();
}

void HttpServer::Loop::Stop() {
  if (!thread_.joinable()) return;
  const uint64_t one = 1;
  // A write of 8 bytes to an eventfd at zero cannot fail.
  [[maybe_unused]] const ssize_t written = ::write(stop_.get(), &one, sizeof(one));
  thread_.join();
  http_.reset();
  connections_.clear();
  socket_.Close();
}

void HttpServer::Loop::Answer(evhttp_request* request) const {
  const char* path = evhttp_uri_get_path(evhttp_request_get_evhttp_uri(request));
  const auto page = pages_.find(path == nullptr ? "" : path);
  const HttpAnswer answer =
      page != pages_.end() ? page->second() : HttpAnswer{.status = 404, .body = "no such page\n"};
  evkeyvalq* headers = evhttp_request_get_output_headers(request);
  evhttp_add_header(headers, "Content-Type", answer.content_type.c_str());
  evhttp_add_header(headers, "X-Content-Type-Options", "nosniff");
  evhttp_add_header(headers, "Cache-Control", "no-store");
  evbuffer* body = evbuffer_new();
  evbuffer_add(body, answer.body.data(), answer.body.size());
  evhttp_send_reply(request, answer.status, nullptr, body);
  evbuffer_free(body);
}

bufferevent* HttpServer::Loop::MakeConnection() {
  ForgetEnded();
  bufferevent* made = connections_.emplace_back(base_.get()).event();
  // libevent then makes one by itself, which is not counted.
  if (made == nullptr) connections_.pop_back();
  if (connections_.size() >= kMaxHttpConnections) {
    for (evconnlistener* each : listeners_) evconnlistener_disable(each);
    event_add(look_again_.get(), &kLookAgain);
  }
  return made;
}

void HttpServer::Loop::ForgetEnded() {
  connections_.remove_if([](const HttpConnection& each) { return each.has_ended(); });
  if (connections_.size() < kMaxHttpConnections) {
    for (evconnlistener* each : listeners_) evconnlistener_enable(each);
  } else {
    event_add(look_again_.get(), &kLookAgain);
  }
}

absl::StatusOr<std::unique_ptr<HttpServer>> HttpServer::Start(ListenSocket socket,
                                                              std::map<std::string, Page> pages) {
  auto loop = std::make_unique<Loop>(std::move(socket), std::move(pages));
  if (absl::Status started = loop->Start(); !started.ok()) return started;
  return std::unique_ptr<HttpServer>(new HttpServer(std::move(loop)));
}

HttpServer::HttpServer(std::unique_ptr<Loop> loop) : loop_(std::move(loop)) {}

HttpServer::~HttpServer() = default;

const std::string& HttpServer::address() const { return loop_->address(); }

void HttpServer::Stop() { loop_->Stop(); }

}  // namespace broadsheet::server
