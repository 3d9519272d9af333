// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/commands/shared/server_channel.h"

#include <utility>

#include "absl/strings/str_format.h"
#include "absl/time/time.h"
#include "engine/tls/handshake.h"
#include "engine/tls/way_out.h"

namespace broadsheet::commands {
namespace {

using tls::HandshakeFault;

// To find out why a connection fails is not worth a longer wait.
constexpr absl::Duration kProbePatience = absl::Seconds(2);

constexpr tls::SecurityOptions kOptionNames = {
    .encrypt = "--tls",
    .do_not_encrypt = "leave out --tls",
    .authorities = "--tls-ca",
    .certificate = "--tls-cert",
    .key = "--tls-key",
    .server_name = "--tls-name",
    .of_server = "--tls-client-ca of broadsheetd",
};

}  // namespace

void AddProtectionOptions(CLI::App& command, tls::ChannelSecurity& security) {
  constexpr const char* kGroup = "TLS, to the server";
  command
      .add_flag("--tls", security.encrypt,
                "Encrypt, and make sure who the server is; any of these options means it, too")
      ->envname("BROADSHEET_TLS")
      ->group(kGroup);
  const auto add = [&](const char* name, std::string& value, const char* variable, const char* type,
                       const char* help) {
    command.add_option(name, value, help)->envname(variable)->type_name(type)->group(kGroup);
  };
  add("--tls-ca", security.authorities_file, "BROADSHEET_TLS_CA", "FILE",
      "Trust the authorities in this PEM file, in place of the machine's");
  add("--tls-cert", security.certificate_file, "BROADSHEET_TLS_CERT", "FILE",
      "Certificate to show a server that asks who calls, as PEM");
  add("--tls-key", security.key_file, "BROADSHEET_TLS_KEY", "FILE", "Its private key, as PEM");
  add("--tls-name", security.server_name, "BROADSHEET_TLS_NAME", "NAME",
      "Name in the server's certificate, if not the one in its address");
}

absl::StatusOr<std::shared_ptr<grpc::Channel>> OpenChannel(const std::string& server,
                                                           const tls::ChannelSecurity& security,
                                                           grpc::ChannelArguments arguments) {
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
                           const std::string& otherwise) {
  const tls::HandshakeFinding finding = tls::ProbeHandshake(server, security, kProbePatience);
  if (finding.fault == HandshakeFault::kNone) {
    return absl::UnavailableError(
        absl::StrFormat("no server answers at %s; %s", server, otherwise));
  }
  const std::string remedy = tls::WayOutOf(finding.fault, kOptionNames);
  return absl::UnavailableError(absl::StrFormat("the server at %s %s%s%s", server, finding.text,
                                                remedy.empty() ? "" : "; ", remedy));
}

}  // namespace broadsheet::commands
