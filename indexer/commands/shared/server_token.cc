// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/commands/shared/server_token.h"

#include "absl/strings/str_format.h"
#include "engine/base/bearer_token.h"

namespace broadsheet::commands {

void TokenOptions::AddTo(CLI::App& command) {
  command
      .add_option("--token-file", file,
                  "File of the token by which the server knows you; else BROADSHEET_TOKEN has it")
      ->type_name("FILE");
  command.add_flag("--insecure", insecure,
                   "Send the token to another machine unencrypted, where all between can read it");
}

absl::StatusOr<std::string> TokenFor(const std::string& server,
                                     const tls::ChannelSecurity& security,
                                     const TokenOptions& options) {
  absl::StatusOr<std::string> token =
      options.file.empty() ? base::TokenOfEnvironment() : base::ReadToken(options.file);
  if (!token.ok() || token->empty()) return token;
  if (tls::MaySendSecrets(security, server, options.insecure)) return token;
  return absl::FailedPreconditionError(absl::StrFormat(
      "the token is not sent to %s, since the connection is not encrypted and all between could "
      "read it; encrypt it with --tls, or send it all the same with --insecure",
      server));
}

void ShowToken(const std::string& token, grpc::ClientContext& context) {
  if (!token.empty()) context.AddMetadata("authorization", base::AuthorizationOf(token));
}

}  // namespace broadsheet::commands
