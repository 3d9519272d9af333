// SPDX-License-Identifier: GPL-3.0-or-later
// Help on a terminal and the man page, from the same declarations.
#pragma once

#include <CLI/CLI.hpp>
#include <cstddef>
#include <string>
#include <string_view>

namespace broadsheet::client {

// Help within `width` columns: names, what they mean, the values there are and the default, without
// the types of C++.
class HelpFormatter : public CLI::Formatter {
 public:
  explicit HelpFormatter(size_t width) : width_(width) {}

  std::string make_option(const CLI::Option* option, bool is_positional) const override;
  std::string make_subcommand(const CLI::App* command) const override;
  std::string make_usage(const CLI::App* app, std::string name) const override;
  std::string make_description(const CLI::App* app) const override;
  // Running text is filled; examples and tables, which are indented, are parted where a line is too
  // narrow for them.
  std::string make_footer(const CLI::App* app) const override;

 private:
  // A name, and what it means beside it or below it.
  std::string Entry(const std::string& name, const std::string& meaning) const;
  std::string Filled(std::string_view text, size_t indent) const;
  // An indented line of a footer, or several in its place where it does not fit.
  std::string FooterLine(const std::string& line) const;

  size_t width_;
};

// The man page broadsheet(1) in roff, with all commands.
std::string ManPage(const CLI::App& app, const std::string& version);

}  // namespace broadsheet::client
