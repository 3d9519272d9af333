// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/shell_word.h"

#include <algorithm>

namespace broadsheet::base {
namespace {

bool IsPlain(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view("_-+=:,./@%").find(c) != std::string_view::npos;
}

}  // namespace

std::string ShellWord(std::string_view text) {
  // zsh takes a word that starts with = for the path of a program.
  const bool plain =
      !text.empty() && text[0] != '=' && std::all_of(text.begin(), text.end(), IsPlain);
  if (plain) return std::string(text);
  std::string quoted = "'";
  for (const char c : text) {
    // Inside single quotes nothing but the quote itself means anything.
    quoted += c == '\'' ? "'\\''" : std::string(1, c);
  }
  return quoted + "'";
}

std::string ShellOption(std::string_view name, std::string_view value) {
  const std::string_view between = value.starts_with('-') ? "=" : " ";
  return " " + std::string(name) + std::string(between) + ShellWord(value);
}

std::string ShellArgument(std::string_view text) {
  // A dash alone is standard input.
  const bool like_option = text.starts_with('-') && text != "-";
  return (like_option ? " -- " : " ") + ShellWord(text);
}

}  // namespace broadsheet::base
