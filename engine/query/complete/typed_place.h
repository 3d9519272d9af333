// SPDX-License-Identifier: GPL-3.0-or-later
// What of a query is being typed at the cursor. The rest of the query may be anything: it need not
// be one that is accepted.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "engine/query/syntax/ast.h"
#include "engine/schema/field_table.h"

namespace broadsheet::query {

enum class TypedKind : uint8_t {
  kClause,      // a word, or the name of a field
  kFieldWord,   // behind a field of words: headline:ferr
  kFieldValue,  // behind a field that is found by whole values: tag:ferr, tag:"ferry di
  kPhrase,      // inside quotes
};

struct TypedPlace {
  TypedKind kind = TypedKind::kClause;
  std::optional<schema::FieldId> field = {};  // of kFieldWord and kFieldValue, perhaps of kPhrase
  // What a completion replaces: the word around the cursor; for a whole value the quotes too.
  Span span = {};
  // What of it stands before the cursor, without quotes and marks.
  std::string typed = {};
};

// `cursor` is a byte of `text`, at most its size. Pure; safe from any thread.
TypedPlace PlaceAt(std::string_view text, size_t cursor);

}  // namespace broadsheet::query
