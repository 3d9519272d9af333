// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/syntax/grammar_mistakes.h"

#include <string>

#include "engine/query/syntax/edit.h"
#include "engine/query/syntax/query_error.h"

namespace broadsheet::query {

absl::Status NoWordBehind(std::string_view query, const Token& name, const Token& next) {
  const bool negated = next.kind == TokenKind::kMinus;
  const std::string typed(TextOf(query, next.span));
  const std::string clause = name.text + ":";
  const Span span{name.span.begin, next.span.end};
  return ToStatus(
      {.span = span,
       .message = "`" + clause + "` must be followed by a word, a \"phrase\" or a (group)",
       .hint =
           negated ? "put the - before the field: -" + clause + "word" : "put the word in quotes",
       .suggested_query =
           Replaced(query, span, negated ? "-" + clause : clause + "\"" + typed + "\"")});
}

absl::Status MissingOperand(std::string_view query, const Token& operator_token) {
  const std::string name(TextOf(query, operator_token.span));
  return ToStatus({.span = operator_token.span,
                   .message = "`" + name + "` has nothing to work on",
                   .hint = "put words on both sides of it, or write the word itself in quotes",
                   .suggested_query = Without(query, operator_token.span)});
}

absl::Status NeverClosed(std::string_view query, const Token& open) {
  const bool last = IsBlank(query.substr(open.span.end));
  return ToStatus({.span = open.span,
                   .message = "the parenthesis that opens here is never closed",
                   .hint = "add a closing parenthesis, or remove this one",
                   .suggested_query = last ? Without(query, open.span) : std::string(query) + ")"});
}

absl::Status UnexpectedClose(std::string_view query, const Token& close) {
  return ToStatus({.span = close.span,
                   .message = "this parenthesis closes nothing",
                   .hint = "remove it or open one before it",
                   .suggested_query = Without(query, close.span)});
}

}  // namespace broadsheet::query
