// SPDX-License-Identifier: GPL-3.0-or-later
// What was meant by a command or an option that there is not, and how a program says so. Pure.
#pragma once

#include <CLI/CLI.hpp>
#include <cstddef>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

namespace broadsheet::arguments {

// A word that stands where a command does and is none.
struct UnknownCommand {
  const CLI::App* parent = nullptr;  // what it would be a command of
  size_t place = 0;                  // in the arguments
  std::string path;                  // with the commands before it: "admin rebuld"
  std::string nearest;               // the name that was meant; "" when none is near
};

// Looks at the commands of `app`, and at those of its commands. `arguments` has no program's name.
// The result points into `app`.
std::optional<UnknownCommand> FindUnknownCommand(const CLI::App& app,
                                                 const std::vector<std::string>& arguments);

// `arguments` as a line to copy, behind the program's name, with `word` in place of the unknown
// command.
std::string WithCommand(const CLI::App& app, const UnknownCommand& unknown,
                        const std::vector<std::string>& arguments, const std::string& word);

// "PROGRAM: there is no command "bild"\n  try: PROGRAM build\n"; the commands there are when none
// is near.
std::string DescribeUnknown(const CLI::App& app, const UnknownCommand& unknown,
                            const std::vector<std::string>& arguments);

// "PROGRAM: what is wrong\n  ADVICE\n" for arguments that could not be parsed. Where `advice` is
// empty it is the nearest option, or where the command's help is.
std::string DescribeMistake(const CLI::App& app, const CLI::ParseError& error,
                            const std::string& advice = "");

// Tells the end of a program whose arguments were not parsed to their end: help and the version,
// where those were asked for, to `out`, and then true; else DescribeMistake to `err`.
bool ReportEnd(const CLI::App& app, const CLI::ParseError& error, std::ostream& out,
               std::ostream& err, const std::string& advice = "");

// The command that was asked for, or the program itself.
const CLI::App& ParsedCommand(const CLI::App& app);

// The arguments that no command knows.
std::vector<std::string> UnexpectedOf(const CLI::App& app);

}  // namespace broadsheet::arguments
