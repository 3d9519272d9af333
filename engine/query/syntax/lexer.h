// SPDX-License-Identifier: GPL-3.0-or-later
// Cuts a query into tokens, one at a time: what follows `tag:` is read as a value, what follows
// `headline:` as words, and only the parser knows which.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "engine/query/syntax/ast.h"

namespace broadsheet::query {

enum class TokenKind : uint8_t {
  kWord,    // a run without spaces, quotes and parentheses
  kQuoted,  // "..." with what is attached to it: ="..." and "..."~5
  kField,   // headline: (what follows touches the colon)
  kOpen,
  kClose,
  kAnd,
  kOr,
  kNot,
  kMinus,  // - in front of a word, quote or parenthesis
  kNear,   // NEAR/5 or NEAR/s, ADJ/5 when ordered
  kEnd,
};

struct Token {
  TokenKind kind = TokenKind::kEnd;
  Span span = {};
  std::string text = {};  // without marks; the field's name; the quoted text
  WordForm form = WordForm::kPlain;
  int number = 0;  // edits, slop or distance
  bool ordered = false;
  NearUnit unit = NearUnit::kWords;
};

// Farthest distance that "..."~n and NEAR/n take.
inline constexpr int kMaxDistance = 100;
// NEAR without a number.
inline constexpr int kDefaultNear = 10;

// Keeps a view of the query. Errors are Mistakes as Status.
class Lexer {
 public:
  Lexer(std::string_view query, size_t min_wildcard_prefix)
      : query_(query), min_wildcard_prefix_(min_wildcard_prefix) {}

  absl::StatusOr<Token> Next();

  // Right behind a field's colon: a quoted value, or everything up to a space or `)`. The token is
  // kQuoted or kWord, with empty text when nothing is there.
  absl::StatusOr<Token> NextValue();

  // The next byte is `(` (right behind a field's colon).
  bool AtOpen() const { return pos_ < query_.size() && query_[pos_] == '('; }
  // Nothing but a space, `)` or the end is next.
  bool AtGap() const;

 private:
  void SkipSpace();
  // Bytes of the space, quote or dash character at `at`; 0 when there is none.
  size_t SpaceAt(size_t at) const;
  size_t QuoteAt(size_t at) const;
  size_t DashAt(size_t at) const;
  // A quote or backslash that a backslash at `at` stands before, in bytes; 0 when there is none.
  size_t EscapedAt(size_t at) const;
  bool EndsWord(size_t at) const;
  absl::StatusOr<Token> Quoted(size_t start, bool exact);
  absl::Status ReadSlop(Token* token);
  absl::StatusOr<Token> WordOrOperator();
  absl::StatusOr<Token> WithMarks(Token token);
  absl::StatusOr<Token> Near(Token token, std::string_view rest);

  std::string_view query_;
  size_t min_wildcard_prefix_;
  size_t pos_ = 0;
};

// Nothing is there but spaces of any kind.
bool IsBlank(std::string_view text);

// Splits a quoted text into its words, with marks (=exact, prefix*, word~) taken off. `offset` is
// where `text` starts in the query. Inside quotes marks that do not fit are plain punctuation.
std::vector<Token> WordsOfPhrase(std::string_view text, size_t offset, size_t min_wildcard_prefix);

// `text` with a backslash before each quote of any kind and each backslash: what a quoted text
// reads back as `text`.
std::string EscapeQuotes(std::string_view text);

}  // namespace broadsheet::query
