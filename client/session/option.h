// SPDX-License-Identifier: GPL-3.0-or-later
// Declares options and words of the client's commands. Only this file calls CLI11's add_option.
//
// CLI11 lets a list option take every word after it, so `--source AP fraud` would look for two
// publications; and after a word, `--` ends the command rather than its options. With AddOption a
// named option takes exactly one value each time it is given, wherever that is, and everything
// after `--` is words.
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace broadsheet::client {

// For AddOption alone.
void RefuseEmptyValues(CLI::Option& option);
void TakeOneValueEachTime(CLI::Option& option);
void TakeAllWords(CLI::Option& option);

// Adds the option `name` ("--tag", or "WORDS" for words without a name), which is written to
// `value`: a list gets one element each time the option is given, or every word. An empty text
// value is refused, since an unset shell variable leaves one; an empty word is ignored. `value`
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

// The short form of a long option, such as "-n" of "--limit"; "" when it has none.
std::string_view ShortForm(std::string_view name);

// Rewrites `arguments` so that CLI11 reads them as meant: "--tag=" is an option with an empty
// value, which in CLI11 would take the next word; "-h" is "--help" and "-n" "--limit", but
// "-harbour" and "-nuclear" are negated words; of what is joined to a letter only a number is a
// value ("-n5"). `app` knows which options take a value. Its only help flag must be "--help".
std::vector<std::string> SpelledOut(const CLI::App& app, const std::vector<std::string>& arguments);

}  // namespace broadsheet::client
