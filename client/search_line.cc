// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/search_line.h"

#include <algorithm>
#include <vector>

#include "absl/strings/str_format.h"

namespace broadsheet::client {
namespace {

bool IsPlain(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view("_-+=:,./@%").find(c) != std::string_view::npos;
}

}  // namespace

std::string ShellWord(std::string_view text) {
  if (!text.empty() && std::all_of(text.begin(), text.end(), IsPlain)) return std::string(text);
  std::string quoted = "'";
  for (const char c : text) {
    // Inside single quotes nothing but the quote itself means anything.
    quoted += c == '\'' ? "'\\''" : std::string(1, c);
  }
  return quoted + "'";
}

std::string SearchLine(const SearchOptions& options, std::string_view query) {
  const SearchOptions standard;
  std::string line = "broadsheet search";
  const auto add = [&](std::string_view name, const std::string& value, const std::string& usual) {
    if (value != usual) line += " " + std::string(name) + " " + ShellWord(value);
  };
  const auto add_all = [&](std::string_view name, const std::vector<std::string>& values) {
    for (const std::string& value : values) add(name, value, "");
  };
  add_all("--tag", options.tags);
  add_all("--byline", options.bylines);
  add_all("--section", options.sections);
  add_all("--source", options.sources);
  add_all("--language", options.languages);
  add("--since", options.since, "");
  add("--until", options.until, "");
  add("--limit", std::to_string(options.limit), std::to_string(standard.limit));
  add("--sort", options.sort, standard.sort);
  add("--match", options.match, standard.match);
  add("--output", options.output, standard.output);
  add("--profile", options.profile, "");
  if (options.half_life_days > 0)
    line += absl::StrFormat(" --half-life %g", options.half_life_days);
  if (options.recency_cap) line += absl::StrFormat(" --recency-cap %g", *options.recency_cap);
  add("--time-zone", options.time_zone, "");
  if (options.explain) line += " --explain";
  if (options.exact_total) line += " --exact-total";
  // A query that starts with a - would be taken for an option.
  return line + (query.starts_with('-') ? " -- " : " ") + ShellWord(query);
}

}  // namespace broadsheet::client
