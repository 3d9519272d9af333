// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/request/search_line.h"

#include <array>
#include <charconv>
#include <vector>

#include "client/request/search_value_options.h"
#include "engine/base/shell_word.h"

namespace broadsheet::client {
namespace {

// The shortest decimal that is read back as the same number.
std::string NumberText(double number) {
  std::array<char, 32> digits = {};
  const auto [end, error] = std::to_chars(digits.data(), digits.data() + digits.size(), number);
  return {digits.data(), end};
}

// The options that hold for any query, each with the space before it.
std::string OptionsText(const SearchOptions& options) {
  const SearchOptions standard;
  std::string text;
  const auto add = [&](std::string_view name, const std::string& value, const std::string& usual) {
    if (value != usual) text += base::ShellOption(name, value);
  };
  for (const ValueOption& option : ValueOptions()) {
    for (const std::string& value : options.*option.values) {
      const std::optional<std::string> whole = option.FilterValue(options, value);
      if (whole) add(option.name, option.words ? '"' + *whole + '"' : value, "");
    }
  }
  add("--limit", std::to_string(options.limit), std::to_string(standard.limit));
  add("--sort", options.sort, standard.sort);
  add("--match", options.match, standard.match);
  add("--output", options.output, standard.output);
  add("--profile", options.profile, "");
  if (options.half_life_days > 0) add("--half-life", NumberText(options.half_life_days), "");
  if (options.recency_cap) add("--recency-cap", NumberText(*options.recency_cap), "");
  add("--time-zone", options.time_zone, "");
  add("--fields", options.fields, "");
  add("--facet", options.facets, "");
  add("--timeline", options.timeline, "");
  if (options.count) text += " --count";
  if (options.all) text += " --all";
  if (options.explain) text += " --explain";
  if (options.exact_total) text += " --exact-total";
  if (options.without_synonyms) text += " --no-synonyms";
  if (options.collapse_copies) text += " --collapse-copies";
  return text;
}

}  // namespace

std::string SearchLine(const SearchOptions& options, std::string_view query,
                       std::string_view command) {
  return std::string(command) + OptionsText(options) + base::ShellArgument(query);
}

std::string WholeSearchLine(const SearchOptions& options, std::string_view query,
                            std::string_view command) {
  std::string line = std::string(command) + OptionsText(options);
  for (const ValueOption& option : ValueOptions()) {
    for (const std::string& value : options.*option.values) {
      if (!option.FilterValue(options, value)) line += base::ShellOption(option.name, value);
    }
  }
  if (!options.since.empty()) line += base::ShellOption("--since", options.since);
  if (!options.until.empty()) line += base::ShellOption("--until", options.until);
  if (options.page > 1) line += base::ShellOption("--page", std::to_string(options.page));
  return query.empty() ? line : line + " -- " + base::ShellWord(query);
}

}  // namespace broadsheet::client
