// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/config_file.h"

#include <cstdlib>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "engine/schema/field_table.h"

#define TOML_EXCEPTIONS 0
#include <toml++/toml.h>

namespace broadsheet::server {
namespace {

std::string PlaceOf(const std::filesystem::path& file, const toml::source_region& source) {
  return absl::StrFormat("%s:%d: ", file.string(), source.begin.line);
}

// An option that a file may set: not what tells the program to do something else.
const CLI::Option* FindSetting(const CLI::App& app, const std::string& key) {
  for (const char* no_setting : {"help", "version", "config", "check-config"}) {
    if (key == no_setting) return nullptr;
  }
  return app.get_option_no_throw("--" + key);
}

std::string NoSuchSetting(const CLI::App& app, const std::string& key) {
  std::string meant;
  for (const CLI::Option* option : app.get_options()) {
    for (const std::string& name : option->get_lnames()) {
      if (FindSetting(app, name) != nullptr && schema::IsSlipOf(key, name)) meant = name;
    }
  }
  std::string said = absl::StrFormat("there is no setting \"%s\"", key);
  if (!meant.empty()) return said + absl::StrFormat("; did you mean %s?", meant);
  return said + "; settings have the names of the options in broadsheetd --help";
}

// `text` with the values of the variables that it names.
absl::StatusOr<std::string> WithVariables(const std::string& text) {
  std::string out;
  size_t at = 0;
  for (;;) {
    const size_t begin = text.find("${", at);
    const size_t end = begin == std::string::npos ? begin : text.find('}', begin);
    if (end == std::string::npos) return out + text.substr(at);
    const std::string name = text.substr(begin + 2, end - begin - 2);
    const char* value = std::getenv(name.c_str());
    if (value == nullptr) {
      return absl::NotFoundError(
          absl::StrFormat("the environment has no variable %s; set it, or write the value", name));
    }
    out += text.substr(at, begin - at) + value;
    at = end + 1;
  }
}

absl::StatusOr<std::string> ValueOf(const toml::node& node) {
  if (const auto text = node.value_exact<std::string>()) return WithVariables(*text);
  if (const auto number = node.value_exact<int64_t>()) return absl::StrCat(*number);
  if (const auto number = node.value_exact<double>()) return absl::StrCat(*number);
  return absl::InvalidArgumentError("its value is a text in quotes or a number");
}

// As on the command line.
absl::StatusOr<std::vector<std::string>> ArgumentsOf(const CLI::Option& option,
                                                     const std::string& name,
                                                     const toml::node& node) {
  if (option.get_items_expected_max() == 0) {
    const auto on = node.value_exact<bool>();
    if (!on) return absl::InvalidArgumentError("its value is true or false, without quotes");
    // As if it were not there, unless there is a third answer (--no-reflection): what an option
    // excludes is not excluded by leaving it out.
    if (!*on && option.get_fnames().empty()) return std::vector<std::string>();
    return std::vector<std::string>{name + (*on ? "=true" : "=false")};
  }
  std::vector<std::string> arguments;
  const auto add = [&](const toml::node& one) {
    absl::StatusOr<std::string> value = ValueOf(one);
    if (value.ok()) arguments.push_back(name + "=" + *value);
    return value.status();
  };
  if (const toml::array* list = node.as_array()) {
    for (const toml::node& one : *list) {
      if (absl::Status added = add(one); !added.ok()) return added;
    }
  } else if (absl::Status added = add(node); !added.ok()) {
    return added;
  }
  return arguments;
}

}  // namespace

ConfigFile ReadConfigFile(
    const std::filesystem::path& file, const CLI::App& app,
    const std::function<std::string(const std::vector<std::string>& arguments)>& mistake_in) {
  ConfigFile config;
  const toml::parse_result parsed = toml::parse_file(file.string());
  if (!parsed) {
    config.mistakes.push_back(PlaceOf(file, parsed.error().source()) +
                              std::string(parsed.error().description()));
    return config;
  }
  for (const auto& [key, node] : parsed.table()) {
    const std::string place = PlaceOf(file, key.source());
    const std::string name(key.str());
    const CLI::Option* option = FindSetting(app, name);
    if (option == nullptr) {
      config.mistakes.push_back(place + NoSuchSetting(app, name));
      continue;
    }
    auto arguments = ArgumentsOf(*option, "--" + name, node);
    const std::string mistake = arguments.ok()
                                    ? mistake_in(*arguments)
                                    : name + ": " + std::string(arguments.status().message());
    if (!mistake.empty()) {
      config.mistakes.push_back(place + mistake);
    } else {
      config.settings.push_back({.option = "--" + name, .arguments = *std::move(arguments)});
    }
  }
  return config;
}

}  // namespace broadsheet::server
