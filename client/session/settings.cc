// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/session/settings.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <string_view>
#include <system_error>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "arguments/nearest_name.h"
#include "arguments/tls_options.h"
#include "client/view/terminal.h"

#define TOML_EXCEPTIONS 0
#include <toml++/toml.h>

namespace broadsheet::client {
namespace {

std::string SettingsVariable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

const std::vector<std::string>& Keys() {
  static const std::vector<std::string> keys = {"server", "token_file", "time_zone", "output",
                                                "color",  "timeout",    "pager",     "tls",
                                                "tls_ca", "tls_cert",   "tls_key",   "tls_name"};
  return keys;
}

absl::Status InLine(const std::filesystem::path& file, const toml::source_region& place,
                    const std::string& what) {
  return absl::InvalidArgumentError(Sanitized(file.string()) + ", line " +
                                    std::to_string(place.begin.line) + ": " + what);
}

// A path in which "~/" stands for the home folder, as shells have it.
std::string WithHome(const std::string& path) {
  return path.starts_with("~/") ? SettingsVariable("HOME") + path.substr(1) : path;
}

// Of any command; those without it go on as they do by themselves.
bool IsOutput(std::string_view name) {
  constexpr auto kOutputs =
      std::to_array<std::string_view>({"text", "json", "jsonl", "ids", "csv", "tsv", "lines"});
  return std::find(kOutputs.begin(), kOutputs.end(), name) != kOutputs.end();
}

// What is wrong with a value; "" = it was taken.
std::string Take(std::string_view key, const toml::node& node, Settings& settings) {
  if (key == "timeout") {
    const auto seconds = node.value_exact<int64_t>();
    if (!seconds || *seconds < 1 || *seconds > 3600) return "timeout is seconds from 1 to 3600";
    settings.timeout_seconds = static_cast<int>(*seconds);
    return "";
  }
  if (key == "pager") {
    const auto wanted = node.value_exact<bool>();
    if (wanted) settings.pager = *wanted;
    return wanted ? "" : "pager is true or false";
  }
  if (key == "tls") {
    const auto wanted = node.value_exact<bool>();
    if (wanted) settings.security.encrypt = *wanted;
    return wanted ? "" : "tls is true or false";
  }
  const auto text = node.value_exact<std::string>();
  if (!text || text->empty()) return std::string(key) + " is a text in quotes";
  if (key == "server") settings.server = *text;
  if (key == "token_file") settings.token_file = WithHome(*text);
  if (key == "time_zone") settings.time_zone = *text;
  if (key == "output") {
    if (!IsOutput(*text))
      return "output is \"text\", \"json\", \"jsonl\", \"ids\", \"csv\" or \"tsv\"";
    settings.output = *text;
  }
  if (key == "tls_ca") settings.security.authorities_file = *text;
  if (key == "tls_cert") settings.security.certificate_file = *text;
  if (key == "tls_key") settings.security.key_file = *text;
  if (key == "tls_name") settings.security.server_name = *text;
  if (key == "color") {
    if (*text != "auto" && *text != "always" && *text != "never") {
      return "color is \"auto\", \"always\" or \"never\"";
    }
    settings.color = *text;
  }
  return "";
}

bool IsZone(const std::string& name) {
  absl::TimeZone zone;
  return !name.empty() && name != "localtime" && !name.starts_with('/') &&
         absl::LoadTimeZone(name, &zone);
}

}  // namespace

std::filesystem::path SettingsFile() {
  std::filesystem::path config = SettingsVariable("XDG_CONFIG_HOME");
  if (config.empty()) {
    const std::filesystem::path home = SettingsVariable("HOME");
    if (home.empty()) return {};
    config = home / ".config";
  }
  return config / "broadsheet" / "config.toml";
}

absl::StatusOr<Settings> ReadSettings(const std::filesystem::path& file) {
  std::error_code ignored;
  if (file.empty() || !std::filesystem::exists(file, ignored)) return Settings();
  const toml::parse_result parsed = toml::parse_file(file.string());
  if (!parsed) {
    return InLine(file, parsed.error().source(), std::string(parsed.error().description()));
  }
  Settings settings;
  for (const auto& [key, node] : parsed.table()) {
    const std::string name(key.str());
    const auto& keys = Keys();
    if (std::find(keys.begin(), keys.end(), name) == keys.end()) {
      const std::string nearest = arguments::NearestName(name, keys);
      return InLine(file, key.source(),
                    "there is no key \"" + Sanitized(name) + "\"" +
                        (nearest.empty() ? "" : "; did you mean " + nearest + "?"));
    }
    const std::string mistake = Take(name, node, settings);
    if (!mistake.empty()) return InLine(file, key.source(), mistake);
  }
  return settings;
}

Settings WithEnvironment(Settings settings) {
  const auto take = [](const char* name, std::string& value) {
    if (std::string set = SettingsVariable(name); !set.empty()) value = std::move(set);
  };
  take("BROADSHEET_SERVER", settings.server);
  if (!SettingsVariable("BROADSHEET_TOKEN").empty()) settings.token_file.clear();
  take("BROADSHEET_TIME_ZONE", settings.time_zone);
  take("BROADSHEET_OUTPUT", settings.output);
  const std::string tls = SettingsVariable("BROADSHEET_TLS");
  const bool refused = tls == "0" || tls == "false";
  if (refused) settings.security = {};
  if (!tls.empty()) settings.security.encrypt = !refused;
  for (const arguments::TlsOption& each : arguments::kTlsOptions) {
    take(each.variable, settings.security.*each.value);
  }
  return settings;
}

std::string ZoneOfEnvironment() {
  std::string zone = SettingsVariable("TZ");
  if (zone.starts_with(':')) zone.erase(0, 1);
  return IsZone(zone) ? zone : "";
}

std::string LocalZone() {
  if (std::string zone = ZoneOfEnvironment(); !zone.empty()) return zone;
  std::error_code ignored;
  const std::string target = std::filesystem::canonical("/etc/localtime", ignored).string();
  constexpr std::string_view kFolder = "/zoneinfo/";
  const size_t at = target.find(kFolder);
  if (at == std::string::npos) return "";
  const std::string zone = target.substr(at + kFolder.size());
  return IsZone(zone) ? zone : "";
}

}  // namespace broadsheet::client
