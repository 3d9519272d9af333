// SPDX-License-Identifier: GPL-3.0-or-later
// The options that protect the connection to a server, and what helps when that fails.
#pragma once

#include <grpcpp/security/credentials.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "engine/tls/channel_security.h"

namespace broadsheet::client {

// Adds --tls and the options of its files to `app`. `security` has the defaults, and outlives it.
void DeclareProtection(CLI::App& app, tls::ChannelSecurity& security);

// Forgets all of `security` if the command line has --no-tls.
void ApplyNoTls(const CLI::App& app, tls::ChannelSecurity& security);

// What the option `name`, such as "--tls-ca", sets in `security`; nothing for other names.
void SetProtection(const std::string& name, const std::string& value,
                   tls::ChannelSecurity& security);

// The options of a command line that mean `security` where `usual` is set: " --tls-ca ca.pem".
std::string ProtectionText(const tls::ChannelSecurity& security, const tls::ChannelSecurity& usual);

// Errors of tls::ReadChannelKeys; INVALID_ARGUMENT or FAILED_PRECONDITION, for a person.
absl::StatusOr<std::shared_ptr<grpc::ChannelCredentials>> MakeCredentials(
    const tls::ChannelSecurity& security);

// tls::WhyNotConnected, with the names of this program's options, fit for a terminal.
std::string WhyNotConnected(const std::string& server, const tls::ChannelSecurity& security,
                            const std::string& failure, const std::string& when_absent);

}  // namespace broadsheet::client
