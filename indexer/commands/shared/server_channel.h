// SPDX-License-Identifier: GPL-3.0-or-later
// The channel to a server, and the options that protect it.
#pragma once

#include <grpcpp/grpcpp.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "engine/tls/channel_security.h"

namespace broadsheet::commands {

// Adds --tls and the options of its files, which the environment's BROADSHEET_TLS... set, too.
// `security` outlives `command`.
void AddProtectionOptions(CLI::App& command, tls::ChannelSecurity& security);

// Errors of tls::ReadChannelKeys.
absl::StatusOr<std::shared_ptr<grpc::Channel>> OpenChannel(const std::string& server,
                                                           const tls::ChannelSecurity& security,
                                                           grpc::ChannelArguments arguments = {});

// UNAVAILABLE, with the remedy: why the server, which is not silent, could not be connected to.
// `failure` is gRPC's account of it; `remedy` follows "no server answers at ADDRESS (REASON); "
// when nobody is there. Both may be "".
absl::Status CannotConnect(const std::string& server, const tls::ChannelSecurity& security,
                           const std::string& failure, const std::string& remedy);

}  // namespace broadsheet::commands
