// SPDX-License-Identifier: GPL-3.0-or-later
// The options of broadsheet-desk. Each member is an option of the command line; its comment is the
// long form of the help text.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "desk/http/http_server.h"
#include "engine/tls/channel_security.h"

namespace broadsheet::desk {

struct DeskOptions {
  // --server, or the environment's BROADSHEET_SERVER: the broadsheetd to ask, as HOST:PORT or
  // unix:PATH.
  std::string server = "127.0.0.1:6460";
  // --tls, --tls-ca and the like: how the connection to it is protected.
  tls::ChannelSecurity security = {};
  // --listen: IP:PORT, [IPV6]:PORT or unix:PATH; port 0 = any free one.
  std::string listen = "127.0.0.1:6480";
  // --insecure: other machines may connect, and a server on another one is asked, unencrypted.
  bool insecure = false;
  // --allow-host: a name under which browsers reach the desk, beside those of loopback.
  std::vector<std::string> hosts = {};
  // --base-path: what stands before every path, such as "/news"; "" = nothing.
  std::string base_path = {};
  // --time-zone: IANA zone of dates and times for readers who choose none; "" = times as articles
  // state them, dates in UTC.
  std::string zone = {};
  // --timeout: seconds that the server has for an answer.
  int timeout_seconds = 10;
  // --threads, --queue, --max-streams, --max-connections, --idle, --receive, --drain.
  HttpLimits limits = {};
};

// The options; or, if the desk must not run, the exit status: 0 after --help or --version (printed
// to standard output), 2 after a mistake (explained on standard error).
struct CommandLine {
  std::optional<DeskOptions> options;
  int exit_status = 0;
};

CommandLine ParseCommandLine(int argc, const char* const* argv);

}  // namespace broadsheet::desk
