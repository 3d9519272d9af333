// SPDX-License-Identifier: GPL-3.0-or-later
// How a client protects its connection to a server.
#pragma once

#include <string>

#include "absl/status/statusor.h"

namespace broadsheet::tls {

// What a person has set; empty where nothing was.
struct ChannelSecurity {
  // Encrypt, and make sure who the server is.
  bool encrypt = false;
  // Trust these authorities in place of the machine's.
  std::string authorities_file = {};
  // What to show a server that asks who calls: both or none.
  std::string certificate_file = {};
  std::string key_file = {};
  // The name that the server's certificate has to have, if not the one in its address.
  std::string server_name = {};

  // Whoever sets any of these means TLS.
  bool is_on() const {
    return encrypt || !authorities_file.empty() || !certificate_file.empty() || !key_file.empty() ||
           !server_name.empty();
  }
  bool operator==(const ChannelSecurity&) const = default;
};

// Whether something secret may be sent to `server`: encrypted, or it stays on this machine, or a
// person said that it may be sent all the same.
bool MaySendSecrets(const ChannelSecurity& security, const std::string& server, bool told_to);

// What ChannelSecurity names, with its files read, as PEM.
struct ChannelKeys {
  std::string authorities;
  std::string certificate;
  std::string key;
};

// What `security`, which is on, names. Errors of ReadKeyPair and ReadAuthorities; INVALID_ARGUMENT
// when a certificate was given without its key, or a key without its certificate; NOT_FOUND when
// this machine has no authorities of its own.
absl::StatusOr<ChannelKeys> ReadChannelKeys(const ChannelSecurity& security);

}  // namespace broadsheet::tls
