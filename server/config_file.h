// SPDX-License-Identifier: GPL-3.0-or-later
// The settings of a file in TOML, each named as the option of the command line that it stands for:
//
//   index = "/srv/news"
//   max-connections = 1000
//   writable = true
#pragma once

#include <CLI/CLI.hpp>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace broadsheet::server {

struct FileSetting {
  std::string option;                  // "--max-connections"
  std::vector<std::string> arguments;  // as on the command line: {"--max-connections=1000"}
};

struct ConfigFile {
  std::vector<FileSetting> settings;
  // What is wrong with it, each with its place ("FILE:12: ...") and what would be right. All are
  // told at once.
  std::vector<std::string> mistakes;
};

// Reads `file`. Its keys are names of options of `app`; `mistake_in` says what is wrong with the
// arguments of one, "" for nothing. In texts ${NAME} is the value of that variable of the
// environment, such as CREDENTIALS_DIRECTORY.
ConfigFile ReadConfigFile(
    const std::filesystem::path& file, const CLI::App& app,
    const std::function<std::string(const std::vector<std::string>& arguments)>& mistake_in);

}  // namespace broadsheet::server
