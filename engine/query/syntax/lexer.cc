// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/syntax/lexer.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "engine/query/syntax/query_error.h"
#include "engine/text/utf8.h"

namespace broadsheet::query {
namespace {

// Typographic quotes, which phones and word processors write for ".
constexpr std::array<std::string_view, 6> kQuotes = {"\"", "“", "”", "„", "‟", "＂"};
// Hyphen variants that stand for the - of a negation.
constexpr std::array<std::string_view, 6> kDashes = {"-", "‐", "‑", "–", "−", "－"};
constexpr std::array<std::string_view, 8> kSpaces = {" ",  "\t",       "\n", "\r",
                                                     "\f", "\xC2\xA0", "　", "\v"};

template <size_t N>
size_t LengthOfAny(std::string_view text, const std::array<std::string_view, N>& choices) {
  for (const std::string_view choice : choices) {
    if (text.starts_with(choice)) return choice.size();
  }
  return 0;
}

bool IsAsciiLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// The length of a field's name when `text` starts with one and its colon; 0 otherwise. A URL is not
// a field.
size_t FieldNameLength(std::string_view text) {
  size_t n = 0;
  while (n < text.size() && (IsAsciiLetter(text[n]) || (n > 0 && text[n] == '_'))) ++n;
  if (n == 0 || n >= text.size() || text[n] != ':') return 0;
  return text.substr(n + 1).starts_with("//") ? 0 : n;
}

std::optional<int> ParseNumber(std::string_view digits) {
  int number = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  return number;
}

absl::Status DistanceMistake(Span span, std::string_view what, std::string_view or_else = "") {
  return ToStatus(
      {.span = span,
       .message =
           std::string(what) + " needs a number of words from 1 to " + std::to_string(kMaxDistance),
       .hint = "write the number of words in between, such as 5" + std::string(or_else)});
}

// The s or p of NEAR/s and NEAR/p, in either case, as in Westlaw and Lexis.
std::optional<NearUnit> NamedUnit(std::string_view name) {
  if (name == "s" || name == "S") return NearUnit::kSentence;
  if (name == "p" || name == "P") return NearUnit::kParagraph;
  return std::nullopt;
}

// Where the fuzzy mark of `text` starts ("word~2" -> 4), or npos.
size_t FuzzyMark(std::string_view text) {
  const size_t tilde = text.rfind('~');
  if (tilde == std::string_view::npos || tilde == 0) return std::string_view::npos;
  const std::string_view digits = text.substr(tilde + 1);
  return std::all_of(digits.begin(), digits.end(), IsDigit) ? tilde : std::string_view::npos;
}

// Removes =, * and ~ from a word that has them in the right place.
void TakeMarks(Token* word, size_t min_wildcard_prefix) {
  std::string& text = word->text;
  if (text.size() > 1 && text.front() == '=') {
    text.erase(0, 1);
    word->form = WordForm::kExact;
    return;
  }
  if (text.size() > 1 && text.back() == '*' && text.find('*') == text.size() - 1 &&
      text::CountCharacters(text) - 1 >= min_wildcard_prefix) {
    text.pop_back();
    word->form = WordForm::kPrefix;
    return;
  }
  const size_t tilde = FuzzyMark(text);
  if (tilde == std::string::npos) return;
  const int edits = tilde + 1 < text.size() ? ParseNumber(text.substr(tilde + 1)).value_or(-1) : 0;
  if (edits < 0 || edits > 2 || (edits == 0 && tilde + 1 < text.size())) return;
  text.erase(tilde);
  word->form = WordForm::kFuzzy;
  word->number = edits;
}

}  // namespace

size_t Lexer::SpaceAt(size_t at) const { return LengthOfAny(query_.substr(at), kSpaces); }
size_t Lexer::QuoteAt(size_t at) const { return LengthOfAny(query_.substr(at), kQuotes); }
size_t Lexer::DashAt(size_t at) const { return LengthOfAny(query_.substr(at), kDashes); }

size_t Lexer::EscapedAt(size_t at) const {
  if (query_[at] != '\\' || at + 1 >= query_.size()) return 0;
  return query_[at + 1] == '\\' ? 1 : QuoteAt(at + 1);
}

bool Lexer::EndsWord(size_t at) const {
  return at >= query_.size() || query_[at] == '(' || query_[at] == ')' || SpaceAt(at) > 0 ||
         QuoteAt(at) > 0;
}

bool Lexer::AtGap() const {
  return pos_ >= query_.size() || query_[pos_] == ')' || SpaceAt(pos_) > 0;
}

void Lexer::SkipSpace() {
  while (pos_ < query_.size()) {
    const size_t length = SpaceAt(pos_);
    if (length == 0) return;
    pos_ += length;
  }
}

absl::StatusOr<Token> Lexer::Next() {
  SkipSpace();
  const size_t start = pos_;
  if (start >= query_.size()) return Token{.kind = TokenKind::kEnd, .span = {start, start}};
  const char c = query_[start];
  if (c == '(' || c == ')') {
    ++pos_;
    return Token{.kind = c == '(' ? TokenKind::kOpen : TokenKind::kClose,
                 .span = {start, pos_},
                 .text = std::string(1, c)};
  }
  if (QuoteAt(start) > 0) return Quoted(start, false);
  if (c == '=' && QuoteAt(start + 1) > 0) {
    ++pos_;
    return Quoted(start, true);
  }
  const size_t dash = DashAt(start);
  const size_t behind = start + dash;
  if (dash > 0 && behind < query_.size() && SpaceAt(behind) == 0 && query_[behind] != ')') {
    pos_ = behind;
    return Token{.kind = TokenKind::kMinus, .span = {start, behind}, .text = "-"};
  }
  return WordOrOperator();
}

absl::StatusOr<Token> Lexer::NextValue() {
  const size_t start = pos_;
  if (start < query_.size() && QuoteAt(start) > 0) return Quoted(start, false);
  while (pos_ < query_.size() && query_[pos_] != ')' && SpaceAt(pos_) == 0) ++pos_;
  return Token{.kind = TokenKind::kWord,
               .span = {start, pos_},
               .text = std::string(query_.substr(start, pos_ - start))};
}

absl::StatusOr<Token> Lexer::Quoted(size_t start, bool exact) {
  pos_ += QuoteAt(pos_);
  Token token{.kind = TokenKind::kQuoted, .form = exact ? WordForm::kExact : WordForm::kPlain};
  while (pos_ < query_.size() && QuoteAt(pos_) == 0) {
    const size_t escaped = EscapedAt(pos_);
    if (escaped > 0) ++pos_;
    const size_t taken = std::max<size_t>(escaped, 1);
    token.text += query_.substr(pos_, taken);
    pos_ += taken;
  }
  if (pos_ >= query_.size()) {
    return ToStatus({.span = {start, query_.size()},
                     .message = "the quote that opens here is never closed",
                     .hint = "add a closing quote",
                     .suggested_query = std::string(query_) + "\""});
  }
  pos_ += QuoteAt(pos_);
  if (const absl::Status slop = ReadSlop(&token); !slop.ok()) return slop;
  token.span = {start, pos_};
  return token;
}

absl::Status Lexer::ReadSlop(Token* token) {
  if (pos_ >= query_.size() || query_[pos_] != '~') return absl::OkStatus();
  const size_t tilde = pos_++;
  while (pos_ < query_.size() && IsDigit(query_[pos_])) ++pos_;
  const std::optional<int> slop = ParseNumber(query_.substr(tilde + 1, pos_ - tilde - 1));
  if (!slop || *slop < 1 || *slop > kMaxDistance) {
    return DistanceMistake({tilde, pos_}, "the ~ behind a phrase");
  }
  token->number = *slop;
  return absl::OkStatus();
}

absl::StatusOr<Token> Lexer::WordOrOperator() {
  const size_t start = pos_;
  if (const size_t name = FieldNameLength(query_.substr(start)); name > 0) {
    pos_ += name + 1;
    return Token{.kind = TokenKind::kField,
                 .span = {start, start + name},
                 .text = std::string(query_.substr(start, name))};
  }
  while (!EndsWord(pos_)) ++pos_;
  Token token{.kind = TokenKind::kWord,
              .span = {start, pos_},
              .text = std::string(query_.substr(start, pos_ - start))};
  const std::string_view text = token.text;
  if (text == "AND") token.kind = TokenKind::kAnd;
  if (text == "OR") token.kind = TokenKind::kOr;
  if (text == "NOT") token.kind = TokenKind::kNot;
  if (token.kind != TokenKind::kWord) return token;
  if (text == "NEAR" || text.starts_with("NEAR/")) return Near(token, text.substr(4));
  if (text == "ADJ" || text.starts_with("ADJ/")) {
    token.ordered = true;
    return Near(token, text.substr(3));
  }
  return WithMarks(std::move(token));
}

absl::StatusOr<Token> Lexer::Near(Token token, std::string_view rest) {
  token.kind = TokenKind::kNear;
  token.number = kDefaultNear;
  if (rest.empty()) return token;
  if (const std::optional<NearUnit> unit = NamedUnit(rest.substr(1))) {
    token.unit = *unit;
    token.number = 0;
    return token;
  }
  const std::optional<int> distance = ParseNumber(rest.substr(1));
  if (!distance || *distance < 1 || *distance > kMaxDistance) {
    return DistanceMistake(token.span, token.ordered ? "ADJ/" : "NEAR/",
                           ", or s for one sentence, p for one paragraph");
  }
  token.number = *distance;
  return token;
}

absl::StatusOr<Token> Lexer::WithMarks(Token token) {
  const std::string written = token.text;
  TakeMarks(&token, min_wildcard_prefix_);
  if (token.form == WordForm::kPlain && written.find('*') != std::string::npos) {
    const bool short_prefix = written.find('*') == written.size() - 1;
    return ToStatus({.span = token.span,
                     .message = short_prefix ? "the * needs at least " +
                                                   std::to_string(min_wildcard_prefix_) +
                                                   " letters before it"
                                             : "the * can only end a word",
                     .hint = short_prefix ? "write more of the word, or leave it out"
                                          : "write the start of the word and one * behind it"});
  }
  if (token.form == WordForm::kPlain && FuzzyMark(written) != std::string::npos) {
    return ToStatus({.span = token.span,
                     .message = "the ~ behind a word takes 1 or 2 changed letters",
                     .hint = "write ~, ~1 or ~2",
                     .suggested_query = Replaced(
                         query_, {token.span.begin + FuzzyMark(written), token.span.end}, "~2")});
  }
  return token;
}

bool IsBlank(std::string_view text) {
  while (!text.empty()) {
    const size_t space = LengthOfAny(text, kSpaces);
    if (space == 0) return false;
    text.remove_prefix(space);
  }
  return true;
}

std::vector<Token> WordsOfPhrase(std::string_view text, size_t offset, size_t min_wildcard_prefix) {
  std::vector<Token> words;
  size_t at = 0;
  while (at < text.size()) {
    if (const size_t space = LengthOfAny(text.substr(at), kSpaces); space > 0) {
      at += space;
      continue;
    }
    const size_t start = at;
    while (at < text.size() && LengthOfAny(text.substr(at), kSpaces) == 0) ++at;
    Token word{.kind = TokenKind::kWord,
               .span = {offset + start, offset + at},
               .text = std::string(text.substr(start, at - start))};
    TakeMarks(&word, min_wildcard_prefix);
    words.push_back(std::move(word));
  }
  return words;
}

std::string EscapeQuotes(std::string_view text) {
  std::string out;
  for (size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '\\' || LengthOfAny(text.substr(at), kQuotes) > 0) out += '\\';
    out += text[at];
  }
  return out;
}

}  // namespace broadsheet::query
