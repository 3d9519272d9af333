// SPDX-License-Identifier: GPL-3.0-or-later
// Which part of the desk answers which path.
#pragma once

#include <optional>
#include <string>

#include "desk/calls/backend.h"
#include "desk/http/exchange.h"
#include "desk/http/request_guard.h"
#include "desk/pages/page_frame.h"

namespace broadsheet::desk {

// Safe from any thread.
class Router {
 public:
  // `backend` outlives the router.
  Router(Backend& backend, DeskSettings settings, RequestGuard guard);

  // Whether the answer goes on for longer than a call.
  bool IsStream(const HttpRequest& request) const;
  void Answer(Exchange& exchange) const;

 private:
  // The path without the desk's base path; nullopt when it does not begin with it.
  std::optional<std::string> PathOf(const HttpRequest& request) const;
  HttpReply Route(const HttpRequest& request, const std::optional<std::string>& path) const;
  HttpReply Page(const HttpRequest& request, const std::string& path) const;
  HttpReply Elsewhere(const HttpRequest& request) const;
  HttpReply NoText() const;
  void Stream(const std::string& path, Exchange& exchange) const;

  Backend& backend_;
  const DeskSettings settings_;
  const RequestGuard guard_;
};

}  // namespace broadsheet::desk
