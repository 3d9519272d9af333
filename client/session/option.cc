// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/session/option.h"

#include <algorithm>
#include <array>

namespace broadsheet::client {
namespace {

struct Spelling {
  std::string_view letter;
  std::string_view name;
};

// CLI11 knows long names alone: it would take "-nuclear" for -n with the value "uclear".
constexpr std::array kShortForms = {
    Spelling{"-h", "--help"},
    Spelling{"-n", "--limit"},
    Spelling{"-o", "--output"},
    Spelling{"-s", "--server"},
};

bool IsNumber(std::string_view text) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// `argument` with its short form written out, its value in a part of its own.
std::vector<std::string> WithLongName(const std::string& argument) {
  for (const Spelling& spelling : kShortForms) {
    if (argument == spelling.letter) return {std::string(spelling.name)};
    const bool joined = argument.starts_with(spelling.letter);
    if (joined && spelling.letter == "-n" && IsNumber(std::string_view(argument).substr(2))) {
      return {std::string(spelling.name), argument.substr(2)};
    }
  }
  return {argument};
}

constexpr int kAnyNumber = CLI::detail::expected_max_vector_size;

// Whether `name`, such as "--tag", takes a value in any of the commands.
bool TakesValue(const CLI::App& app, const std::string& name) {
  const CLI::Option* option = app.get_option_no_throw(name);
  if (option != nullptr) return option->get_items_expected_max() > 0;
  const auto commands = app.get_subcommands([](const CLI::App* /*command*/) { return true; });
  return std::any_of(commands.begin(), commands.end(),
                     [&](const CLI::App* command) { return TakesValue(*command, name); });
}

}  // namespace

void RefuseEmptyValues(CLI::Option& option) {
  option.check([](const std::string& value) {
    return value.empty() ? "the value is empty" : std::string();
  });
}

void TakeOneValueEachTime(CLI::Option& option) {
  option.allow_extra_args(false);
  // CLI11's help would say "TEXT ...", as if several values could follow.
  option.option_text("TEXT");
}

void TakeAllWords(CLI::Option& option) {
  // CLI11 goes on with words after `--` only while some are missing: here they always are.
  option.expected(kAnyNumber, kAnyNumber);
  option.multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  // It would also take the word "[a,b]" for a list of two.
  option.allow_extra_args(false);
}

std::string_view ShortForm(std::string_view name) {
  for (const Spelling& spelling : kShortForms) {
    if (spelling.name == name) return spelling.letter;
  }
  return "";
}

std::vector<std::string> SpelledOut(const CLI::App& app,
                                    const std::vector<std::string>& arguments) {
  std::vector<std::string> spelled;
  for (auto next = arguments.begin(); next != arguments.end(); ++next) {
    if (*next == "--") {
      spelled.insert(spelled.end(), next, arguments.end());
      break;
    }
    const std::vector<std::string> parts = WithLongName(*next);
    const std::string& part = parts.front();
    const bool named = part.starts_with("--");
    const std::string name = part.substr(0, part.find('='));
    if (named && part.size() == name.size() + 1 && TakesValue(app, name)) {
      spelled.insert(spelled.end(), {name, ""});
      continue;
    }
    spelled.insert(spelled.end(), parts.begin(), parts.end());
    // The value of an option is left as it is.
    const bool awaits_value = named && parts.size() == 1 && TakesValue(app, part);
    if (awaits_value && next + 1 != arguments.end()) spelled.push_back(*++next);
  }
  return spelled;
}

}  // namespace broadsheet::client
