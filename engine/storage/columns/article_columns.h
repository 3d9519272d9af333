// SPDX-License-Identifier: GPL-3.0-or-later
// What facets and timelines count of an article: its values, and its date as its source stated it.
// Base has both in files by docid (value_table.h, value_rows.h), live in a value slot of each
// document.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/time/civil_time.h"
#include "broadsheet/v1/article.pb.h"
#include "engine/schema/field_table.h"

namespace broadsheet::storage {

// A published time, with what its source stated of it.
struct StatedDate {
  int64_t seconds = 0;  // since 1970
  // UNSPECIFIED = undated; all else is 0 then.
  v1::DatePrecision precision = v1::DATE_PRECISION_UNSPECIFIED;
  int offset_minutes = 0;  // local time less UTC

  bool dated() const { return precision != v1::DATE_PRECISION_UNSPECIFIED; }
  bool has_month() const { return dated() && precision != v1::DATE_PRECISION_YEAR; }
  bool has_day() const { return has_month() && precision != v1::DATE_PRECISION_MONTH; }
  bool has_time() const { return has_day() && precision != v1::DATE_PRECISION_DAY; }
  // The first day of the stated local period, in days since 1970; only of what is dated.
  int64_t day_number() const {
    constexpr int64_t kDay = 86400;
    const int64_t local = seconds + int64_t{60} * offset_minutes;
    return local / kDay - (local % kDay < 0 ? 1 : 0);
  }
  absl::CivilDay day() const { return absl::CivilDay(1970, 1, 1) + day_number(); }
  bool operator==(const StatedDate&) const = default;
};

// A value of a field that can be filtered by whole values: the folded form, under which values are
// the same, and the spelling of an article.
struct FieldValue {
  schema::FieldId field = schema::FieldId::kTag;
  std::string_view folded;
  std::string_view spelling;

  // By field, then folded form, then spelling: the order of values wherever they are stored.
  auto operator<=>(const FieldValue&) const = default;
};

// The bytes of a value, which order as values do; and the value in them, which points into
// `bytes`. What was not written here gives a value with an empty folded form.
std::string EncodeValue(const FieldValue& value);
FieldValue DecodeValue(std::string_view bytes);

struct ArticleColumns {
  StatedDate date;
  // As EncodeValue writes them, in their order. Of the spellings of one value that an article has
  // the first alone; none has an empty folded form. An article in "pt-BR" is also in "pt", as it is
  // for a filter.
  std::vector<std::string> values;
  bool operator==(const ArticleColumns&) const = default;
};

// `article` is prepared (schema::PrepareArticle).
ArticleColumns ColumnsOf(const v1::Article& article);

// The content of the value slot. Decoding gives nullopt for what was not encoded here.
std::string EncodeColumns(const ArticleColumns& columns);
std::optional<ArticleColumns> DecodeColumns(std::string_view slot);

// A date in 64 bits.
uint64_t EncodeDate(const StatedDate& date);
StatedDate DecodeDate(uint64_t bits);

}  // namespace broadsheet::storage
