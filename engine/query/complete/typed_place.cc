// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/complete/typed_place.h"

#include <algorithm>

#include "engine/query/syntax/lexer.h"
#include "engine/text/char_class.h"

namespace broadsheet::query {
namespace {

bool SeparatesClauses(std::string_view text, size_t at) {
  const text::Character character = text::CharacterAt(text, at);
  return text::IsWhiteSpace(character.code_point) || text[at] == '(' || text[at] == ')';
}

// Where the quote opens that is still open at the end of `before`; npos when none is.
size_t OpenQuote(std::string_view before) {
  size_t open = std::string_view::npos;
  for (size_t at = 0; at < before.size();) {
    const size_t quote = QuoteLength(before.substr(at));
    if (quote > 0) open = open == std::string_view::npos ? at : std::string_view::npos;
    const bool escaped = before[at] == '\\' && at + 1 < before.size();
    at += quote > 0 ? quote : escaped ? 2 : text::CharacterAt(before, at).end - at;
  }
  return open;
}

// Where the clause begins that ends at `end`.
size_t BeginOfClause(std::string_view text, size_t end) {
  size_t begin = 0;
  for (size_t at = 0; at < end; at = text::CharacterAt(text, at).end) {
    if (SeparatesClauses(text, at) || QuoteLength(text.substr(at)) > 0) {
      begin = text::CharacterAt(text, at).end;
    }
  }
  return std::min(begin, end);
}

size_t EndOfClause(std::string_view text, size_t at) {
  while (at < text.size() && !SeparatesClauses(text, at) && QuoteLength(text.substr(at)) == 0) {
    at = text::CharacterAt(text, at).end;
  }
  return at;
}

// The field whose name and colon stand right before `at`.
const schema::Field* FieldBefore(std::string_view text, size_t at) {
  if (at == 0 || text[at - 1] != ':') return nullptr;
  size_t begin = at - 1;
  while (begin > 0 && text::IsAsciiAlpha(text[begin - 1])) --begin;
  return schema::FindField(text.substr(begin, at - 1 - begin));
}

TypedKind KindIn(const schema::Field& field) {
  return field.facet ? TypedKind::kFieldValue : TypedKind::kFieldWord;
}

TypedPlace InQuotes(std::string_view text, size_t quote, size_t cursor) {
  const size_t inside = quote + QuoteLength(text.substr(quote));
  TypedPlace place{.kind = TypedKind::kPhrase};
  const schema::Field* field = FieldBefore(text, quote);
  if (field != nullptr) place.field = field->id;
  if (field != nullptr && field->facet) {
    place.kind = TypedKind::kFieldValue;
    size_t end = cursor;
    while (end < text.size() && QuoteLength(text.substr(end)) == 0) ++end;
    // Where the quote is not closed, what follows is perhaps another clause.
    const bool closed = end < text.size();
    place.span = {quote, closed ? end + QuoteLength(text.substr(end)) : cursor};
    place.typed = text.substr(inside, cursor - inside);
    return place;
  }
  const size_t begin = std::max(inside, BeginOfClause(text, cursor));
  place.span = {begin, EndOfClause(text, cursor)};
  place.typed = text.substr(begin, cursor - begin);
  return place;
}

}  // namespace

TypedPlace PlaceAt(std::string_view text, size_t cursor) {
  const size_t quote = OpenQuote(text.substr(0, cursor));
  if (quote != std::string_view::npos) return InQuotes(text, quote, cursor);
  size_t begin = BeginOfClause(text, cursor);
  const size_t end = EndOfClause(text, cursor);
  while (begin < cursor && (text[begin] == '-' || text[begin] == '+')) ++begin;
  TypedPlace place;
  const size_t colon = text.substr(begin, cursor - begin).find(':');
  if (colon != std::string_view::npos) {
    const schema::Field* field = FieldBefore(text, begin + colon + 1);
    if (field != nullptr) {
      begin += colon + 1;
      place.field = field->id;
      place.kind = KindIn(*field);
    }
  }
  if (begin < cursor && text[begin] == '=') ++begin;
  place.span = {begin, end};
  place.typed = text.substr(begin, cursor - begin);
  return place;
}

}  // namespace broadsheet::query
