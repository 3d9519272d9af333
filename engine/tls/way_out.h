// SPDX-License-Identifier: GPL-3.0-or-later
// What a person can do when a connection or its handshake fails. It is the same for every program
// that connects to a server; what the options for it are called is the program's to say.
#pragma once

#include <string>
#include <string_view>

#include "engine/tls/handshake.h"

namespace broadsheet::tls {

// How a program names what ChannelSecurity has.
struct SecurityOptions {
  std::string_view encrypt;
  // What to do in order not to encrypt, to follow "or".
  std::string_view do_not_encrypt;
  std::string_view authorities;
  std::string_view certificate;
  std::string_view key;
  std::string_view server_name;
  // By which a server is told of the authorities that it trusts.
  std::string_view of_server;
};

// A clause without a full stop; "" where nothing helps.
std::string WayOutOf(HandshakeFault fault, const SecurityOptions& options);

// Why gRPC's connection to the server at `address` failed, and what helps, as one sentence without
// a full stop. Asks the server by ProbeHandshake, for some seconds at most. `when_absent` follows
// "no server answers at ADDRESS (Connection refused); ". Should the probe find nothing amiss, the
// reason is `failure`, gRPC's own account. Both may be "".
std::string WhyNotConnected(const std::string& address, const ChannelSecurity& security,
                            const SecurityOptions& options, const std::string& failure,
                            const std::string& when_absent);

}  // namespace broadsheet::tls
