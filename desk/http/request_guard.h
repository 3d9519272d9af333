// SPDX-License-Identifier: GPL-3.0-or-later
// Refuses requests that a page of somebody else made a browser send: for another host name (DNS
// rebinding), or from another origin.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "desk/http/message.h"

namespace broadsheet::desk {

// Immutable; safe from any thread.
class RequestGuard {
 public:
  // Lets through requests for this machine's loopback names and for `hosts`, whatever the port.
  explicit RequestGuard(std::vector<std::string> hosts);

  // The reply that refuses `request`; nullopt when it may be answered.
  std::optional<HttpReply> Refuse(const HttpRequest& request) const;

 private:
  bool Knows(std::string_view host) const;

  const std::vector<std::string> hosts_;
};

// Adds what tells a browser to trust a reply no further than it must.
void AddSecurityHeaders(HttpReply& reply);

}  // namespace broadsheet::desk
