// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/commands/shared/server_channel.h"

#include <utility>

#include "absl/strings/str_format.h"
#include "absl/time/time.h"
#include "engine/tls/handshake.h"

namespace broadsheet::commands {
namespace {

using tls::HandshakeFault;

// To find out why a connection fails is not worth a longer wait.
constexpr absl::Duration kProbePatience = absl::Seconds(2);

std::string RemedyOfHandshake(HandshakeFault fault) {
  switch (fault) {
    case HandshakeFault::kHungUp:
      return "it may have as many connections open as it takes: try again shortly";
    case HandshakeFault::kSpeaksTls:
      return "add --tls, and --tls-ca FILE if its certificate is of an authority of your own";
    case HandshakeFault::kSpeaksNoTls:
      return "name the address at which it does, or leave out --tls";
    case HandshakeFault::kUnknownAuthority:
      return "name that authority's certificate with --tls-ca FILE";
    case HandshakeFault::kExpired:
    case HandshakeFault::kNotYetValid:
      return "whoever runs it has to replace it, unless the clock of this machine is wrong";
    case HandshakeFault::kOtherName:
      return "use one of these names in the address, or say with --tls-name NAME which to expect";
    case HandshakeFault::kWantsCertificate:
      return "show one with --tls-cert FILE --tls-key FILE";
    case HandshakeFault::kRefusesCertificate:
      return "show one of an authority that it trusts (--tls-client-ca of broadsheetd)";
    case HandshakeFault::kOtherCertificateFault:
    case HandshakeFault::kNone:
      return "";
  }
  return "";
}

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
  const std::string remedy = RemedyOfHandshake(finding.fault);
  return absl::UnavailableError(absl::StrFormat("the server at %s %s%s%s", server, finding.text,
                                                remedy.empty() ? "" : "; ", remedy));
}

}  // namespace broadsheet::commands
