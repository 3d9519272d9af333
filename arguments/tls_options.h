// SPDX-License-Identifier: GPL-3.0-or-later
// The options by which a program protects its connection to a server, beside --tls itself: the same
// in all programs that have one.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "engine/tls/channel_security.h"
#include "engine/tls/way_out.h"

namespace broadsheet::arguments {

struct TlsOption {
  const char* name;
  // In the environment.
  const char* variable;
  std::string tls::ChannelSecurity::*value;
  const char* type;
  const char* help;
};

inline constexpr std::array kTlsOptions = {
    TlsOption{"--tls-ca", "BROADSHEET_TLS_CA", &tls::ChannelSecurity::authorities_file, "FILE",
              "Trust the authorities in this PEM file, in place of the machine's"},
    TlsOption{"--tls-cert", "BROADSHEET_TLS_CERT", &tls::ChannelSecurity::certificate_file, "FILE",
              "Certificate to show a server that asks who calls, as PEM"},
    TlsOption{"--tls-key", "BROADSHEET_TLS_KEY", &tls::ChannelSecurity::key_file, "FILE",
              "Its private key, as PEM"},
    TlsOption{"--tls-name", "BROADSHEET_TLS_NAME", &tls::ChannelSecurity::server_name, "NAME",
              "Name in the server's certificate, if not the one in its address"},
};

// What WayOutOf() is told of them; `do_not_encrypt` is a program's own.
constexpr tls::SecurityOptions TlsOptionNames(std::string_view do_not_encrypt) {
  return {.encrypt = "--tls",
          .do_not_encrypt = do_not_encrypt,
          .authorities = "--tls-ca",
          .certificate = "--tls-cert",
          .key = "--tls-key",
          .server_name = "--tls-name",
          .of_server = "--tls-client-ca of broadsheetd"};
}

}  // namespace broadsheet::arguments
