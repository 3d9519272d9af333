// SPDX-License-Identifier: GPL-3.0-or-later
// Bounds how many connections are open, and how long each may take to send a request: neither can
// evhttp of libevent 2.1 do by itself.
#pragma once

#include <event2/bufferevent.h>
#include <event2/event.h>
#include <event2/http.h>
#include <event2/listener.h>
#include <sys/types.h>

#include <cstddef>
#include <list>
#include <vector>

#include "absl/time/time.h"
#include "desk/http/event_owner.h"
#include "engine/base/steady_time.h"

namespace broadsheet::desk {

struct ConnectionBounds {
  // How many are open. Beyond that, the one that has had no request under way for longest is closed
  // if that is `least_idle` or more; while there is none, nobody is accepted.
  size_t most;
  absl::Duration least_idle;
  // From the first byte of a request to its last: later ones are answered 408 and closed. evhttp's
  // own limit begins anew with every byte that comes.
  absl::Duration receive;
};

// Watches the connections of one evhttp. For the loop's thread alone; must outlive `http`.
class ConnectionLimit {
 public:
  // `listener` is the one that `http` accepts from.
  ConnectionLimit(event_base* base, evhttp* http, evconnlistener* listener,
                  ConnectionBounds bounds);
  ConnectionLimit(const ConnectionLimit&) = delete;
  ConnectionLimit& operator=(const ConnectionLimit&) = delete;

  // A request has come on this connection, or has been answered.
  void OnRequest(evhttp_connection* connection);
  void OnReply(evhttp_connection* connection);

  // Accepts nobody any more.
  void Close();

 private:
  // An accepted connection. evhttp does not say when it closes one, so it is known by its socket's
  // inode, which another connection with the same descriptor does not have.
  struct Accepted {
    int fd;
    ino_t inode;
    bool busy;
    base::SteadyTime idle_since;
    // What has come and is not read yet. evhttp frees it in the moment in which it closes `fd`.
    evbuffer* input;
    // How long a request may take, and what runs when the one that is coming has taken longer.
    timeval receive;
    EventPtr overdue;
  };

  static bufferevent* OnAccept(event_base* base, void* self);
  static void OnInput(evbuffer* input, const evbuffer_cb_info* change, void* connection);
  static void OnOverdue(evutil_socket_t fd, EventKind kind, void* connection);
  static bool IsOpen(const Accepted& connection);
  void Register();
  void KeepWithinLimit();
  bool CloseLongestIdle();
  Accepted* Find(evhttp_connection* connection);

  event_base* const base_;
  evconnlistener* const listener_;
  const ConnectionBounds bounds_;
  bool closed_ = false;
  std::vector<bufferevent*> just_accepted_;
  // Callbacks point to its elements.
  std::list<Accepted> accepted_;
  EventPtr register_;
  EventPtr retry_;
};

}  // namespace broadsheet::desk
