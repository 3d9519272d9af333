// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/storage/columns/article_columns.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "engine/schema/field_values.h"
#include "engine/text/fold.h"
#include "engine/text/language.h"

namespace broadsheet::storage {
namespace {

using schema::FieldId;

// A folded value has no control characters.
constexpr char kBeforeSpelling = '\0';

// Of a date in 64 bits: the precision in the lowest 3 bits, the offset in the 12 above them, the
// seconds in the upper 49.
constexpr int kOffsetShift = 3;
constexpr int kSecondsShift = 15;
constexpr uint64_t kPrecisionMask = (1U << kOffsetShift) - 1;
constexpr uint64_t kOffsetMask = (1U << (kSecondsShift - kOffsetShift)) - 1;
constexpr int kOffsetZero = 1 << (kSecondsShift - kOffsetShift - 1);

StatedDate DateOf(const v1::Article& article) {
  if (!article.has_published_time()) return {};
  StatedDate date{.seconds = article.published_time().seconds(),
                  .precision = article.published_precision()};
  if (!date.dated()) date.precision = v1::DATE_PRECISION_INSTANT;
  if (date.precision == v1::DATE_PRECISION_INSTANT) {
    date.offset_minutes = article.published_offset_minutes();
  }
  return date;
}

// All but the spelling.
auto ValueIn(std::string_view bytes) {
  const FieldValue value = DecodeValue(bytes);
  return std::pair(value.field, value.folded);
}

}  // namespace

std::string EncodeValue(const FieldValue& value) {
  std::string bytes;
  bytes.reserve(value.folded.size() + value.spelling.size() + 2);
  bytes.push_back(static_cast<char>(value.field));
  bytes.append(value.folded);
  bytes.push_back(kBeforeSpelling);
  bytes.append(value.spelling);
  return bytes;
}

FieldValue DecodeValue(std::string_view bytes) {
  const size_t end = bytes.find(kBeforeSpelling, 1);
  if (end == std::string_view::npos) return {};
  return {.field = static_cast<FieldId>(bytes.front()),
          .folded = bytes.substr(1, end - 1),
          .spelling = bytes.substr(end + 1)};
}

ArticleColumns ColumnsOf(const v1::Article& article) {
  ArticleColumns columns{.date = DateOf(article), .values = {}};
  const auto add = [&](FieldId field, std::string_view value) {
    const std::string folded = text::FoldValue(value);
    if (folded.empty()) return;
    columns.values.push_back(EncodeValue({.field = field, .folded = folded, .spelling = value}));
  };
  for (const schema::Field& field : schema::Fields()) {
    if (!field.facet) continue;
    schema::ForEachValue(article, field.id,
                         [&](int /*index*/, const std::string& value) { add(field.id, value); });
  }
  add(FieldId::kLanguage, text::PrimaryLanguage(article.language()));
  std::stable_sort(
      columns.values.begin(), columns.values.end(),
      [](const std::string& a, const std::string& b) { return ValueIn(a) < ValueIn(b); });
  const auto past = std::unique(
      columns.values.begin(), columns.values.end(),
      [](const std::string& a, const std::string& b) { return ValueIn(a) == ValueIn(b); });
  columns.values.erase(past, columns.values.end());
  return columns;
}

uint64_t EncodeDate(const StatedDate& date) {
  if (!date.dated()) return 0;
  return static_cast<uint64_t>(date.seconds) << kSecondsShift |
         static_cast<uint64_t>(date.offset_minutes + kOffsetZero) << kOffsetShift |
         static_cast<uint64_t>(date.precision);
}

StatedDate DecodeDate(uint64_t bits) {
  const auto precision = static_cast<int>(bits & kPrecisionMask);
  if (precision == 0 || !v1::DatePrecision_IsValid(precision)) return {};
  return {.seconds = static_cast<int64_t>(bits) >> kSecondsShift,
          .precision = static_cast<v1::DatePrecision>(precision),
          .offset_minutes = static_cast<int>(bits >> kOffsetShift & kOffsetMask) - kOffsetZero};
}

std::string EncodeColumns(const ArticleColumns& columns) {
  const auto append = [](uint64_t number, size_t bytes, std::string* to) {
    to->append(reinterpret_cast<const char*>(&number), bytes);
  };
  std::string slot;
  append(EncodeDate(columns.date), sizeof(uint64_t), &slot);
  for (const std::string& value : columns.values) {
    append(value.size(), sizeof(uint32_t), &slot);
    slot.append(value);
  }
  return slot;
}

std::optional<ArticleColumns> DecodeColumns(std::string_view slot) {
  uint64_t date = 0;
  if (slot.size() < sizeof(date)) return std::nullopt;
  std::memcpy(&date, slot.data(), sizeof(date));
  slot.remove_prefix(sizeof(date));
  ArticleColumns columns{.date = DecodeDate(date), .values = {}};
  while (!slot.empty()) {
    uint32_t bytes = 0;
    if (slot.size() < sizeof(bytes)) return std::nullopt;
    std::memcpy(&bytes, slot.data(), sizeof(bytes));
    slot.remove_prefix(sizeof(bytes));
    if (bytes > slot.size()) return std::nullopt;
    columns.values.emplace_back(slot.substr(0, bytes));
    slot.remove_prefix(bytes);
  }
  return columns;
}

}  // namespace broadsheet::storage
