// SPDX-License-Identifier: GPL-3.0-or-later
// Cuts a query into tokens, one at a time, since only the parser knows how to read on: `tag:` is
// followed by a value, `headline:` by words.
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
  kQuoted,  // "..." with its marks: ="..." and "..."~5
  kField,   // headline: right before a value, or a name that is refused
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
  std::string text = {};  // the word without marks; the field's name; the quoted text
  WordForm form = WordForm::kPlain;
  int number = 0;  // edits, slop or distance
  bool ordered = false;
  NearUnit unit = NearUnit::kWords;
};

// The largest n in "..."~n and NEAR/n.
inline constexpr int kMaxDistance = 100;
// The distance of NEAR without a number.
inline constexpr int kDefaultNear = 10;

// Keeps a view of the query. Errors are Mistakes as Status.
class Lexer {
 public:
  Lexer(std::string_view query, size_t min_wildcard_prefix)
      : query_(query), min_wildcard_prefix_(min_wildcard_prefix) {}

  absl::StatusOr<Token> Next();

  // Call right after a field's colon. Reads a quoted value, or everything up to a space or `)`. The
  // token is kQuoted or kWord; its text is empty when there is no value.
  absl::StatusOr<Token> NextValue();

  // True if the next byte is `(`. Call right after a field's colon.
  bool AtOpen() const { return pos_ < query_.size() && query_[pos_] == '('; }
  // True if a space, `)` or the end is next.
  bool AtGap() const;

 private:
  void SkipSpace();
  // Bytes of the space, quote or dash character at `at`; 0 when there is none.
  size_t SpaceAt(size_t at) const;
  size_t QuoteAt(size_t at) const;
  size_t DashAt(size_t at) const;
  // Bytes of the quote or backslash that a backslash at `at` escapes; 0 when there is none.
  size_t EscapedAt(size_t at) const;
  // Whether the quote at `at` is part of a word: the gershayim of an abbreviation between two
  // Hebrew letters, or, `outside` quotes, the sign of inches behind a digit.
  bool IsInnerQuote(size_t at, bool outside) const;
  bool EndsWord(size_t at) const;
  // Whether a name of `length` bytes at `start`, with a colon behind it, starts a clause.
  bool StartsClause(size_t start, size_t length) const;
  absl::StatusOr<Token> Quoted(size_t start, bool exact);
  absl::Status NeverClosed(size_t start) const;
  absl::Status ReadSlop(Token* token);
  absl::StatusOr<Token> WordOrOperator();
  absl::StatusOr<Token> WithMarks(Token token);
  absl::StatusOr<Token> Near(Token token, std::string_view rest);

  std::string_view query_;
  size_t min_wildcard_prefix_;
  size_t pos_ = 0;
};

// True if `text` has nothing but spaces of any kind.
bool IsBlank(std::string_view text);

// Splits a quoted text into its words, with marks (=exact, prefix*, word~) taken off. `offset` is
// where `text` starts in the query. Inside quotes, invalid marks are plain punctuation.
std::vector<Token> WordsOfPhrase(std::string_view text, size_t offset, size_t min_wildcard_prefix);

// Bytes of the quote character of any kind that `text` starts with; 0 when there is none.
size_t QuoteLength(std::string_view text);

// The tokens of `query` up to the first mistake or the end, each value of a field as one token.
// What a word is and where it stands, for those that look at a whole query; its marks are in its
// span.
std::vector<Token> TokensOf(std::string_view query, size_t min_wildcard_prefix);

// `text` with a backslash before each quote of any kind and each backslash, so that the lexer reads
// it inside quotes as `text`.
std::string EscapeQuotes(std::string_view text);

}  // namespace broadsheet::query
