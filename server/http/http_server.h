// SPDX-License-Identifier: GPL-3.0-or-later
// Serves pages over HTTP/1.1, to programs that ask now and then, such as a metrics scraper. Not for
// readers: there is no encryption, and one thread makes all pages.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "server/admission/listen_socket.h"

namespace broadsheet::server {

struct HttpAnswer {
  int status = 200;
  std::string content_type = "text/plain; charset=utf-8";
  std::string body = {};
};

// Owns one thread and the listening socket.
class HttpServer {
 public:
  // Makes a page. Called in the server's thread, one at a time; it may take milliseconds, not
  // seconds. Must not throw.
  using Page = std::function<HttpAnswer()>;

  // Serves `pages` by their paths ("/metrics") to GET and HEAD; others get 404 and 405. A request
  // has at most 8 KiB of headers and no body, a caller who is silent for five seconds is cut off,
  // and of connections that are open at a time there are few; more wait until one ends.
  // FAILED_PRECONDITION when the socket cannot listen.
  static absl::StatusOr<std::unique_ptr<HttpServer>> Start(ListenSocket socket,
                                                           std::map<std::string, Page> pages);
  // As Stop().
  ~HttpServer();
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;

  // The address, with the chosen port in place of port 0.
  const std::string& address() const;

  // Ends the thread and all connections; no page is made afterwards. May be called again.
  void Stop();

 private:
  // What libevent knows, which no other header has to.
  class Loop;
  explicit HttpServer(std::unique_ptr<Loop> loop);

  const std::unique_ptr<Loop> loop_;
};

}  // namespace broadsheet::server
