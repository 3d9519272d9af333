// SPDX-License-Identifier: GPL-3.0-or-later
// The token by which a server knows who calls, and the options that name it.
#pragma once

#include <grpcpp/client_context.h>

#include <CLI/CLI.hpp>
#include <string>

#include "absl/status/statusor.h"
#include "engine/tls/channel_security.h"

namespace broadsheet::commands {

struct TokenOptions {
  // Empty = that of the environment, if there is one.
  std::string file;
  // Whether it may be sent to another machine unencrypted.
  bool insecure = false;

  // --token-file and --insecure.
  void AddTo(CLI::App& command);
};

// The token to show to `server`; "" when there is none. Errors of base::ReadToken;
// FAILED_PRECONDITION when all between could read it.
absl::StatusOr<std::string> TokenFor(const std::string& server,
                                     const tls::ChannelSecurity& security,
                                     const TokenOptions& options);

// Has the call of `context` show `token`, unless that is empty.
void ShowToken(const std::string& token, grpc::ClientContext& context);

}  // namespace broadsheet::commands
