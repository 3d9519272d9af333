// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/mistyped.h"

#include <CLI/CLI.hpp>
#include <algorithm>

#include "client/session/option.h"
#include "client/view/nearest_name.h"
#include "engine/base/shell_word.h"

namespace broadsheet::client {
namespace {

std::vector<std::string> CommandNames(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::App* command :
       app.get_subcommands([](const CLI::App* /*any*/) { return true; })) {
    names.push_back(command->get_name());
  }
  return names;
}

// Where the command stands: the first argument that is neither an option nor the value of one.
size_t PlaceOfCommand(const CLI::App& app, const std::vector<std::string>& arguments) {
  for (size_t i = 0; i < arguments.size(); ++i) {
    if (arguments[i] == "--") return i + 1;
    if (!arguments[i].starts_with('-')) return i;
    const CLI::Option* option = app.get_option_no_throw(arguments[i]);
    if (option != nullptr && option->get_items_expected_max() > 0) ++i;
  }
  return arguments.size();
}

void AddLongNames(const CLI::App& app, std::vector<std::string>& names) {
  for (const CLI::Option* option :
       app.get_options([](const CLI::Option* /*any*/) { return true; })) {
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
  }
}

}  // namespace

std::string UnknownCommand(const CLI::App& app, const std::vector<std::string>& arguments) {
  const size_t place = PlaceOfCommand(app, arguments);
  if (place >= arguments.size()) return "";
  const std::vector<std::string> names = CommandNames(app);
  const bool known = std::find(names.begin(), names.end(), arguments[place]) != names.end();
  return known ? "" : arguments[place];
}

std::string WithCommand(const CLI::App& app, const std::vector<std::string>& arguments,
                        const std::string& program) {
  const size_t place = PlaceOfCommand(app, arguments);
  const std::string nearest = NearestName(arguments[place], CommandNames(app));
  std::string line = program;
  for (size_t i = 0; i < arguments.size(); ++i) {
    if (i == place) line += " " + (nearest.empty() ? "search" : nearest);
    if (i == place && !nearest.empty()) continue;
    line += " " + base::ShellWord(arguments[i]);
  }
  return line;
}

std::string OptionAdvice(const CLI::App& app, const CLI::App& command,
                         const std::vector<std::string>& unexpected) {
  std::vector<std::string> names;
  AddLongNames(command, names);
  AddLongNames(app, names);
  for (const std::string& argument : unexpected) {
    if (!argument.starts_with("--")) continue;
    const std::string nearest = NearestName(argument.substr(0, argument.find('=')), names);
    if (!nearest.empty()) return "did you mean " + nearest + "?";
  }
  return "";
}

}  // namespace broadsheet::client
