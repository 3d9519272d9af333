// SPDX-License-Identifier: GPL-3.0-or-later
// How the client's commands take options and words: the one place that calls CLI11's add_option.
//
// CLI11 lets a list option take every word behind it, so `--source AP fraud` would look for two
// publications; and once there are words, it ends the command at `--` rather than the options. Here
// a named option takes exactly one value each time it is given, wherever it stands, and everything
// after `--` is words.
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <type_traits>
#include <vector>

namespace broadsheet::client {

// For AddOption alone.
void RefuseEmptyValues(CLI::Option& option);
void TakeOneValueEachTime(CLI::Option& option);
void TakeAllWords(CLI::Option& option);

// Adds `name` ("--tag", or "WORDS" for what stands without a name), which is written to `value`: a
// list gets one element each time the option is given, or every word. An empty value of a text is
// refused, since it is what an unset variable of a shell leaves; an empty word is none. `value`
// must outlive `command`.
template <typename Value>
CLI::Option* AddOption(CLI::App& command, const std::string& name, Value& value,
                       const std::string& help) {
  CLI::Option* option = command.add_option(name, value, help);
  const bool named = name.starts_with('-');
  if constexpr (std::is_same_v<Value, std::vector<std::string>>) {
    if (named) {
      TakeOneValueEachTime(*option);
      RefuseEmptyValues(*option);
    } else {
      TakeAllWords(*option);
    }
  } else if constexpr (std::is_same_v<Value, std::string>) {
    RefuseEmptyValues(*option);
  } else {
    static_assert(!CLI::detail::is_mutable_container<Value>::value, "a list holds std::string");
  }
  return option;
}

// `arguments` in the spelling of which CLI11 makes what the user means: "--tag=" is an option with
// an empty value, and would take the next word; "-h" is "--help", but "-harbour" is a word to leave
// out and no request for help. `app` knows which options take a value. Its help flag must be
// "--help" alone.
std::vector<std::string> SpelledOut(const CLI::App& app, const std::vector<std::string>& arguments);

}  // namespace broadsheet::client
