// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/syntax/query_shape.h"

#include <cstddef>

#include "absl/strings/str_format.h"
#include "engine/query/syntax/lexer.h"
#include "engine/query/syntax/limits.h"
#include "engine/query/syntax/scope.h"

namespace broadsheet::query {
namespace {

constexpr size_t kMostShapeBytes = 500;

std::string WordShape(const Token& token) {
  switch (token.form) {
    case WordForm::kExact:
      return "=w";
    case WordForm::kPrefix:
      return "w*";
    case WordForm::kFuzzy:
      return "w~";
    case WordForm::kPlain:
      break;
  }
  return "w";
}

std::string QuotedShape(const Token& token) {
  std::string shape = token.form == WordForm::kExact ? "=\"" : "\"";
  bool in_word = false;
  for (const char c : token.text) {
    const bool is_space = c == ' ';
    if (!is_space && !in_word) shape += shape.back() == 'w' ? " w" : "w";
    in_word = !is_space;
  }
  shape += '"';
  return token.number > 0 ? absl::StrFormat("%s~%d", shape, token.number) : shape;
}

std::string NearShape(const Token& token) {
  std::string shape = token.ordered ? "ADJ" : "NEAR";
  if (token.unit == NearUnit::kWords) return absl::StrFormat("%s/%d", shape, token.number);
  return shape + (token.unit == NearUnit::kSentence ? "/s" : "/p");
}

std::string ShapeOf(const Token& token) {
  switch (token.kind) {
    case TokenKind::kWord:
      return WordShape(token);
    case TokenKind::kQuoted:
      return QuotedShape(token);
    case TokenKind::kField:
      // A name that is no field may be a word of the person's.
      return (FindScope(token.text) ? token.text : "field") + ":";
    case TokenKind::kOpen:
      return "(";
    case TokenKind::kClose:
      return ")";
    case TokenKind::kAnd:
      return "AND";
    case TokenKind::kOr:
      return "OR";
    case TokenKind::kNot:
      return "NOT";
    case TokenKind::kMinus:
      return "-";
    case TokenKind::kNear:
      return NearShape(token);
    case TokenKind::kEnd:
      break;
  }
  return "";
}

}  // namespace

std::string QueryShape(std::string_view query) {
  Lexer lexer(query, Limits().min_wildcard_prefix);
  std::string shape;
  bool glued = true;
  while (shape.size() < kMostShapeBytes) {
    absl::StatusOr<Token> token = lexer.Next();
    if (!token.ok()) return "unreadable";
    if (token->kind == TokenKind::kEnd) return shape;
    if (!glued && token->kind != TokenKind::kClose) shape += ' ';
    shape += ShapeOf(*token);
    glued = token->kind == TokenKind::kField || token->kind == TokenKind::kMinus ||
            token->kind == TokenKind::kOpen;
    if (token->kind != TokenKind::kField || lexer.AtOpen() || lexer.AtGap()) continue;
    token = lexer.NextValue();
    if (!token.ok()) return "unreadable";
    shape += ShapeOf(*token);
    glued = false;
  }
  return shape.substr(0, kMostShapeBytes - 3) + "...";
}

}  // namespace broadsheet::query
