// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/schema/published_time.h"

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/string_view.h"
#include "engine/schema/date_reader.h"

namespace broadsheet::schema {
namespace {

constexpr absl::CivilSecond kEpoch(1970, 1, 1);

v1::DatePrecision PrecisionOf(const WrittenDate& date) {
  switch (date.precision) {
    case WrittenDate::Precision::kYear:
      return v1::DATE_PRECISION_YEAR;
    case WrittenDate::Precision::kMonth:
      return v1::DATE_PRECISION_MONTH;
    case WrittenDate::Precision::kDay:
      return v1::DATE_PRECISION_DAY;
    case WrittenDate::Precision::kTime:
      break;
  }
  return date.offset_minutes.has_value() ? v1::DATE_PRECISION_INSTANT : v1::DATE_PRECISION_NO_ZONE;
}

bool IsInstant(v1::DatePrecision precision) {
  return precision == v1::DATE_PRECISION_INSTANT || precision == v1::DATE_PRECISION_UNSPECIFIED;
}

absl::CivilSecond LocalTime(const v1::Article& article) {
  const int offset =
      IsInstant(article.published_precision()) ? article.published_offset_minutes() : 0;
  return kEpoch + article.published_time().seconds() + int64_t{60} * offset;
}

}  // namespace

absl::StatusOr<PublishedTime> ParsePublishedTime(std::string_view text) {
  const absl::string_view trimmed =
      absl::StripAsciiWhitespace(absl::string_view(text.data(), text.size()));
  const absl::StatusOr<WrittenDate> date =
      ReadDate(std::string_view(trimmed.data(), trimmed.size()));
  if (!date.ok()) {
    return absl::InvalidArgumentError(absl::StrCat(
        "not a publication time: ", date.status().message(),
        "; written as 2024-06-19T08:00:00-04:00, 2024-06-19, 2024-06 or 2024 it can be read"));
  }
  return PublishedTime{.local = date->local,
                       .precision = PrecisionOf(*date),
                       .offset_minutes = date->offset_minutes.value_or(0)};
}

void SetPublishedTime(const PublishedTime& published, v1::Article* article) {
  const bool is_instant = IsInstant(published.precision);
  const int64_t offset_seconds = is_instant ? int64_t{60} * published.offset_minutes : 0;
  article->mutable_published_time()->set_seconds(published.local - kEpoch - offset_seconds);
  article->mutable_published_time()->set_nanos(0);
  article->set_published_precision(published.precision);
  article->set_published_offset_minutes(is_instant ? published.offset_minutes : 0);
}

std::optional<LocalPeriod> PublishedPeriod(const v1::Article& article) {
  if (!article.has_published_time()) return std::nullopt;
  const absl::CivilSecond local = LocalTime(article);
  if (article.published_precision() == v1::DATE_PRECISION_YEAR) {
    const absl::CivilYear year(local);
    return LocalPeriod{absl::CivilDay(year), absl::CivilDay(year + 1) - 1};
  }
  if (article.published_precision() == v1::DATE_PRECISION_MONTH) {
    const absl::CivilMonth month(local);
    return LocalPeriod{absl::CivilDay(month), absl::CivilDay(month + 1) - 1};
  }
  return LocalPeriod{absl::CivilDay(local), absl::CivilDay(local)};
}

std::string FormatPublishedTime(const v1::Article& article) {
  if (!article.has_published_time()) return "undated";
  const absl::CivilSecond local = LocalTime(article);
  switch (article.published_precision()) {
    case v1::DATE_PRECISION_YEAR:
      return absl::StrFormat("%04d", local.year());
    case v1::DATE_PRECISION_MONTH:
      return absl::StrFormat("%04d-%02d", local.year(), local.month());
    case v1::DATE_PRECISION_DAY:
      return absl::StrFormat("%04d-%02d-%02d", local.year(), local.month(), local.day());
    default:
      return absl::StrFormat("%04d-%02d-%02d %02d:%02d", local.year(), local.month(), local.day(),
                             local.hour(), local.minute());
  }
}

}  // namespace broadsheet::schema
