// SPDX-License-Identifier: GPL-3.0-or-later
// Owners of libevent's objects, and a type of its callbacks.
#pragma once

#include <event2/buffer.h>
#include <event2/event.h>
#include <event2/http.h>

#include <memory>

namespace broadsheet::desk {

// libevent's type for what has happened.
using EventKind = short;  // NOLINT(google-runtime-int)

struct FreeEvent {
  void operator()(event_base* base) const { event_base_free(base); }
  void operator()(event* what) const { event_free(what); }
  void operator()(evhttp* http) const { evhttp_free(http); }
  void operator()(evbuffer* buffer) const { evbuffer_free(buffer); }
};
using EventBasePtr = std::unique_ptr<event_base, FreeEvent>;
using EventPtr = std::unique_ptr<event, FreeEvent>;
using EvhttpPtr = std::unique_ptr<evhttp, FreeEvent>;
using EvbufferPtr = std::unique_ptr<evbuffer, FreeEvent>;

}  // namespace broadsheet::desk
