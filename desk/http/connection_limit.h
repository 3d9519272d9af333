// SPDX-License-Identifier: GPL-3.0-or-later
// Bounds how many connections are open, which evhttp of libevent 2.1 cannot do by itself.
#pragma once

#include <event2/bufferevent.h>
#include <event2/event.h>
#include <event2/http.h>
#include <event2/listener.h>
#include <sys/types.h>

#include <cstddef>
#include <vector>

#include "absl/time/time.h"
#include "desk/http/event_owner.h"
#include "engine/base/steady_time.h"

namespace broadsheet::desk {

// Watches the connections of one evhttp. When as many are open as may be, it closes the one that
// has had no request under way for longest, if that is `least_idle` or more; while there is none,
// nobody is accepted. For the loop's thread alone; must outlive `http`.
class ConnectionLimit {
 public:
  // `listener` is the one that `http` accepts from.
  ConnectionLimit(event_base* base, evhttp* http, evconnlistener* listener, size_t most,
                  absl::Duration least_idle);
  ConnectionLimit(const ConnectionLimit&) = delete;
  ConnectionLimit& operator=(const ConnectionLimit&) = delete;

  // A request on this connection begins to be answered, or ends.
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
  };

  static bufferevent* OnAccept(event_base* base, void* self);
  static bool IsOpen(const Accepted& connection);
  void Register();
  void KeepWithinLimit();
  bool CloseLongestIdle();
  Accepted* Find(evhttp_connection* connection);

  event_base* const base_;
  evconnlistener* const listener_;
  const size_t most_;
  const absl::Duration least_idle_;
  bool closed_ = false;
  std::vector<bufferevent*> just_accepted_;
  std::vector<Accepted> accepted_;
  EventPtr register_;
  EventPtr retry_;
};

}  // namespace broadsheet::desk
