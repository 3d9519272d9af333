// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/syntax/parser.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "engine/query/syntax/chain.h"
#include "engine/query/syntax/date_reading.h"
#include "engine/query/syntax/dialects.h"
#include "engine/query/syntax/edit.h"
#include "engine/query/syntax/grammar_mistakes.h"
#include "engine/query/syntax/lexer.h"
#include "engine/query/syntax/mend.h"
#include "engine/query/syntax/query_error.h"
#include "engine/query/syntax/scope.h"
#include "engine/query/syntax/tree_text.h"
#include "engine/text/utf8.h"

namespace broadsheet::query {
namespace {

using schema::FieldId;
using schema::FieldKind;

class Parser {
 public:
  Parser(std::string_view query, const Limits& limits, MatchMode mode)
      : query_(query), limits_(limits), mode_(mode), lexer_(query, limits.min_wildcard_prefix) {}

  absl::StatusOr<ParsedQuery> Run();

 private:
  absl::Status Advance();
  absl::StatusOr<Node> ParseOr(const Scope& scope, int depth);
  absl::StatusOr<Node> ParseAnd(const Scope& scope, int depth);
  absl::StatusOr<Node> ParseNot(const Scope& scope, int depth);
  absl::StatusOr<Node> ParseNear(const Scope& scope, int depth);
  absl::StatusOr<Node> ParsePrimary(const Scope& scope, int depth);
  absl::StatusOr<Node> ParseGroup(const Scope& scope, int depth);
  absl::StatusOr<Node> ParseField(const Scope& outer, int depth);
  absl::StatusOr<Node> ParseValueOf(const Scope& scope);
  absl::StatusOr<Node> MakeLeaf(const Scope& scope, Token token);
  absl::StatusOr<Node> MakeWords(const Scope& scope, Token token);
  // The leaf itself, or the Mistake of a date that is none.
  absl::StatusOr<Node> Checked(Node leaf) const;

  absl::Status CountTerms(size_t count, Span span);
  bool StartsItem() const;
  // Records a value that is followed by bare words.
  void NoteUnquoted(const Scope& scope, const Node& value);

  std::string_view query_;
  const Limits& limits_;
  MatchMode mode_;
  Lexer lexer_;
  Token current_;
  // The last operator read, for the message when nothing follows it.
  Token operator_;
  size_t terms_ = 0;
  std::vector<UnquotedValue> unquoted_;
};

absl::Status Parser::Advance() {
  absl::StatusOr<Token> token = lexer_.Next();
  if (!token.ok()) return token.status();
  current_ = *std::move(token);
  return absl::OkStatus();
}

absl::StatusOr<ParsedQuery> Parser::Run() {
  if (absl::Status status = Advance(); !status.ok()) return status;
  if (current_.kind == TokenKind::kEnd) {
    return ToStatus({.span = {0, query_.size()},
                     .message = "the query is empty",
                     .hint = "type some words, or set a filter and leave the query out"});
  }
  absl::StatusOr<Node> root = ParseOr({}, 0);
  if (!root.ok()) return root.status();
  if (current_.kind == TokenKind::kClose) return UnexpectedClose(query_, current_);
  return ParsedQuery{
      .root = *std::move(root), .unquoted_values = std::move(unquoted_), .remarks = {}};
}

absl::StatusOr<Node> Parser::ParseOr(const Scope& scope, int depth) {
  std::vector<Node> alternatives;
  while (true) {
    absl::StatusOr<Node> node = ParseAnd(scope, depth);
    if (!node.ok()) return node;
    alternatives.push_back(*std::move(node));
    if (current_.kind != TokenKind::kOr) break;
    operator_ = current_;
    if (absl::Status status = Advance(); !status.ok()) return status;
  }
  return Combine(NodeKind::kOr, std::move(alternatives));
}

bool Parser::StartsItem() const {
  switch (current_.kind) {
    case TokenKind::kEnd:
    case TokenKind::kClose:
    case TokenKind::kOr:
      return false;
    default:
      return true;
  }
}

absl::StatusOr<Node> Parser::ParseAnd(const Scope& scope, int depth) {
  std::vector<std::vector<Node>> groups;
  bool joined = false;
  do {
    absl::StatusOr<Node> node = ParseNot(scope, depth);
    if (!node.ok()) return node;
    if (!joined) groups.emplace_back();
    groups.back().push_back(*std::move(node));
    joined = current_.kind == TokenKind::kAnd;
    if (!joined) continue;
    operator_ = current_;
    if (absl::Status status = Advance(); !status.ok()) return status;
    if (!StartsItem()) return MissingOperand(query_, operator_);
  } while (StartsItem());
  if (mode_ == MatchMode::kAny && groups.size() > 1) return CombineAny(std::move(groups));
  std::vector<Node> all;
  for (std::vector<Node>& group : groups) {
    std::move(group.begin(), group.end(), std::back_inserter(all));
  }
  return Combine(NodeKind::kAnd, std::move(all));
}

// A loop, not recursion: NOT NOT NOT ... must not use the stack.
absl::StatusOr<Node> Parser::ParseNot(const Scope& scope, int depth) {
  bool negated = false;
  const size_t begin = current_.span.begin;
  while (current_.kind == TokenKind::kNot || current_.kind == TokenKind::kMinus) {
    negated = !negated;
    operator_ = current_;
    if (absl::Status status = Advance(); !status.ok()) return status;
    if (!StartsItem()) return MissingOperand(query_, operator_);
  }
  absl::StatusOr<Node> node = ParseNear(scope, depth);
  if (!node.ok() || !negated) return node;
  Node negation{.kind = NodeKind::kNot, .span = {begin, node->span.end}};
  negation.children.push_back(*std::move(node));
  return negation;
}

absl::StatusOr<Node> Parser::ParseNear(const Scope& scope, int depth) {
  absl::StatusOr<Node> first = ParsePrimary(scope, depth);
  if (!first.ok() || current_.kind != TokenKind::kNear) return first;
  Node near{.kind = NodeKind::kNear,
            .field = first->kind == NodeKind::kOr ? first->children.front().field : first->field,
            .distance = current_.number,
            .ordered = current_.ordered,
            .unit = current_.unit};
  near.children.push_back(*std::move(first));
  while (current_.kind == TokenKind::kNear) {
    if (current_.number != near.distance || current_.ordered != near.ordered ||
        current_.unit != near.unit) {
      return ToStatus(
          {.span = current_.span,
           .message = "one chain of NEAR takes one distance",
           .hint = "use the same " + NearOperator(near) + " throughout, or AND two of them",
           .suggested_query = Replaced(query_, current_.span, NearOperator(near))});
    }
    operator_ = current_;
    if (absl::Status status = Advance(); !status.ok()) return status;
    absl::StatusOr<Node> next = ParsePrimary(scope, depth);
    if (!next.ok()) return next;
    near.children.push_back(*std::move(next));
  }
  near.span = Cover(near.children);
  if (absl::Status status = CheckNear(near); !status.ok()) return status;
  return near;
}

absl::StatusOr<Node> Parser::ParsePrimary(const Scope& scope, int depth) {
  switch (current_.kind) {
    case TokenKind::kOpen:
      return ParseGroup(scope, depth);
    case TokenKind::kField:
      return ParseField(scope, depth);
    case TokenKind::kWord:
    case TokenKind::kQuoted: {
      Token token = current_;
      if (absl::Status status = Advance(); !status.ok()) return status;
      absl::StatusOr<Node> leaf = MakeLeaf(scope, std::move(token));
      return leaf.ok() ? Checked(*std::move(leaf)) : leaf;
    }
    case TokenKind::kClose:
      if (operator_.kind == TokenKind::kEnd) return UnexpectedClose(query_, current_);
      return MissingOperand(query_, operator_);
    case TokenKind::kEnd:
      return MissingOperand(query_, operator_);
    default:
      return MissingOperand(query_, current_);
  }
}

absl::StatusOr<Node> Parser::ParseGroup(const Scope& scope, int depth) {
  const Token open = current_;
  if (depth >= limits_.max_nesting) {
    return ToStatus({.reason = kTooComplex,
                     .span = open.span,
                     .message = "parentheses are nested deeper than " +
                                std::to_string(limits_.max_nesting) + " levels",
                     .hint = "leave out parentheses that change nothing"});
  }
  if (absl::Status status = Advance(); !status.ok()) return status;
  if (current_.kind == TokenKind::kClose) {
    return ToStatus({.span = {open.span.begin, current_.span.end},
                     .message = "there is nothing between these parentheses",
                     .hint = "put words between them or remove them",
                     .suggested_query = Without(query_, {open.span.begin, current_.span.end})});
  }
  if (current_.kind == TokenKind::kEnd) return NeverClosed(query_, open);
  absl::StatusOr<Node> node = ParseOr(scope, depth + 1);
  if (!node.ok()) return node;
  if (current_.kind != TokenKind::kClose) return NeverClosed(query_, open);
  node->span = {open.span.begin, current_.span.end};
  if (absl::Status status = Advance(); !status.ok()) return status;
  return node;
}

absl::StatusOr<Node> Parser::ParseField(const Scope& outer, int depth) {
  const Token name = current_;
  absl::StatusOr<Scope> scope = ScopeOf(query_, name.span);
  if (!scope.ok()) return scope.status();
  if (outer.field != nullptr) {
    return ToStatus(
        {.span = name.span,
         .message = "`" + name.text + ":` cannot stand inside `" + outer.name + ":(...)`",
         .hint = "close the parenthesis first"});
  }
  if (lexer_.AtOpen()) {
    if (absl::Status status = Advance(); !status.ok()) return status;
    absl::StatusOr<Node> group = ParseGroup(*scope, depth);
    if (group.ok()) group->span.begin = name.span.begin;
    return group;
  }
  if (lexer_.AtGap()) return EmptyClause(query_, name.span);
  absl::StatusOr<Node> leaf;
  if (scope->field->kind == FieldKind::kText) {
    if (absl::Status status = Advance(); !status.ok()) return status;
    if (current_.kind != TokenKind::kWord && current_.kind != TokenKind::kQuoted) {
      return NoWordBehind(query_, name, current_);
    }
    Token token = current_;
    if (absl::Status status = Advance(); !status.ok()) return status;
    leaf = MakeLeaf(*scope, std::move(token));
  } else {
    leaf = ParseValueOf(*scope);
  }
  if (!leaf.ok()) return leaf;
  leaf->span.begin = name.span.begin;
  return Checked(*std::move(leaf));
}

// What is a date is so at any time and in any zone.
absl::StatusOr<Node> Parser::Checked(Node leaf) const {
  if (leaf.kind != NodeKind::kDate) return leaf;
  const absl::StatusOr<DateBounds> dates =
      ReadDates(leaf, query_, {.now = absl::UnixEpoch(), .zone = absl::UTCTimeZone()});
  if (!dates.ok()) return dates.status();
  return leaf;
}

absl::StatusOr<Node> Parser::ParseValueOf(const Scope& scope) {
  absl::StatusOr<Token> value = lexer_.NextValue();
  if (!value.ok()) return value.status();
  const bool bare = value->kind == TokenKind::kWord;
  absl::StatusOr<Node> leaf = MakeLeaf(scope, *std::move(value));
  if (!leaf.ok()) return leaf;
  if (absl::Status status = Advance(); !status.ok()) return status;
  if (bare) NoteUnquoted(scope, *leaf);
  return leaf;
}

absl::StatusOr<Node> Parser::MakeLeaf(const Scope& scope, Token token) {
  const FieldKind kind = scope.field == nullptr ? FieldKind::kText : scope.field->kind;
  if (kind == FieldKind::kText) return MakeWords(scope, std::move(token));
  if (absl::Status status = CountTerms(1, token.span); !status.ok()) return status;
  Node leaf{.kind = kind == FieldKind::kDate ? NodeKind::kDate : NodeKind::kValue,
            .span = token.span,
            .field = scope.field->id,
            .relation = scope.relation};
  if (token.kind == TokenKind::kQuoted && (token.number > 0 || token.form != WordForm::kPlain)) {
    return ToStatus(
        {.span = token.span,
         .message = "`" + scope.name + ":` compares whole values, without = and ~",
         .hint = "write just the value in quotes",
         .suggested_query = Replaced(query_, token.span, "\"" + EscapeQuotes(token.text) + "\"")});
  }
  // A value has no marks: in `tag:(c* OR b)` the star is part of the value.
  leaf.text = token.kind == TokenKind::kQuoted ? std::move(token.text)
                                               : std::string(TextOf(query_, token.span));
  if (leaf.text.find_first_not_of(" \t") == std::string::npos) {
    return ToStatus(
        {.span = token.span, .message = "`" + scope.name + ":` is given an empty value"});
  }
  return leaf;
}

absl::StatusOr<Node> Parser::MakeWords(const Scope& scope, Token token) {
  Node node{.span = token.span};
  if (scope.field != nullptr) node.field = scope.field->id;
  if (token.kind == TokenKind::kWord) {
    if (absl::Status status = CountTerms(1, token.span); !status.ok()) return status;
    node.text = std::move(token.text);
    node.form = token.form;
    node.distance = token.number;
    return node;
  }
  node.kind = NodeKind::kPhrase;
  node.distance = token.number;
  std::vector<Token> words =
      WordsOfPhrase(token.text, token.span.begin, limits_.min_wildcard_prefix);
  if (absl::Status status = CountTerms(words.size(), token.span); !status.ok()) return status;
  if (words.empty()) {
    return ToStatus({.span = token.span,
                     .message = "there is no word between these quotes",
                     .hint = "put words between them or remove them",
                     .suggested_query = Without(query_, token.span)});
  }
  for (Token& word : words) {
    const bool exact = token.form == WordForm::kExact && word.form == WordForm::kPlain;
    node.children.push_back({.span = token.span,
                             .field = node.field,
                             .text = std::move(word.text),
                             .form = exact ? WordForm::kExact : word.form,
                             .distance = word.number});
  }
  return node;
}

absl::Status Parser::CountTerms(size_t count, Span span) {
  terms_ += count;
  if (terms_ <= static_cast<size_t>(limits_.max_written_terms)) return absl::OkStatus();
  return ToStatus({.reason = kTooComplex,
                   .span = span,
                   .message = "the query has more than " +
                              std::to_string(limits_.max_written_terms) + " words and values",
                   .hint = "ask for less at once; many values of one field fit in a filter"});
}

void Parser::NoteUnquoted(const Scope& scope, const Node& value) {
  if (scope.field->kind != FieldKind::kExact || current_.kind != TokenKind::kWord) return;
  if (scope.field->id == FieldId::kId || scope.field->id == FieldId::kLanguage) return;
  // The bare words that follow, read ahead on a copy.
  Lexer ahead = lexer_;
  Token token = current_;
  size_t end = token.span.end;
  while (true) {
    absl::StatusOr<Token> next = ahead.Next();
    if (!next.ok() || next->kind != TokenKind::kWord) break;
    end = next->span.end;
  }
  std::string words = value.text;
  words += query_.substr(value.span.end, end - value.span.end);
  unquoted_.push_back(
      {.field = scope.field->id,
       .value = value.text,
       .quoted = std::string(scope.field->name) + ":\"" + EscapeQuotes(words) + "\""});
}

absl::StatusOr<ParsedQuery> ParseOnce(std::string_view query, const Limits& limits,
                                      MatchMode mode) {
  if (query.size() > limits.max_query_bytes) {
    return ToStatus({.reason = kTooLong,
                     .span = {limits.max_query_bytes, query.size()},
                     .message = "the query has " + std::to_string(query.size()) +
                                " bytes, more than " + std::to_string(limits.max_query_bytes),
                     .hint = "ask for less at once"});
  }
  if (!text::IsValidUtf8(query)) {
    return ToStatus({.span = {0, query.size()}, .message = "the query is not valid UTF-8"});
  }
  const std::vector<Token> tokens = TokensOf(query, limits.min_wildcard_prefix);
  if (absl::Status status = RefuseDialects(query, tokens); !status.ok()) return status;
  absl::StatusOr<ParsedQuery> parsed = Parser(query, limits, mode).Run();
  if (parsed.ok()) parsed->remarks = RemarksOn(query, tokens);
  return parsed;
}

}  // namespace

absl::StatusOr<ParsedQuery> Parse(std::string_view query, const Limits& limits, MatchMode mode) {
  const auto check = [&](const std::string& candidate) {
    return ParseOnce(candidate, limits, mode).status();
  };
  absl::StatusOr<ParsedQuery> parsed = ParseOnce(query, limits, mode);
  if (!parsed.ok()) return WithAcceptedMend(query, parsed.status(), check);
  std::erase_if(parsed->remarks, [&](const Remark& remark) {
    return !remark.suggestion.empty() && !check(remark.suggestion).ok();
  });
  return parsed;
}

}  // namespace broadsheet::query
