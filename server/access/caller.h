// SPDX-License-Identifier: GPL-3.0-or-later
// Who makes a call, and by what the server knows it.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "engine/access/role.h"
#include "engine/access/token.h"
#include "engine/query/licence.h"
#include "server/access/rate_limit.h"

namespace broadsheet::server {

// Immutable; shared by the calls of one caller.
struct Caller {
  // "" where the server asks nobody who they are.
  std::string name;
  access::Roles roles;
  // What of the articles it may be told of; null = all.
  std::shared_ptr<const query::Licence> licence = nullptr;
  // How many calls it may make; null = any number.
  std::shared_ptr<RateLimit> rate = nullptr;
};

// What a call shows of who makes it. Holds no token, only its hash.
struct Credential {
  enum class Kind : uint8_t {
    kNone,
    kToken,
    kUnreadable,   // an `authorization` that is no token of ours, or several
    kIdentity,     // told by the front
    kCertificate,  // of the connection
  };
  Kind kind = Kind::kNone;
  access::TokenHash token = {};
  // The names that a certificate has, or the one identity.
  std::vector<std::string> names = {};
};

}  // namespace broadsheet::server
