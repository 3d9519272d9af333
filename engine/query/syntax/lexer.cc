// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/syntax/lexer.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "engine/query/syntax/edit.h"
#include "engine/query/syntax/letters.h"
#include "engine/query/syntax/query_error.h"
#include "engine/query/syntax/scope.h"
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

// The length of a field's name when `text` starts with one and its colon; 0 otherwise. A URL is not
// a field.
size_t FieldNameLength(std::string_view text) {
  size_t n = 0;
  while (n < text.size() && (text::IsAsciiAlpha(text[n]) || (n > 0 && text[n] == '_'))) ++n;
  if (n == 0 || n >= text.size() || text[n] != ':') return 0;
  return text.substr(n + 1).starts_with("//") ? 0 : n;
}

std::optional<int> ParseNumber(std::string_view digits) {
  int number = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  return number;
}

// `written` is what stands where the number should be.
absl::Status DistanceMistake(std::string_view query, Span span, std::string_view what,
                             std::string_view written, std::string_view or_else = "") {
  const std::optional<int> number = ParseNumber(written);
  const int nearest = number ? std::clamp(*number, 1, kMaxDistance) : kMaxDistance;
  const bool all_digits =
      !written.empty() && std::all_of(written.begin(), written.end(), text::IsAsciiDigit);
  const std::string mended = std::to_string(all_digits ? nearest : kDefaultNear);
  return ToStatus(
      {.span = span,
       .message =
           std::string(what) + " needs a number of words from 1 to " + std::to_string(kMaxDistance),
       .hint = "write the number of words in between, such as 5" + std::string(or_else),
       .suggested_query = Replaced(query, {span.end - written.size(), span.end}, mended)});
}

// The s or p of NEAR/s and NEAR/p, in either case, as in Westlaw and Lexis.
std::optional<NearUnit> NamedUnit(std::string_view name) {
  if (name == "s" || name == "S") return NearUnit::kSentence;
  if (name == "p" || name == "P") return NearUnit::kParagraph;
  return std::nullopt;
}

// Where the fuzzy mark of `text` starts ("word~2" -> 4), or npos. "10~15" is a range of numbers.
size_t FuzzyMark(std::string_view text) {
  const size_t tilde = text.rfind('~');
  if (tilde == std::string_view::npos || tilde == 0) return std::string_view::npos;
  const std::string_view digits = text.substr(tilde + 1);
  const std::string_view before = text.substr(0, tilde);
  if (!digits.empty() && std::all_of(before.begin(), before.end(), text::IsAsciiDigit)) {
    return std::string_view::npos;
  }
  return std::all_of(digits.begin(), digits.end(), text::IsAsciiDigit) ? tilde
                                                                       : std::string_view::npos;
}

bool AreLetters(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), IsLetterByte);
}

// A wildcard where there can be none: `go*rn`, `wom?n`. The words of headlines are none: `f***`,
// `O*NET`, `*NEW*`, `Really?Yes`.
struct BadWildcard {
  size_t mark = std::string_view::npos;  // where it is
  bool inside = false;                   // with letters behind it
};
std::optional<BadWildcard> FindBadWildcard(std::string_view word, size_t min_prefix) {
  const size_t mark = word.find_first_of("*?");
  if (mark == std::string_view::npos) return std::nullopt;
  const std::string_view before = word.substr(0, mark);
  const std::string_view behind = word.substr(mark + 1);
  if (!AreLetters(before)) return std::nullopt;
  const bool enough = text::CountCharacters(std::string(before)) >= min_prefix;
  if (word[mark] == '*' && behind.empty() && !enough) return BadWildcard{mark, false};
  const bool small = !behind.empty() && behind.front() >= 'a' && behind.front() <= 'z';
  if (!enough || !AreLetters(behind) || (word[mark] == '?' && !small)) return std::nullopt;
  return BadWildcard{mark, true};
}

// Hebrew letters, U+05D0 to U+05EA.
bool IsHebrew(std::string_view text) {
  return text.size() >= 2 && text[0] == '\xD7' && static_cast<unsigned char>(text[1]) >= 0x90 &&
         static_cast<unsigned char>(text[1]) <= 0xAA;
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

bool Lexer::IsInnerQuote(size_t at, bool outside) const {
  const std::string_view behind = query_.substr(at + QuoteAt(at));
  if (at >= 2 && IsHebrew(query_.substr(at - 2)) && IsHebrew(behind)) return true;
  if (!outside || at == 0 || !text::IsAsciiDigit(query_[at - 1])) return false;
  if (query_.substr(at).starts_with("“") || query_.substr(at).starts_with("„")) return false;
  // 6"x4" are inches, 2024"Games" is not.
  const bool by = behind.size() > 1 && behind[0] == 'x' && text::IsAsciiDigit(behind[1]);
  return by || behind.empty() ||
         !(IsLetterByte(behind[0]) && SpaceAt(query_.size() - behind.size()) == 0);
}

bool Lexer::EndsWord(size_t at) const {
  return at >= query_.size() || query_[at] == '(' || query_[at] == ')' || SpaceAt(at) > 0 ||
         (QuoteAt(at) > 0 && !IsInnerQuote(at, true));
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
  while (pos_ < query_.size() && (QuoteAt(pos_) == 0 || IsInnerQuote(pos_, false))) {
    const size_t escaped = EscapedAt(pos_);
    if (escaped > 0) ++pos_;
    const size_t taken = std::max<size_t>(escaped, 1);
    token.text += query_.substr(pos_, taken);
    pos_ += taken;
  }
  if (pos_ >= query_.size()) return NeverClosed(start);
  pos_ += QuoteAt(pos_);
  if (const absl::Status slop = ReadSlop(&token); !slop.ok()) return slop;
  token.span = {start, pos_};
  return token;
}

// A quote at the end of a word, as in `fraud"`, closes what nobody opened.
absl::Status Lexer::NeverClosed(size_t start) const {
  const size_t behind = start + QuoteAt(start);
  const bool ends_word = start > 0 && SpaceAt(start - 1) == 0 && query_[start - 1] != '(' &&
                         query_[start - 1] != ':' && query_[start - 1] != '-' &&
                         (behind >= query_.size() || SpaceAt(behind) > 0);
  const bool stray = ends_word || IsBlank(query_.substr(behind));
  return ToStatus(
      {.span = {start, query_.size()},
       .message = "the quote that opens here is never closed",
       .hint = "add a closing quote, or remove this one",
       .suggested_query = stray ? Without(query_, {start, behind}) : std::string(query_) + "\""});
}

absl::Status Lexer::ReadSlop(Token* token) {
  if (pos_ >= query_.size() || query_[pos_] != '~') return absl::OkStatus();
  const size_t tilde = pos_++;
  while (pos_ < query_.size() && text::IsAsciiDigit(query_[pos_])) ++pos_;
  const std::optional<int> slop = ParseNumber(query_.substr(tilde + 1, pos_ - tilde - 1));
  if (!slop || *slop < 1 || *slop > kMaxDistance) {
    return DistanceMistake(query_, {tilde, pos_}, "the ~ behind a phrase",
                           query_.substr(tilde + 1, pos_ - tilde - 1));
  }
  token->number = *slop;
  return absl::OkStatus();
}

// A name before a space is text, as in `News: a pact` and `Source: a pact is near`. Only a field's
// name in small letters that starts the query is taken for a slip, and what nobody writes
// otherwise.
bool Lexer::StartsClause(size_t start, size_t length) const {
  const NameKind kind = KindOfName(query_.substr(start, length));
  const size_t value = start + length + 1;
  const bool gap = value >= query_.size() || query_[value] == ')' || SpaceAt(value) > 0;
  if (!gap || kind == NameKind::kWord) return kind != NameKind::kWord;
  if (kind == NameKind::kCommand) return true;
  const std::string_view name = query_.substr(start, length);
  const bool small = std::all_of(name.begin(), name.end(), [](char c) { return c >= 'a'; });
  return kind == NameKind::kField && small && IsBlank(query_.substr(0, start));
}

absl::StatusOr<Token> Lexer::WordOrOperator() {
  const size_t start = pos_;
  const size_t name = FieldNameLength(query_.substr(start));
  if (name > 0 && StartsClause(start, name)) {
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
  if (text == "AND" || text == "&&") token.kind = TokenKind::kAnd;
  if (text == "OR" || text == "||") token.kind = TokenKind::kOr;
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
    return DistanceMistake(query_, token.span, token.ordered ? "ADJ/" : "NEAR/", rest.substr(1),
                           ", or s for one sentence, p for one paragraph");
  }
  token.number = *distance;
  return token;
}

absl::StatusOr<Token> Lexer::WithMarks(Token token) {
  const std::string written = token.text;
  TakeMarks(&token, min_wildcard_prefix_);
  if (token.form != WordForm::kPlain) return token;
  const size_t begin = token.span.begin;
  if (const auto bad = FindBadWildcard(written, min_wildcard_prefix_)) {
    const std::string mark(1, written[bad->mark]);
    const std::string least = std::to_string(min_wildcard_prefix_);
    return ToStatus(
        {.span = token.span,
         .message = bad->inside ? "the " + mark + " cannot stand inside a word"
                                : "the * needs at least " + least + " letters before it",
         .hint = bad->inside ? "write the start of the word and one * behind it"
                             : "write more of the word, or leave it out",
         .suggested_query =
             Replaced(query_, {begin + bad->mark, token.span.end}, bad->inside ? "*" : "")});
  }
  if (const size_t tilde = FuzzyMark(written); tilde != std::string::npos) {
    return ToStatus({.span = token.span,
                     .message = "the ~ behind a word takes 1 or 2 changed letters",
                     .hint = "write ~, ~1 or ~2",
                     .suggested_query = Replaced(query_, {begin + tilde, token.span.end}, "~2")});
  }
  return token;
}

size_t QuoteLength(std::string_view text) { return LengthOfAny(text, kQuotes); }

std::vector<Token> TokensOf(std::string_view query, size_t min_wildcard_prefix) {
  std::vector<Token> tokens;
  Lexer lexer(query, min_wildcard_prefix);
  while (true) {
    const bool behind_name = !tokens.empty() && tokens.back().kind == TokenKind::kField;
    const std::optional<Scope> scope =
        behind_name ? FindScope(tokens.back().text) : std::optional<Scope>();
    const bool value = scope && scope->field->kind != schema::FieldKind::kText && !lexer.AtOpen() &&
                       !lexer.AtGap();
    absl::StatusOr<Token> token = value ? lexer.NextValue() : lexer.Next();
    if (!token.ok() || token->kind == TokenKind::kEnd) return tokens;
    tokens.push_back(*std::move(token));
  }
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
