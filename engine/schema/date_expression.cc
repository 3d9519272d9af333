// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "engine/schema/date_reader.h"
#include "engine/schema/published_time.h"

namespace broadsheet::schema {
namespace {

// Longer ago than any newspaper, and safe to compute with in every unit.
constexpr int kMaxAgo = 100'000;

// `months` before `day`, on the last day of the month where the same day does not exist.
absl::CivilDay MonthsBefore(absl::CivilDay day, int months) {
  const absl::CivilMonth month = absl::CivilMonth(day) - months;
  const absl::CivilDay last = absl::CivilDay(month + 1) - 1;
  return std::min(absl::CivilDay(month) + (day.day() - 1), last);
}

// "7d", "2w", "3m", "1y"; nullopt for anything else.
std::optional<absl::CivilDay> DaysAgo(absl::string_view text, absl::CivilDay today) {
  if (text.size() < 2) return std::nullopt;
  const absl::string_view digits = text.substr(0, text.size() - 1);
  const bool all_digits = std::all_of(digits.begin(), digits.end(), absl::ascii_isdigit);
  int count = 0;
  if (!all_digits || !absl::SimpleAtoi(digits, &count) || count > kMaxAgo) return std::nullopt;
  std::optional<absl::CivilDay> day;
  switch (text.back()) {
    case 'd':
      day = today - count;
      break;
    case 'w':
      day = today - 7 * count;
      break;
    case 'm':
      day = MonthsBefore(today, count);
      break;
    case 'y':
      day = MonthsBefore(today, 12 * count);
      break;
    default:
      return std::nullopt;
  }
  // Nothing is published before the year 1.
  return std::max(*day, absl::CivilDay(1, 1, 1));
}

LocalPeriod PeriodOf(const WrittenDate& date) {
  const absl::CivilDay first(date.local);
  if (date.precision == WrittenDate::Precision::kYear) {
    return {first, absl::CivilDay(absl::CivilYear(first) + 1) - 1};
  }
  if (date.precision == WrittenDate::Precision::kMonth) {
    return {first, absl::CivilDay(absl::CivilMonth(first) + 1) - 1};
  }
  return {first, first};
}

}  // namespace

absl::StatusOr<DateExpression> ParseDateExpression(std::string_view text, absl::Time now,
                                                   absl::TimeZone zone) {
  const std::string lower = absl::AsciiStrToLower(
      absl::StripAsciiWhitespace(absl::string_view(text.data(), text.size())));
  const absl::CivilDay today = absl::ToCivilDay(now, zone);
  if (lower == "today") return DateExpression{{today, today}, std::nullopt};
  if (lower == "yesterday") return DateExpression{{today - 1, today - 1}, std::nullopt};
  if (const std::optional<absl::CivilDay> day = DaysAgo(lower, today)) {
    return DateExpression{{*day, *day}, std::nullopt};
  }
  const absl::StatusOr<WrittenDate> date = ReadDate(lower);
  if (!date.ok()) {
    return absl::InvalidArgumentError(absl::StrCat(
        "not a date: ", date.status().message(),
        "; accepted are 2024, 2024-06, 2024-06-19, 2024-06-19T14:05, today, yesterday, and 7d, 2w, "
        "3m, 1y for so long ago"));
  }
  DateExpression expression{PeriodOf(*date), std::nullopt};
  if (date->precision != WrittenDate::Precision::kTime) return expression;
  expression.instant =
      date->offset_minutes.has_value()
          ? absl::FromCivil(date->local, absl::UTCTimeZone()) - absl::Minutes(*date->offset_minutes)
          : absl::FromCivil(date->local, zone);
  return expression;
}

}  // namespace broadsheet::schema
