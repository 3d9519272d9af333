// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/commands/shared/server_channel.h"

#include <utility>

#include "arguments/tls_options.h"
#include "engine/base/bearer_token.h"
#include "engine/tls/way_out.h"

namespace broadsheet::commands {
namespace {

constexpr tls::SecurityOptions kOptionNames = arguments::TlsOptionNames("leave out --tls");

}  // namespace

void AddProtectionOptions(CLI::App& command, tls::ChannelSecurity& security) {
  constexpr const char* kGroup = "TLS, to the server";
  command
      .add_flag("--tls", security.encrypt,
                "Encrypt, and make sure who the server is; any of these options means it, too")
      ->envname("BROADSHEET_TLS")
      ->group(kGroup);
  for (const arguments::TlsOption& each : arguments::kTlsOptions) {
    command.add_option(each.name, security.*each.value, each.help)
        ->envname(each.variable)
        ->type_name(each.type)
        ->group(kGroup);
  }
}

absl::StatusOr<std::shared_ptr<grpc::Channel>> OpenChannel(const std::string& server,
                                                           const tls::ChannelSecurity& security,
                                                           grpc::ChannelArguments arguments) {
  // A proxy for the web, which the environment may name, is no way to this machine; and what is
  // sent to this machine does not leave it.
  if (base::IsOnThisMachine(server)) arguments.SetInt(GRPC_ARG_ENABLE_HTTP_PROXY, 0);
  if (!security.is_on()) {
    return grpc::CreateCustomChannel(server, grpc::InsecureChannelCredentials(), arguments);
  }
  absl::StatusOr<tls::ChannelKeys> keys = tls::ReadChannelKeys(security);
  if (!keys.ok()) return keys.status();
  if (!security.server_name.empty()) arguments.SetSslTargetNameOverride(security.server_name);
  return grpc::CreateCustomChannel(
      server,
      grpc::SslCredentials({.pem_root_certs = std::move(keys->authorities),
                            .pem_private_key = std::move(keys->key),
                            .pem_cert_chain = std::move(keys->certificate)}),
      arguments);
}

absl::Status CannotConnect(const std::string& server, const tls::ChannelSecurity& security,
                           const std::string& failure, const std::string& remedy) {
  return absl::UnavailableError(
      tls::WhyNotConnected(server, security, kOptionNames, failure, remedy));
}

}  // namespace broadsheet::commands
