// SPDX-License-Identifier: GPL-3.0-or-later
#include "arguments/mistyped.h"

#include <algorithm>
#include <string_view>

#include "arguments/nearest_name.h"
#include "engine/base/shell_word.h"

namespace broadsheet::arguments {
namespace {

std::vector<const CLI::App*> CommandsOf(const CLI::App& app) {
  return app.get_subcommands([](const CLI::App* /*any*/) { return true; });
}

std::vector<std::string> NamesOf(const std::vector<const CLI::App*>& commands) {
  std::vector<std::string> names;
  for (const CLI::App* command : commands) names.push_back(command->get_name());
  return names;
}

// The option of `app` or, since they may stand behind a command, of what it is a command of.
const CLI::Option* FindOption(const CLI::App* app, const std::string& name) {
  for (; app != nullptr; app = app->get_parent()) {
    const CLI::Option* option = app->get_option_no_throw(name);
    if (option != nullptr) return option;
  }
  return nullptr;
}

// Where a command of `app` stands: the first argument from `from` on that is neither an option nor
// the value of one.
size_t PlaceOfCommand(const CLI::App& app, const std::vector<std::string>& arguments, size_t from) {
  for (size_t i = from; i < arguments.size(); ++i) {
    if (arguments[i] == "--") return i + 1;
    if (!arguments[i].starts_with('-')) return i;
    const CLI::Option* option = FindOption(&app, arguments[i]);
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

// "broadsheet admin publish" of the command that was typed.
std::string PathOf(const CLI::App& command) {
  std::string path = command.get_name();
  for (const CLI::App* above = command.get_parent(); above != nullptr;
       above = above->get_parent()) {
    path.insert(0, above->get_name() + " ");
  }
  return path;
}

// "build, add, publish": the commands of `app`.
std::string CommandNames(const CLI::App& app) {
  std::string names;
  for (const std::string& name : NamesOf(CommandsOf(app))) {
    names.append(names.empty() ? "" : ", ").append(name);
  }
  return names;
}

// "did you mean --limit?" for the first argument that nobody knows and that is near an option of
// the command or of all commands; "" when none is.
std::string OptionAdvice(const CLI::App& app) {
  std::vector<std::string> names;
  AddLongNames(ParsedCommand(app), names);
  AddLongNames(app, names);
  for (const std::string& argument : UnexpectedOf(app)) {
    if (!argument.starts_with("--")) continue;
    const std::string nearest = NearestName(argument.substr(0, argument.find('=')), names);
    if (!nearest.empty()) return "did you mean " + nearest + "?";
  }
  return "";
}

std::string TwoLines(const CLI::App& app, std::string_view what, std::string_view advice) {
  std::string lines = app.get_name();
  return lines.append(": ").append(what).append("\n  ").append(advice).append("\n");
}

}  // namespace

std::optional<UnknownCommand> FindUnknownCommand(const CLI::App& app,
                                                 const std::vector<std::string>& arguments) {
  UnknownCommand unknown{.parent = &app, .place = 0, .path = "", .nearest = ""};
  for (size_t from = 0;; from = unknown.place + 1) {
    const std::vector<const CLI::App*> commands = CommandsOf(*unknown.parent);
    unknown.place = PlaceOfCommand(*unknown.parent, arguments, from);
    if (commands.empty() || unknown.place >= arguments.size()) return std::nullopt;
    const std::string& typed = arguments[unknown.place];
    unknown.path += (unknown.path.empty() ? "" : " ") + typed;
    const auto known =
        std::find_if(commands.begin(), commands.end(),
                     [&typed](const CLI::App* command) { return command->get_name() == typed; });
    if (known == commands.end()) {
      unknown.nearest = NearestName(typed, NamesOf(commands));
      return unknown;
    }
    unknown.parent = *known;
  }
}

std::string WithCommand(const CLI::App& app, const UnknownCommand& unknown,
                        const std::vector<std::string>& arguments, const std::string& word) {
  std::string line = app.get_name();
  for (size_t i = 0; i < arguments.size(); ++i) {
    line += " " + (i == unknown.place ? word : base::ShellWord(arguments[i]));
  }
  return line;
}

std::string DescribeUnknown(const CLI::App& app, const UnknownCommand& unknown,
                            const std::vector<std::string>& arguments) {
  const std::string advice = unknown.nearest.empty()
                                 ? "there are: " + CommandNames(*unknown.parent)
                                 : "try: " + WithCommand(app, unknown, arguments, unknown.nearest);
  return TwoLines(app, "there is no command \"" + unknown.path + "\"", advice);
}

std::string DescribeMistake(const CLI::App& app, const CLI::ParseError& error,
                            const std::string& advice) {
  if (!advice.empty()) return TwoLines(app, error.what(), advice);
  const std::string option = OptionAdvice(app);
  return TwoLines(app, error.what(),
                  option.empty() ? "see: " + PathOf(ParsedCommand(app)) + " --help" : option);
}

bool ReportEnd(const CLI::App& app, const CLI::ParseError& error, std::ostream& out,
               std::ostream& err, const std::string& advice) {
  if (error.get_exit_code() == 0) return app.exit(error, out, err) == 0;
  err << DescribeMistake(app, error, advice);
  return false;
}

const CLI::App& ParsedCommand(const CLI::App& app) {
  const CLI::App* command = &app;
  while (!command->get_subcommands().empty()) command = command->get_subcommands().front();
  return *command;
}

std::vector<std::string> UnexpectedOf(const CLI::App& app) {
  std::vector<std::string> unexpected = app.remaining(/*recurse=*/true);
  // CLI11 lists the end of options, too.
  std::erase(unexpected, "--");
  return unexpected;
}

}  // namespace broadsheet::arguments
