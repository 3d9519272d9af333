// SPDX-License-Identifier: GPL-3.0-or-later
// What a person has set for all commands: in a file, or in the environment, which wins over it.
// Options of a command line win over both.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "engine/tls/channel_security.h"

namespace broadsheet::client {

// Empty, or absent, where nothing was set.
struct Settings {
  std::string server;
  std::string token_file = {};
  std::string time_zone;
  std::string output;
  std::string color;
  std::optional<int> timeout_seconds = {};
  bool pager = true;
  tls::ChannelSecurity security = {};
};

// $XDG_CONFIG_HOME/broadsheet/config.toml, else below ~/.config; empty when neither is known.
std::filesystem::path SettingsFile();

// What the file sets; nothing when there is none. INVALID_ARGUMENT with the line, for a person,
// when it cannot be read or has a key or value that means nothing.
absl::StatusOr<Settings> ReadSettings(const std::filesystem::path& file);

// `settings`, and over them BROADSHEET_SERVER, BROADSHEET_TIME_ZONE, BROADSHEET_OUTPUT, and
// BROADSHEET_TLS with those of its files.
Settings WithEnvironment(Settings settings);

// The IANA name of the zone that TZ names; "" when it is unset or names none.
std::string ZoneOfEnvironment();

// The IANA name of this machine's zone, that of TZ before that of /etc/localtime; "" when unknown.
std::string LocalZone();

}  // namespace broadsheet::client
