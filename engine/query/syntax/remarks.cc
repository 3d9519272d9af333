// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/syntax/remarks.h"

#include <algorithm>
#include <array>
#include <utility>

#include "engine/query/syntax/edit.h"
#include "engine/query/syntax/letters.h"
#include "engine/query/syntax/scope.h"

namespace broadsheet::query {
namespace {

// Whether a name before a space may be the field's: one that is the field's, or a slip at the start
// of the query, where nobody writes `headlin: a pact` for anything else.
bool MayNameField(const Token& token, std::string_view name) {
  if (FindScope(name)) return true;
  const bool small = std::all_of(name.begin(), name.end(), [](char c) { return c >= 'a'; });
  return small && token.span.begin == 0 && !NearestName(name).empty();
}

// `Source: a pact is near`.
void RemarkOnNames(std::string_view query, const std::vector<Token>& tokens,
                   std::vector<Remark>* remarks) {
  for (size_t i = 0; i + 1 < tokens.size(); ++i) {
    const std::string_view typed = TextOf(query, tokens[i].span);
    if (tokens[i].kind != TokenKind::kWord || !typed.ends_with(':')) continue;
    const std::string_view name = typed.substr(0, typed.size() - 1);
    const std::string lower = LowerAscii(FindScope(name) ? name : NearestName(name));
    const bool valued =
        tokens[i + 1].kind == TokenKind::kWord || tokens[i + 1].kind == TokenKind::kQuoted;
    if (!valued || !MayNameField(tokens[i], name)) continue;
    const Span gap{tokens[i].span.begin, tokens[i + 1].span.begin};
    remarks->push_back({.kind = RemarkKind::kReadAsText,
                        .word = std::string(typed),
                        .message = "\"" + std::string(typed) +
                                   "\" was read as a word, since a space follows; the field is "
                                   "written " +
                                   lower + ":" + std::string(TextOf(query, tokens[i + 1].span)),
                        .suggestion = Replaced(query, gap, lower + ":")});
    return;
  }
}

// A mark by itself between two words, which separates titles in headlines and means something in
// other search engines.
struct LoneMark {
  std::string_view mark;
  std::string_view ours;  // what to type for its meaning there
  std::string_view meaning;
};
constexpr std::array kLoneMarks = {
    LoneMark{"|", "OR", "either word"},
    LoneMark{"~", "NEAR", "words near each other"},
    LoneMark{"%", "NOT", "leaving out what follows"},
    LoneMark{"!", "NOT", "leaving out what follows"},
};

void RemarkOnMarks(std::string_view query, const std::vector<Token>& tokens,
                   std::vector<Remark>* remarks) {
  for (size_t i = 1; i + 1 < tokens.size(); ++i) {
    if (tokens[i].kind != TokenKind::kWord) continue;
    const std::string_view typed = TextOf(query, tokens[i].span);
    for (const auto& [mark, ours, meaning] : kLoneMarks) {
      // "5 %" is a number.
      const char before = TextOf(query, tokens[i - 1].span).back();
      if (typed != mark || (text::IsAsciiDigit(before))) continue;
      remarks->push_back({.kind = RemarkKind::kReadAsText,
                          .word = std::string(mark),
                          .message = "\"" + std::string(mark) + "\" was read as punctuation; for " +
                                     std::string(meaning) + " write " + std::string(ours),
                          .suggestion = Replaced(query, tokens[i].span, ours)});
      return;
    }
  }
}

// `fraud|tax`, `*ment`: marks within a word.
void RemarkOnMarksInWords(std::string_view query, const std::vector<Token>& tokens,
                          std::vector<Remark>* remarks) {
  for (const Token& token : tokens) {
    if (token.kind != TokenKind::kWord || token.form != WordForm::kPlain) continue;
    const std::string_view typed = TextOf(query, token.span);
    const size_t bar = typed.find('|');
    if (bar != std::string_view::npos && bar > 0 && bar + 1 < typed.size()) {
      const Span span{token.span.begin + bar, token.span.begin + bar + 1};
      remarks->push_back({.kind = RemarkKind::kReadAsText,
                          .word = std::string(typed),
                          .message = "the \"|\" of \"" + std::string(typed) +
                                     "\" was read as punctuation; for either word write OR",
                          .suggestion = Replaced(query, span, " OR ")});
      return;
    }
    const bool only_leads = typed.size() > 2 && typed.rfind('*') == 0;
    if (!only_leads) continue;
    remarks->push_back({.kind = RemarkKind::kReadAsText,
                        .word = std::string(typed),
                        .message = "the * of \"" + std::string(typed) +
                                   "\" was read as punctuation: it can only end a word",
                        .suggestion = ""});
    return;
  }
}

bool HasSmallLetter(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}
bool IsLongWord(std::string_view text) {
  return text.size() > 3 && std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= 'A' && c <= 'Z') || c == ',' || c == '.' || c == '\'';
         });
}

// In a headline in capitals nobody can tell NOT from NOT.
void RemarkOnCapitals(std::string_view query, const std::vector<Token>& tokens,
                      std::vector<Remark>* remarks) {
  constexpr int kWordsOfAHeadline = 2;
  std::string quoted(query);
  std::string first;
  int words = 0;
  for (size_t i = tokens.size(); i-- > 0;) {
    const std::string_view typed = TextOf(query, tokens[i].span);
    if (HasSmallLetter(typed)) return;
    const TokenKind kind = tokens[i].kind;
    const bool near = kind == TokenKind::kNear && typed.find('/') == std::string_view::npos;
    const bool named = (kind == TokenKind::kOr || kind == TokenKind::kNot) && typed.size() > 1;
    if (kind == TokenKind::kWord && IsLongWord(typed)) ++words;
    if (!near && (!named || typed.front() == '|')) continue;
    first = std::string(typed);
    quoted = Replaced(quoted, tokens[i].span, "\"" + first + "\"");
  }
  if (first.empty() || words < kWordsOfAHeadline) return;
  remarks->push_back({.kind = RemarkKind::kReadAsOperator,
                      .word = first,
                      .message = first + " was read as an operator; for the word put it in quotes",
                      .suggestion = quoted});
}

}  // namespace

std::vector<Remark> RemarksOn(std::string_view query, const std::vector<Token>& tokens) {
  std::vector<Remark> remarks;
  RemarkOnNames(query, tokens, &remarks);
  RemarkOnMarks(query, tokens, &remarks);
  RemarkOnMarksInWords(query, tokens, &remarks);
  RemarkOnCapitals(query, tokens, &remarks);
  return remarks;
}

}  // namespace broadsheet::query
