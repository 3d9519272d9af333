// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/session/channel_protection.h"

#include <grpcpp/grpcpp.h>

#include <utility>

#include "arguments/tls_options.h"
#include "client/session/option.h"
#include "client/view/terminal.h"
#include "engine/base/shell_word.h"
#include "engine/tls/way_out.h"

namespace broadsheet::client {
namespace {

using arguments::kTlsOptions;
using arguments::TlsOption;
using tls::ChannelSecurity;

constexpr tls::SecurityOptions kOptionNames =
    arguments::TlsOptionNames("leave TLS out with --no-tls");

}  // namespace

void DeclareProtection(CLI::App& app, ChannelSecurity& security) {
  app.add_flag("--tls,!--no-tls", security.encrypt,
               "Encrypt, and make sure who the server is; any of the options below means it, too");
  for (const TlsOption& each : kTlsOptions) {
    AddOption(app, each.name, security.*each.value, each.help)->option_text(each.type);
  }
}

void ApplyNoTls(const CLI::App& app, ChannelSecurity& security) {
  if (app.count("--tls") > 0 && !security.encrypt) security = {};
}

void SetProtection(const std::string& name, const std::string& value, ChannelSecurity& security) {
  for (const TlsOption& each : kTlsOptions) {
    if (name == each.name) security.*each.value = value;
  }
}

std::string ProtectionText(const ChannelSecurity& security, const ChannelSecurity& usual) {
  if (security == usual) return "";
  if (!security.is_on()) return " --no-tls";
  std::string text = security.encrypt && !usual.encrypt ? " --tls" : "";
  for (const TlsOption& each : kTlsOptions) {
    const std::string& value = security.*each.value;
    if (value != usual.*each.value) text += base::ShellOption(each.name, value);
  }
  return text;
}

absl::StatusOr<std::shared_ptr<grpc::ChannelCredentials>> MakeCredentials(
    const ChannelSecurity& security) {
  if (!security.is_on()) return grpc::InsecureChannelCredentials();
  absl::StatusOr<tls::ChannelKeys> keys = tls::ReadChannelKeys(security);
  if (!keys.ok()) return keys.status();
  return grpc::SslCredentials({.pem_root_certs = std::move(keys->authorities),
                               .pem_private_key = std::move(keys->key),
                               .pem_cert_chain = std::move(keys->certificate)});
}

std::string WhyNotConnected(const std::string& server, const ChannelSecurity& security,
                            const std::string& failure, const std::string& when_absent) {
  return Sanitized(tls::WhyNotConnected(server, security, kOptionNames, failure, when_absent));
}

}  // namespace broadsheet::client
