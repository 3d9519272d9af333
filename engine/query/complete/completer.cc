// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/complete/completer.h"

#include <algorithm>
#include <array>
#include <utility>

#include "engine/query/complete/headline_completions.h"
#include "engine/query/syntax/lexer.h"
#include "engine/text/char_class.h"
#include "engine/text/fold.h"
#include "engine/text/utf8.h"

namespace broadsheet::query {
namespace {

// From so many letters on one of them may be wrong, but for the first two.
constexpr size_t kLettersForAnEdit = 5;
constexpr size_t kRightLetters = 2;
// A headline is meant only once this many letters are typed.
constexpr size_t kLettersForAHeadline = 3;
// Beside other kinds.
constexpr size_t kMostHeadlines = 2;
constexpr size_t kMostWordsBeside = 6;

constexpr std::array<std::string_view, 4> kOperators = {"AND", "OR", "NOT", "NEAR/10"};

// As it has to be written in a query.
std::string QuotedWhereNeeded(const std::string& value) {
  const auto plain = [](char c) { return text::IsAsciiAlnum(c) || c == '-' || c == '_'; };
  const bool bare = !value.empty() && text::IsAsciiAlnum(value.front()) &&
                    std::all_of(value.begin(), value.end(), plain);
  return bare ? value : '"' + EscapeQuotes(value) + '"';
}

bool StartsAlike(std::string_view name, std::string_view typed) {
  if (typed.size() > name.size()) return false;
  return std::equal(typed.begin(), typed.end(), name.begin(),
                    [](char a, char b) { return text::AsciiLower(a) == text::AsciiLower(b); });
}

// Whether everything typed so far is plain words, which may be the beginning of a headline.
bool IsPlainText(std::string_view text) {
  return text.find_first_of("\":()=*~\\") == std::string_view::npos && !text.starts_with('-') &&
         text.find(" -") == std::string_view::npos;
}

}  // namespace

Completer::Completer(const WordSearch& search, const TypedText& typed)
    : search_(search),
      typed_(typed),
      place_(PlaceAt(typed.text, typed.cursor)),
      prefix_(text::FoldValue(place_.typed)) {
  if (place_.kind != TypedKind::kClause) search_.field = place_.field;
}

bool Completer::WantsWords() const {
  if (!Wants(PlainKind::kWord) || prefix_.empty()) return false;
  if (place_.kind == TypedKind::kFieldValue) return false;
  return !place_.field || schema::FieldOf(*place_.field).kind == schema::FieldKind::kText;
}

std::vector<schema::FieldId> Completer::ValueFields() const {
  std::vector<schema::FieldId> fields;
  for (const schema::Field& field : schema::Fields()) {
    if (!field.facet || !Wants(field.id)) continue;
    const bool here = place_.kind == TypedKind::kFieldValue
                          ? place_.field == field.id
                          // Nobody who types "e" means the language English.
                          : place_.kind == TypedKind::kClause && !prefix_.empty() &&
                                field.id != schema::FieldId::kLanguage;
    if (here) fields.push_back(field.id);
  }
  return fields;
}

void Completer::AddLanguage() {
  if (place_.kind != TypedKind::kClause) return;
  if (Wants(PlainKind::kField)) {
    for (const schema::Field& field : schema::Fields()) {
      if (!StartsAlike(field.name, place_.typed)) continue;
      language_.push_back({.kind = PlainKind::kField,
                           .span = place_.span,
                           .text = std::string(field.name) + ":",
                           .value = std::string(field.help)});
    }
  }
  // Operators are written in capitals, and join two clauses.
  const bool joins = !IsBlank(std::string_view(typed_.text).substr(0, place_.span.begin));
  if (!Wants(PlainKind::kOperator) || !joins || place_.typed.empty()) return;
  for (const std::string_view name : kOperators) {
    if (!name.starts_with(place_.typed)) continue;
    language_.push_back({.kind = PlainKind::kOperator,
                         .span = place_.span,
                         .text = std::string(name),
                         .value = std::string(name)});
  }
}

void Completer::AddWords(const std::vector<OfferedWord>& words) {
  for (const OfferedWord& word : words) {
    words_.push_back({.kind = PlainKind::kWord,
                      .span = place_.span,
                      .text = word.written,
                      .value = word.written,
                      .popularity = word.popularity,
                      .edits = word.edits});
  }
}

void Completer::AddValues(const std::vector<OfferedValue>& values) {
  for (const OfferedValue& value : values) {
    std::string text = QuotedWhereNeeded(value.value);
    if (place_.kind == TypedKind::kClause) {
      text = std::string(schema::FieldOf(value.field).name) + ":" + text;
    }
    values_.push_back({.kind = value.field,
                       .span = place_.span,
                       .text = std::move(text),
                       .value = value.value,
                       .count = search_.filtered ? 0 : value.count,
                       .popularity = value.count,
                       .edits = value.edits});
  }
}

ValueSearch Completer::ValuesOf(schema::FieldId field) const {
  return {.context = search_.context,
          .vocabulary = search_.vocabulary,
          .allowed = search_.allowed,
          .filtered = search_.filtered,
          .field = field};
}

void Completer::AddExact() {
  if (WantsWords()) AddWords(WordsWithPrefix(search_, prefix_, typed_.most));
  for (const schema::FieldId field : ValueFields()) {
    AddValues(ValuesWithPrefix(ValuesOf(field), prefix_, typed_.most));
  }
}

void Completer::AddNear() {
  if (text::CountCharacters(prefix_) < kLettersForAnEdit) return;
  if (WantsWords()) {
    AddWords(WordsNear(search_,
                       {.typed = prefix_,
                        .what = NearWhat::kBeginning,
                        .most_edits = 1,
                        .right_letters = kRightLetters},
                       typed_.most));
  }
  for (const schema::FieldId field : ValueFields()) {
    AddValues(ValuesNear(ValuesOf(field), prefix_, 1, kRightLetters, typed_.most));
  }
}

absl::Status Completer::AddHeadlines() {
  if (!Wants(schema::FieldId::kHeadline)) return absl::OkStatus();
  const std::string_view text = typed_.text;
  Span span{.begin = 0, .end = text.size()};
  std::string_view begun = text;
  if (place_.kind == TypedKind::kPhrase && place_.field == schema::FieldId::kHeadline) {
    // From the field's name on.
    const size_t quote = text.substr(0, typed_.cursor).rfind('"');
    const size_t name = quote == std::string_view::npos ? quote : text.rfind(':', quote);
    if (name == std::string_view::npos) return absl::OkStatus();
    span.begin = name - std::min(name, schema::FieldOf(*place_.field).name.size());
    span.end = std::max(typed_.cursor, place_.span.end);
    begun = text.substr(quote + 1, typed_.cursor - quote - 1);
  } else if (place_.kind != TypedKind::kClause || typed_.cursor != text.size() ||
             !IsPlainText(text)) {
    return absl::OkStatus();
  }
  const std::string prefix = text::FoldValue(begun);
  if (text::CountCharacters(prefix) < kLettersForAHeadline) return absl::OkStatus();
  absl::StatusOr<std::vector<std::string>> headlines = HeadlinesWithPrefix(
      search_.context, search_.vocabulary, search_.allowed, prefix, typed_.most);
  if (!headlines.ok()) return headlines.status();
  const std::string field(schema::FieldOf(schema::FieldId::kHeadline).name);
  for (std::string& headline : *headlines) {
    headlines_.push_back({.kind = schema::FieldId::kHeadline,
                          .span = span,
                          .text = field + ":\"" + EscapeQuotes(headline) + '"',
                          .value = std::move(headline)});
  }
  return absl::OkStatus();
}

// Each kind has some places, and what one does not need the others get.
std::vector<Completion> Completer::Chosen() {
  const auto by_popularity = [](const Completion& a, const Completion& b) {
    return a.edits != b.edits ? a.edits < b.edits : a.popularity > b.popularity;
  };
  std::stable_sort(values_.begin(), values_.end(), by_popularity);
  const size_t places = typed_.most - std::min(typed_.most, language_.size());
  const size_t headlines = words_.empty() && values_.empty()
                               ? headlines_.size()
                               : std::min(headlines_.size(), kMostHeadlines);
  const size_t rest = places - std::min(places, headlines);
  const size_t words = std::min(
      words_.size(), values_.empty() ? rest
                                     : std::max(std::min(rest, kMostWordsBeside * rest / 10),
                                                rest - std::min(rest, values_.size())));
  std::vector<Completion> chosen = language_;
  chosen.insert(chosen.end(), words_.begin(), words_.begin() + static_cast<ptrdiff_t>(words));
  const size_t values = std::min(values_.size(), rest - words);
  chosen.insert(chosen.end(), values_.begin(), values_.begin() + static_cast<ptrdiff_t>(values));
  std::stable_sort(chosen.begin() + static_cast<ptrdiff_t>(language_.size()), chosen.end(),
                   by_popularity);
  const size_t left = typed_.most - std::min(typed_.most, chosen.size());
  const size_t taken = std::min(headlines_.size(), std::max(left, headlines));
  chosen.insert(chosen.end(), headlines_.begin(),
                headlines_.begin() + static_cast<ptrdiff_t>(taken));
  if (chosen.size() > typed_.most) chosen.resize(typed_.most);
  return chosen;
}

absl::StatusOr<std::vector<Completion>> Completer::Complete() {
  AddLanguage();
  AddExact();
  if (language_.size() + words_.size() + values_.size() < typed_.most) AddNear();
  if (absl::Status status = AddHeadlines(); !status.ok()) return status;
  return Chosen();
}

}  // namespace broadsheet::query
