// SPDX-License-Identifier: GPL-3.0-or-later
// Why no connection to a server comes about although something takes connections at its address.
// gRPC says no more than that it failed, so the handshake is done once more, by ourselves.
#pragma once

#include <string>

#include "absl/time/time.h"
#include "engine/tls/channel_security.h"

namespace broadsheet::tls {

enum class HandshakeFault {
  kNone,  // nothing amiss was found
  kNotReached,
  kHungUp,
  kSpeaksTls,
  kSpeaksNoTls,
  kUnknownAuthority,
  kExpired,
  kNotYetValid,
  kOtherName,
  kOtherCertificateFault,
  kWantsCertificate,
  kRefusesCertificate,
};

struct HandshakeFinding {
  HandshakeFault fault = HandshakeFault::kNone;
  // For a person, to follow "the server at ADDRESS"; "" for kNone. For kNotReached the system's
  // own words, such as "Connection refused".
  std::string text;
};

// Connects to `address` ("host:port", "[ipv6]:port" or "unix:path") as `security` says. Waits at
// most about `patience` for each answer.
HandshakeFinding ProbeHandshake(const std::string& address, const ChannelSecurity& security,
                                absl::Duration patience);

}  // namespace broadsheet::tls
