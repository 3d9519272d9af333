// SPDX-License-Identifier: GPL-3.0-or-later
// Serves HTTP/1.1 on one socket: libevent's evhttp behind an interface of ours.
//
// Threads: the one in Run() owns everything of libevent, reads requests and writes replies, and
// never waits for anything else. Handlers run in threads of two pools, one for replies that are
// made at once and one for those that go on (streams), so that streams do not keep pages waiting.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>

#include "absl/time/time.h"
#include "desk/http/exchange.h"
#include "desk/http/listener.h"

namespace broadsheet::desk {

struct HttpLimits {
  size_t max_header_bytes = 16 << 10;
  size_t max_body_bytes = 1 << 20;
  size_t max_connections = 512;
  // When as many are open, one that has asked for nothing for this long makes way for a new one.
  absl::Duration least_idle = absl::Seconds(5);
  // How long a connection may neither send nor take anything.
  absl::Duration idle = absl::Seconds(60);
  // How long a request may take to come, from its first byte to its last.
  absl::Duration receive = absl::Seconds(30);
  // Requests answered at a time, and how many may wait besides.
  size_t threads = 16;
  size_t queue = 64;
  // Streams at a time; further ones are refused.
  size_t streams = 32;
  // How long requests under way may go on after Stop().
  absl::Duration drain = absl::Seconds(10);
};

class HttpServer {
 public:
  // `handler` answers every request that HTTP itself does not refuse; `is_stream` says which it
  // answers with Begin(). Both are called from any thread.
  HttpServer(Listener listener, HttpLimits limits,
             std::function<bool(const HttpRequest&)> is_stream, HttpHandler handler);
  // Run() has returned.
  ~HttpServer();
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;

  const Listener& listener() const;

  // Serves until Stop(), SIGTERM or SIGINT; then answers what is under way, and returns. Ends the
  // streams. Call it once.
  void Run();
  // Safe from any thread.
  void Stop();

 private:
  class Impl;
  const std::unique_ptr<Impl> impl_;
};

}  // namespace broadsheet::desk
