// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/options.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <iostream>
#include <string_view>

#include "absl/strings/ascii.h"
#include "absl/time/time.h"
#include "arguments/mistyped.h"
#include "client/session/channel_protection.h"

namespace broadsheet::desk {
namespace {

constexpr int kUsageError = 2;

constexpr const char* kDescription =
    "broadsheet-desk: searches a Broadsheet server in a browser, and over HTTP with JSON\n\n"
    "It has no index of its own: every page is made of answers of broadsheetd, which it asks with\n"
    "the caller's Authorization header. It speaks plain HTTP/1.1, so it listens on this machine\n"
    "alone unless told otherwise; for others put nginx or Apache in front (docs/desk.md).";

struct RawOptions {
  double idle_seconds = 60;
  double receive_seconds = 30;
  double drain_seconds = 10;
};

// "/news/" -> "/news". Throws what CLI11 tells the user.
std::string BasePath(std::string path) {
  while (path.ends_with('/')) path.pop_back();
  const bool plain = std::all_of(path.begin(), path.end(), [](unsigned char c) {
    return absl::ascii_isalnum(c) ||
           std::string_view("-._~/").find(static_cast<char>(c)) != std::string_view::npos;
  });
  if (path.empty() || (path.starts_with('/') && plain && path.find("//") == std::string::npos)) {
    return path;
  }
  throw CLI::ValidationError("--base-path",
                             "expected a path such as /news, of letters, digits and \"-._~/\"");
}

void AddServing(CLI::App& app, DeskOptions& options) {
  app.add_option("--server", options.server, "The broadsheetd to ask: HOST:PORT or unix:PATH")
      ->envname("BROADSHEET_SERVER")
      ->capture_default_str()
      ->type_name("ADDR");
  client::DeclareProtection(app, options.security);
  app.add_option("--listen", options.listen, "IP:PORT or unix:PATH; port 0 = any free one")
      ->capture_default_str()
      ->type_name("ADDR");
  app.add_flag("--insecure", options.insecure,
               "Let other machines connect, and ask a server on another one, unencrypted");
  app.add_option("--allow-host", options.hosts,
                 "Name under which browsers reach the desk through a front, e.g. news.example "
                 "(again: that too); names of this machine's loopback are allowed already")
      ->type_name("NAME");
  app.add_option("--base-path", options.base_path,
                 "Path below which browsers reach the desk, e.g. /news for "
                 "https://intranet.example/news/; the front passes addresses on with it")
      ->type_name("PATH")
      ->transform(BasePath);
  app.add_option("--time-zone", options.zone,
                 "IANA zone of dates and times for readers who choose none (default: times as "
                 "articles state them, dates in UTC)")
      ->type_name("ZONE")
      ->check([](const std::string& zone) {
        absl::TimeZone loaded;
        return absl::LoadTimeZone(zone, &loaded)
                   ? std::string()
                   : "unknown time zone \"" + zone + "\"; names are such as America/New_York";
      });
  app.add_option("--timeout", options.timeout_seconds, "Seconds that the server has for an answer")
      ->capture_default_str()
      ->check(CLI::Range(1, 3600));
}

void AddLimits(CLI::App& app, HttpLimits& limits, RawOptions& raw) {
  const auto add = [&app](const char* name, size_t& value, const char* help, int most) {
    app.add_option(name, value, help)->capture_default_str()->check(CLI::Range(1, most));
  };
  add("--threads", limits.threads, "Pages made at a time", 1024);
  add("--queue", limits.queue, "Requests that may wait before more are refused", 100'000);
  add("--max-streams", limits.streams, "Exports and other streams at a time", 10'000);
  add("--max-connections", limits.max_connections,
      "Connections open at a time; idle ones make way for new ones", 100'000);
  app.add_option("--idle", raw.idle_seconds,
                 "Seconds that a connection may neither send nor take anything")
      ->capture_default_str()
      ->check(CLI::Range(0.1, 86400.0));
  app.add_option("--receive", raw.receive_seconds,
                 "Seconds that a request may take to come, from its first byte to its last")
      ->capture_default_str()
      ->check(CLI::Range(0.1, 86400.0));
  app.add_option("--drain", raw.drain_seconds, "Seconds that requests may go on after SIGTERM")
      ->capture_default_str()
      ->check(CLI::Range(0.0, 3600.0));
}

}  // namespace

CommandLine ParseCommandLine(int argc, const char* const* argv) {
  CLI::App app(kDescription, "broadsheet-desk");
  app.set_version_flag("--version", "broadsheet-desk " BROADSHEET_VERSION);
  DeskOptions options;
  RawOptions raw;
  AddServing(app, options);
  AddLimits(app, options.limits, raw);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    const bool asked = arguments::ReportEnd(app, error, std::cout, std::cerr);
    return {.options = std::nullopt, .exit_status = asked ? 0 : kUsageError};
  }
  client::ApplyNoTls(app, options.security);
  options.limits.idle = absl::Seconds(raw.idle_seconds);
  options.limits.receive = absl::Seconds(raw.receive_seconds);
  options.limits.drain = absl::Seconds(raw.drain_seconds);
  return {.options = std::move(options), .exit_status = 0};
}

}  // namespace broadsheet::desk
