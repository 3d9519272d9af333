// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/http/connection_limit.h"

#include <event2/buffer.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/stat.h>

#include <algorithm>
#include <string_view>
#include <utility>

namespace broadsheet::desk {
namespace {

constexpr timeval kRetry = {.tv_sec = 0, .tv_usec = 100'000};

ino_t InodeOf(int fd) {
  struct stat file {};
  return fstat(fd, &file) == 0 ? file.st_ino : 0;
}

// evhttp then reads the end of this connection, and closes it.
bool End(int fd) { return shutdown(fd, SHUT_RDWR) == 0; }

}  // namespace

ConnectionLimit::ConnectionLimit(event_base* base, evhttp* http, evconnlistener* listener,
                                 ConnectionBounds bounds)
    : base_(base), listener_(listener), bounds_(bounds) {
  const auto call_register = [](evutil_socket_t /*fd*/, EventKind /*kind*/, void* self) {
    static_cast<ConnectionLimit*>(self)->Register();
  };
  const auto call_retry = [](evutil_socket_t /*fd*/, EventKind /*kind*/, void* self) {
    static_cast<ConnectionLimit*>(self)->KeepWithinLimit();
  };
  register_.reset(event_new(base_, -1, 0, call_register, this));
  retry_.reset(event_new(base_, -1, 0, call_retry, this));
  evhttp_set_bevcb(http, &ConnectionLimit::OnAccept, this);
}

bufferevent* ConnectionLimit::OnAccept(event_base* base, void* self) {
  auto& limit = *static_cast<ConnectionLimit*>(self);
  bufferevent* const accepted = bufferevent_socket_new(base, -1, BEV_OPT_CLOSE_ON_FREE);
  // Its descriptor is set when this returns. Registering comes before anything of the connection is
  // read, and so before it may be closed: an active event runs in this round of the loop.
  limit.just_accepted_.push_back(accepted);
  event_active(limit.register_.get(), EV_TIMEOUT, 0);
  // Further ones that wait already would be accepted at once.
  if (limit.accepted_.size() + limit.just_accepted_.size() >= limit.bounds_.most) {
    evconnlistener_disable(limit.listener_);
  }
  return accepted;
}

void ConnectionLimit::Register() {
  for (bufferevent* const accepted : std::exchange(just_accepted_, {})) {
    const int fd = bufferevent_getfd(accepted);
    // A reply of several parts would otherwise wait for the client's delayed acknowledgement. Not
    // so over a Unix socket, which refuses the option.
    const int on = 1;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
    Accepted& added = accepted_.emplace_back(Accepted{.fd = fd,
                                                      .inode = InodeOf(fd),
                                                      .busy = false,
                                                      .idle_since = base::SteadyNow(),
                                                      .input = bufferevent_get_input(accepted),
                                                      .receive = absl::ToTimeval(bounds_.receive),
                                                      .overdue = nullptr});
    added.overdue.reset(evtimer_new(base_, &ConnectionLimit::OnOverdue, &added));
    evbuffer_add_cb(added.input, &ConnectionLimit::OnInput, &added);
  }
  KeepWithinLimit();
}

void ConnectionLimit::OnInput(evbuffer* /*input*/, const evbuffer_cb_info* change,
                              void* connection) {
  const auto& from = *static_cast<Accepted*>(connection);
  if (change->n_added == 0 || from.busy) return;
  if (!evtimer_pending(from.overdue.get(), nullptr)) {
    evtimer_add(from.overdue.get(), &from.receive);
  }
}

void ConnectionLimit::OnOverdue(evutil_socket_t /*fd*/, EventKind /*kind*/, void* connection) {
  const auto& late = *static_cast<Accepted*>(connection);
  if (!IsOpen(late)) return;
  // Nothing else is being written: the request before has been answered. Where this does not fit
  // into the socket, the connection just ends.
  constexpr std::string_view kTimeout =
      "HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
  send(late.fd, kTimeout.data(), kTimeout.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
  End(late.fd);
}

bool ConnectionLimit::IsOpen(const Accepted& connection) {
  return connection.inode != 0 && InodeOf(connection.fd) == connection.inode;
}

void ConnectionLimit::KeepWithinLimit() {
  if (accepted_.size() >= bounds_.most) {
    std::erase_if(accepted_, [](const Accepted& connection) { return !IsOpen(connection); });
  }
  if (closed_) return;
  if (accepted_.size() < bounds_.most) {
    evconnlistener_enable(listener_);
    return;
  }
  CloseLongestIdle();
  evconnlistener_disable(listener_);
  event_add(retry_.get(), &kRetry);
}

bool ConnectionLimit::CloseLongestIdle() {
  const auto earlier = [](const Accepted& a, const Accepted& b) {
    return std::pair(a.busy, a.idle_since) < std::pair(b.busy, b.idle_since);
  };
  const auto first = std::min_element(accepted_.begin(), accepted_.end(), earlier);
  if (first == accepted_.end() || first->busy) return false;
  if (base::SteadyNow() - first->idle_since < absl::ToChronoNanoseconds(bounds_.least_idle))
    return false;
  return End(first->fd);
}

ConnectionLimit::Accepted* ConnectionLimit::Find(evhttp_connection* connection) {
  const int fd = bufferevent_getfd(evhttp_connection_get_bufferevent(connection));
  // The last of those with the same descriptor is the open one.
  const auto found = std::find_if(accepted_.rbegin(), accepted_.rend(),
                                  [fd](const Accepted& one) { return one.fd == fd; });
  return found == accepted_.rend() ? nullptr : &*found;
}

void ConnectionLimit::OnRequest(evhttp_connection* connection) {
  Accepted* const found = Find(connection);
  if (found == nullptr) return;
  found->busy = true;
  evtimer_del(found->overdue.get());
}

void ConnectionLimit::OnReply(evhttp_connection* connection) {
  Accepted* const found = Find(connection);
  if (found == nullptr) return;
  found->busy = false;
  found->idle_since = base::SteadyNow();
  // The next request has begun to come meanwhile.
  if (evbuffer_get_length(found->input) > 0) {
    evtimer_add(found->overdue.get(), &found->receive);
  }
}

void ConnectionLimit::Close() {
  closed_ = true;
  evconnlistener_disable(listener_);
}

}  // namespace broadsheet::desk
