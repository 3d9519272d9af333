// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/session/option.h"

#include <algorithm>

namespace broadsheet::client {
namespace {

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

std::vector<std::string> SpelledOut(const CLI::App& app,
                                    const std::vector<std::string>& arguments) {
  std::vector<std::string> spelled;
  for (auto next = arguments.begin(); next != arguments.end(); ++next) {
    if (*next == "--") {
      spelled.insert(spelled.end(), next, arguments.end());
      break;
    }
    const bool named = next->starts_with("--");
    const std::string name = next->substr(0, next->find('='));
    if (named && next->size() == name.size() + 1 && TakesValue(app, name)) {
      spelled.insert(spelled.end(), {name, ""});
      continue;
    }
    spelled.push_back(*next == "-h" ? "--help" : *next);
    // The value of an option is left as it is.
    if (named && TakesValue(app, *next) && next + 1 != arguments.end()) spelled.push_back(*++next);
  }
  return spelled;
}

}  // namespace broadsheet::client
