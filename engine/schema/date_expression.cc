// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
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

constexpr std::array<absl::string_view, 7> kWeekdays = {
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"};

// "monday" is the last one, today if it is one; "thisweek" and "lastweek" begin on Monday.
std::optional<LocalPeriod> NamedPeriod(absl::string_view name, absl::CivilDay today) {
  if (name == "today") return LocalPeriod{today, today};
  if (name == "yesterday") return LocalPeriod{today - 1, today - 1};
  const auto* const weekday = std::find(kWeekdays.begin(), kWeekdays.end(), name);
  if (weekday != kWeekdays.end()) {
    const auto wanted = static_cast<absl::Weekday>(weekday - kWeekdays.begin());
    const absl::CivilDay day = absl::PrevWeekday(today + 1, wanted);
    return LocalPeriod{day, day};
  }
  const absl::CivilDay monday = absl::PrevWeekday(today + 1, absl::Weekday::monday);
  const absl::CivilMonth month(today);
  const absl::CivilYear year(today);
  if (name == "thisweek") return LocalPeriod{monday, monday + 6};
  if (name == "lastweek") return LocalPeriod{monday - 7, monday - 1};
  if (name == "thismonth") return LocalPeriod{absl::CivilDay(month), absl::CivilDay(month + 1) - 1};
  if (name == "lastmonth") return LocalPeriod{absl::CivilDay(month - 1), absl::CivilDay(month) - 1};
  if (name == "thisyear") return LocalPeriod{absl::CivilDay(year), absl::CivilDay(year + 1) - 1};
  if (name == "lastyear") return LocalPeriod{absl::CivilDay(year - 1), absl::CivilDay(year) - 1};
  return std::nullopt;
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
  if (const std::optional<LocalPeriod> period = NamedPeriod(lower, today)) {
    return DateExpression{*period, std::nullopt};
  }
  if (const std::optional<absl::CivilDay> day = DaysAgo(lower, today)) {
    return DateExpression{{*day, *day}, std::nullopt};
  }
  const absl::StatusOr<WrittenDate> date = ReadDate(lower);
  if (!date.ok()) {
    return absl::InvalidArgumentError(absl::StrCat(
        "not a date: ", date.status().message(),
        "; accepted are 2024, 2024-06, 2024-06-19, 2024-06-19T14:05, today, yesterday, monday, "
        "lastweek, and 7d, 2w, 3m, 1y for so long ago"));
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
