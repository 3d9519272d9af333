// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/tls/channel_security.h"

#include <cstdlib>

#include "absl/strings/str_format.h"
#include "engine/base/bearer_token.h"
#include "engine/tls/key_pair.h"

namespace broadsheet::tls {
namespace {

// Of Debian's package ca-certificates; SSL_CERT_FILE names another, as for other programs.
constexpr const char* kAuthoritiesOfMachine = "/etc/ssl/certs/ca-certificates.crt";

std::string AuthoritiesOfMachine() {
  const char* set = std::getenv("SSL_CERT_FILE");
  return set == nullptr || *set == '\0' ? kAuthoritiesOfMachine : set;
}

}  // namespace

bool MaySendSecrets(const ChannelSecurity& security, const std::string& server, bool told_to) {
  return security.is_on() || told_to || base::IsOnThisMachine(server);
}

absl::StatusOr<ChannelKeys> ReadChannelKeys(const ChannelSecurity& security) {
  if (security.certificate_file.empty() != security.key_file.empty()) {
    return absl::InvalidArgumentError(
        security.key_file.empty() ? "a certificate was given without the file of its private key"
                                  : "a private key was given without the file of its certificate");
  }
  const bool own = !security.authorities_file.empty();
  absl::StatusOr<std::string> authorities =
      ReadAuthorities(own ? security.authorities_file : AuthoritiesOfMachine());
  if (!authorities.ok() && !own && absl::IsNotFound(authorities.status())) {
    return absl::NotFoundError(
        absl::StrFormat("this machine knows no authority for certificates: %s",
                        std::string(authorities.status().message())));
  }
  if (!authorities.ok()) return authorities.status();
  ChannelKeys keys{.authorities = *std::move(authorities), .certificate = {}, .key = {}};
  if (security.certificate_file.empty()) return keys;
  absl::StatusOr<KeyPair> pair = ReadKeyPair(security.certificate_file, security.key_file);
  if (!pair.ok()) return pair.status();
  keys.certificate = std::move(pair->certificate);
  keys.key = std::move(pair->key);
  return keys;
}

}  // namespace broadsheet::tls
