// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/syntax/edit.h"

namespace broadsheet::query {

std::string_view TextOf(std::string_view query, Span span) {
  return query.substr(span.begin, span.end - span.begin);
}

std::string Replaced(std::string_view query, Span span, std::string_view replacement) {
  std::string out(query.substr(0, span.begin));
  out += replacement;
  out += query.substr(span.end);
  return out;
}

std::string Without(std::string_view query, Span span) {
  std::string_view before = query.substr(0, span.begin);
  std::string_view behind = query.substr(span.end);
  const bool doubled = before.empty() || before.back() == ' ' || before.back() == '(';
  while (doubled && behind.starts_with(' ')) behind.remove_prefix(1);
  while ((behind.empty() || behind.front() == ')') && before.ends_with(' '))
    before.remove_suffix(1);
  return std::string(before) + std::string(behind);
}

}  // namespace broadsheet::query
