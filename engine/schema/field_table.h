// SPDX-License-Identifier: GPL-3.0-or-later
// The field table: one row a field. Indexing, the query parser, highlights, help texts and docs all
// read it. To add a field, add a row here, one in field_values.cc and a test; CONTRIBUTING.md has
// the other steps.
//
// Prefixes follow Xapian's convention: one capital letter where the convention has one (S headline,
// A byline, K tag, Q id, L language), else "X...:", whose colon separates the prefix from the
// value.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace broadsheet::schema {

// Token runs contain these numbers: none is ever changed or reused.
enum class FieldId : uint8_t {
  kHeadline = 1,
  kSummary = 2,
  kBody = 3,
  kCaption = 4,
  kCredit = 5,
  kByline = 6,
  kTag = 7,
  kSection = 8,
  kSource = 9,
  kLanguage = 10,
  kId = 11,
  kDate = 12,
  kDateline = 13,
};

enum class FieldKind : uint8_t {
  kText,   // words and phrases
  kExact,  // a whole value, case and accents ignored (id: to the letter)
  kDate,
};

struct Field {
  FieldId id;
  std::string_view name;    // as typed in queries, without the colon
  std::string_view alias;   // a second name, or ""
  std::string_view prefix;  // of the field's terms; "" for body (in the token run only), dates
  FieldKind kind;
  int weight;             // in the default search; 0 = not part of it
  bool facet;             // its whole values are terms too, for filters
  std::string_view help;  // one line
  // False for names, where the spelling matters: byline:roberts does not find Robert.
  bool stemmed = true;
  // The place of its texts in an article's token run, counted from 1; 0 = not in the run. Fields
  // with the same place alternate: each caption is followed by its credit. Changing places raises
  // the analyser version.
  int run_place = 0;
  // What a query gains that covers one of its texts whole, as a share of what a whole headline
  // gains (engine/query/rank/evidence.h); 0 = nothing. For texts that name something: headlines,
  // tags, people.
  double cover = 0;
  // True when a highlight shows its texts uncut: they are short, and a part of one makes no sense.
  bool shown_whole = false;
  // The prefix of the terms of its whole values; "" = `prefix`.
  std::string_view value_prefix = {};
  // True when its values say what an article is about or who made it, so that those which stand out
  // in what a search finds are worth telling.
  bool telling = false;
  // What other search engines call it, with spaces between: queries are told to write `name`.
  std::string_view elsewhere = {};
};

// The language that a field's text is stemmed in: the article's, or none.
inline std::string_view StemLanguage(const Field& field, std::string_view language) {
  return field.stemmed ? language : std::string_view();
}

// All rows, in the order in which help lists them.
std::span<const Field> Fields();

// By a name that other search engines have for it, in lower case; nullptr when there is none.
const Field* FindElsewhere(std::string_view name);

// By name or alias, ASCII case ignored; nullptr when there is none.
const Field* FindField(std::string_view name);
const Field& FieldOf(FieldId id);

// Whether `typed` may be a slip of the fingers for `name`, ASCII case ignored: one letter added,
// dropped, changed or swapped with the next; two such changes when the first letter is right, in a
// word of at least six letters or by dropping two. A word of another meaning is seldom that near.
bool IsSlipOf(std::string_view typed, std::string_view name);

// The field for whose name `name` may be a slip, the nearest one; nullptr when there is none.
const Field* NearestField(std::string_view name);

}  // namespace broadsheet::schema
