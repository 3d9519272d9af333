// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/syntax/dialects.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>

#include "engine/query/syntax/edit.h"
#include "engine/query/syntax/letters.h"
#include "engine/query/syntax/query_error.h"
#include "engine/query/syntax/scope.h"

namespace broadsheet::query {
namespace {

bool IsWordByte(char c) { return text::IsAsciiDigit(c) || IsLetterByte(c); }

// A number of words, as NEAR takes one.
bool IsDistance(std::string_view text) {
  return !text.empty() && text.size() <= 2 &&
         std::all_of(text.begin(), text.end(), text::IsAsciiDigit) && text.front() != '0';
}

// The operators of nearness, before their number or unit.
struct NearWord {
  std::string_view start;
  std::string_view ours;
  bool takes_number = true;
  bool takes_unit = true;
};
constexpr std::array kNearWords = {
    NearWord{"w/", "NEAR/"},
    NearWord{"n/", "NEAR/"},
    NearWord{"near/", "NEAR/"},
    NearWord{"within/", "NEAR/"},
    NearWord{"/", "NEAR/"},
    NearWord{"onear/", "ADJ/"},
    NearWord{"pre/", "ADJ/"},
    NearWord{"p/", "ADJ/"},
    NearWord{"adj/", "ADJ/"},
    NearWord{"near", "NEAR/", true, false},
    NearWord{"adj", "ADJ/", true, false},
    // +3 is a number, as in "+3 percent".
    NearWord{"+", "ADJ/", false, true},
};

// NEAR/5 for w/5, ADJ/s for +s; "" for any other word.
std::string NearOperatorFor(std::string_view word) {
  const std::string lower = LowerAscii(word);
  for (const NearWord& near : kNearWords) {
    if (!lower.starts_with(near.start)) continue;
    const std::string rest = lower.substr(near.start.size());
    if (near.takes_number && IsDistance(rest)) return std::string(near.ours) + rest;
    const bool sentence = rest == "s" || rest == "sent";
    const bool paragraph = rest == "p" || rest == "para";
    if (near.takes_unit && (sentence || paragraph)) {
      return std::string(near.ours) + (sentence ? "s" : "p");
    }
  }
  return "";
}

class Dialects {
 public:
  Dialects(std::string_view query, const std::vector<Token>& tokens)
      : query_(query), tokens_(tokens) {}

  absl::Status Refuse() const;

 private:
  using MaybeMistake = std::optional<Mistake>;

  MaybeMistake Look(size_t i) const;
  MaybeMistake Bang(size_t i) const;               // !fraud
  MaybeMistake Weight(size_t i) const;             // fraud^2
  MaybeMistake Near(size_t i) const;               // a w/5 b
  MaybeMistake NearInParentheses(size_t i) const;  // AROUND(5)
  MaybeMistake GluedOperator(size_t i) const;      // a||b
  MaybeMistake Comparison(size_t i) const;         // source=AP, date>=2024
  MaybeMistake Segment(size_t i) const;            // headline(kim)
  MaybeMistake Range(size_t i) const;              // date:[2023 TO 2024]
  MaybeMistake Everything(size_t i) const;         // *:*
  MaybeMistake Pattern(size_t i) const;            // /gov.*ment/

  // Token i as it was typed; "" behind the last one.
  std::string_view Typed(size_t i) const {
    return i < tokens_.size() ? TextOf(query_, tokens_[i].span) : std::string_view();
  }
  // Whether token i stands right behind token i - 1.
  bool Touches(size_t i) const {
    return i > 0 && i < tokens_.size() && tokens_[i].span.begin == tokens_[i - 1].span.end;
  }
  bool IsKind(size_t i, TokenKind kind) const {
    return i < tokens_.size() && tokens_[i].kind == kind;
  }
  bool IsOperand(size_t i) const {
    return IsKind(i, TokenKind::kWord) || IsKind(i, TokenKind::kQuoted) ||
           IsKind(i, TokenKind::kOpen) || IsKind(i, TokenKind::kClose) ||
           IsKind(i, TokenKind::kField);
  }
  Mistake Write(Span span, std::string_view ours, std::string message) const {
    const std::string shown(ours.substr(std::min(ours.find_first_not_of(' '), ours.size())));
    return {.span = span,
            .message = std::move(message),
            .hint = "write " + shown.substr(0, shown.find_last_not_of(' ') + 1),
            .suggested_query = Replaced(query_, span, ours)};
  }

  std::string_view query_;
  const std::vector<Token>& tokens_;
};

absl::Status Dialects::Refuse() const {
  for (size_t i = 0; i < tokens_.size(); ++i) {
    if (const MaybeMistake mistake = Look(i)) return ToStatus(*mistake);
  }
  return absl::OkStatus();
}

Dialects::MaybeMistake Dialects::Look(size_t i) const {
  if (IsKind(i, TokenKind::kNear)) return NearInParentheses(i);
  if (!IsKind(i, TokenKind::kWord)) return std::nullopt;
  if (MaybeMistake range = Range(i)) return range;
  if (i > 0 && IsKind(i - 1, TokenKind::kField)) {
    // What follows `id:` and the like is a value, whatever it looks like.
    const std::optional<Scope> scope = FindScope(Typed(i - 1));
    const bool words = scope && scope->field->kind == schema::FieldKind::kText;
    return words ? Weight(i) : std::nullopt;
  }
  for (const auto look :
       {&Dialects::Bang, &Dialects::Weight, &Dialects::Near, &Dialects::NearInParentheses,
        &Dialects::GluedOperator, &Dialects::Comparison, &Dialects::Segment, &Dialects::Everything,
        &Dialects::Pattern}) {
    if (MaybeMistake mistake = (this->*look)(i)) return mistake;
  }
  return std::nullopt;
}

Dialects::MaybeMistake Dialects::Bang(size_t i) const {
  const std::string_view word = Typed(i);
  if (!word.starts_with('!') || Touches(i)) return std::nullopt;
  const bool negates = word.size() > 1 ? IsWordByte(word[1])
                                       : Touches(i + 1) && (IsKind(i + 1, TokenKind::kOpen) ||
                                                            IsKind(i + 1, TokenKind::kQuoted));
  if (!negates) return std::nullopt;
  const size_t begin = tokens_[i].span.begin;
  return Write({begin, begin + 1}, "-", "`!` does not leave a word out here");
}

Dialects::MaybeMistake Dialects::Weight(size_t i) const {
  const std::string_view word = Typed(i);
  const size_t mark = word.rfind('^');
  if (mark == std::string_view::npos || mark + 1 == word.size()) return std::nullopt;
  const std::string_view number = word.substr(mark + 1);
  if (!std::all_of(number.begin(), number.end(),
                   [](char c) { return text::IsAsciiDigit(c) || c == '.'; })) {
    return std::nullopt;
  }
  // Alone it is the weight of the phrase or group before it.
  if (mark == 0 && !Touches(i)) return std::nullopt;
  const Span span{tokens_[i].span.begin + mark, tokens_[i].span.end};
  return Mistake{.span = span,
                 .message = "words have no weights here",
                 .hint = "leave it out: rare words and headlines count more by themselves",
                 .suggested_query = Replaced(query_, span, "")};
}

Dialects::MaybeMistake Dialects::Near(size_t i) const {
  const std::string ours = NearOperatorFor(Typed(i));
  if (ours.empty() || i == 0 || !IsOperand(i - 1) || !IsOperand(i + 1) || Touches(i + 1)) {
    return std::nullopt;
  }
  // "24 /7" is no operator.
  if (text::IsAsciiDigit(Typed(i - 1).back())) return std::nullopt;
  return Write(tokens_[i].span, ours, "`" + std::string(Typed(i)) + "` is no operator here");
}

Dialects::MaybeMistake Dialects::NearInParentheses(size_t i) const {
  const std::string_view word = Typed(i);
  const bool ordered = word == "ADJ" || word == "ONEAR";
  if (word != "AROUND" && word != "NEAR" && !ordered) return std::nullopt;
  if (!IsKind(i + 1, TokenKind::kOpen) || !Touches(i + 1) || !IsDistance(Typed(i + 2)) ||
      !IsKind(i + 3, TokenKind::kClose)) {
    return std::nullopt;
  }
  const std::string ours = (ordered ? "ADJ/" : "NEAR/") + std::string(Typed(i + 2));
  const Span span{tokens_[i].span.begin, tokens_[i + 3].span.end};
  return Write(span, ours, "`" + std::string(TextOf(query_, span)) + "` is no operator here");
}

Dialects::MaybeMistake Dialects::GluedOperator(size_t i) const {
  const std::string_view word = Typed(i);
  if (word == "ANDNOT" || word == "BUTNOT") {
    if (i == 0 || i + 1 >= tokens_.size()) return std::nullopt;
    return Write(tokens_[i].span, "NOT", "`" + std::string(word) + "` is no operator here");
  }
  for (const auto& [theirs, ours] : {std::pair{"||", " OR "}, std::pair{"&&", " AND "}}) {
    const size_t at = word.find(theirs);
    if (at == std::string_view::npos || at == 0 || at + 2 >= word.size()) continue;
    if (!IsWordByte(word[at - 1]) || !IsWordByte(word[at + 2])) continue;
    const size_t begin = tokens_[i].span.begin + at;
    return Write({begin, begin + 2}, ours,
                 "`" + std::string(theirs) + "` joins words only with spaces around it");
  }
  return std::nullopt;
}

Dialects::MaybeMistake Dialects::Comparison(size_t i) const {
  const std::string_view word = Typed(i);
  const size_t sign = word.find_first_of("=<>!");
  if (sign == 0 || sign == std::string_view::npos) return std::nullopt;
  const std::optional<Scope> scope = FindScope(word.substr(0, sign));
  const size_t value = std::min(word.find_first_not_of("=<>!", sign), word.size());
  const std::string_view theirs = word.substr(sign, value - sign);
  const bool followed = value < word.size() || (Touches(i + 1) && IsOperand(i + 1));
  if (!scope || !followed) return std::nullopt;
  const bool negated = theirs == "!=" || theirs == "<>";
  const bool date = scope->field->kind == schema::FieldKind::kDate;
  std::string ours = (negated ? "-" : "") + std::string(word.substr(0, sign)) + ":";
  if (date && theirs.starts_with('>')) ours = "since:";
  if (date && theirs == "<") ours = "before:";
  if (date && theirs == "<=") ours = "until:";
  const bool known = negated || theirs == "=" || theirs == "==" || ours.find("date") != 0;
  if (!known || (!date && (theirs[0] == '<' || theirs[0] == '>') && !negated)) return std::nullopt;
  const size_t begin = tokens_[i].span.begin;
  return Write({begin, begin + value}, ours,
               "`" + std::string(word.substr(0, value)) + "` is no clause here");
}

Dialects::MaybeMistake Dialects::Segment(size_t i) const {
  if (!FindScope(Typed(i)) || !IsKind(i + 1, TokenKind::kOpen) || !Touches(i + 1)) {
    return std::nullopt;
  }
  // "source(s)", "author(ed)" are words.
  if (Typed(i + 2).size() <= 2 || IsKind(i + 2, TokenKind::kClose)) return std::nullopt;
  const Span span = tokens_[i].span;
  return Mistake{.span = span,
                 .message = "`" + std::string(Typed(i)) + "` is a field, but has no colon",
                 .hint = "write `" + std::string(Typed(i)) + ":(`",
                 .suggested_query = Replaced(query_, {span.end, span.end}, ":")};
}

Dialects::MaybeMistake Dialects::Range(size_t i) const {
  const std::string_view first = Typed(i);
  const bool opens = first.starts_with('[') || first.starts_with('{');
  if (!opens || Typed(i + 1) != "TO") return std::nullopt;
  const std::string_view last = Typed(i + 2);
  if (!last.ends_with(']') && !last.ends_with('}')) return std::nullopt;
  std::string from(first.substr(1));
  std::string to(last.substr(0, last.size() - 1));
  if (from == "*") from.clear();
  if (to == "*") to.clear();
  const Span span{tokens_[i].span.begin, tokens_[i + 2].span.end};
  const bool of_dates = i > 0 && IsKind(i - 1, TokenKind::kField) && FindScope(Typed(i - 1)) &&
                        FindScope(Typed(i - 1))->field->kind == schema::FieldKind::kDate;
  const std::string range = from + ".." + to;
  if (of_dates) return Write(span, range, "ranges are written with two dots");
  Mistake mistake{.span = span,
                  .message = "there are ranges of dates only",
                  .hint = "write date:" + range,
                  .suggested_query = Replaced(query_, span, "date:" + range)};
  // What else it may be, its two ends can be looked for.
  const bool years = text::IsAsciiDigit(range.front()) || text::IsAsciiDigit(range.back());
  if (i > 0 && IsKind(i - 1, TokenKind::kField)) {
    mistake.suggested_query = Replaced(query_, span, "(" + from + " OR " + to + ")");
  } else if (!years) {
    mistake.suggested_query = Replaced(query_, span, from + " " + to);
  }
  return mistake;
}

Dialects::MaybeMistake Dialects::Everything(size_t i) const {
  if (Typed(i) != "*:*") return std::nullopt;
  return Write(tokens_[i].span, "(since:0001 OR date:none)",
               "`*:*` does not stand for all articles");
}

Dialects::MaybeMistake Dialects::Pattern(size_t i) const {
  const std::string_view word = Typed(i);
  if (word.size() < 4 || word.front() != '/' || word.back() != '/') return std::nullopt;
  const std::string_view inner = word.substr(1, word.size() - 2);
  const size_t mark = inner.find_first_of(".*+?[]|^$\\{}");
  if (mark == std::string_view::npos) return std::nullopt;
  const auto* const end = std::find_if_not(inner.begin(), inner.end(), IsWordByte);
  std::string start(inner.begin(), end);
  if (start.size() > 1) start += '*';
  return Mistake{.span = tokens_[i].span,
                 .message = "there are no regular expressions here",
                 .hint = "write the start of the word and a * behind it",
                 .suggested_query = start.size() > 1 ? Replaced(query_, tokens_[i].span, start)
                                                     : Without(query_, tokens_[i].span)};
}

}  // namespace

absl::Status RefuseDialects(std::string_view query, const std::vector<Token>& tokens) {
  return Dialects(query, tokens).Refuse();
}

}  // namespace broadsheet::query
