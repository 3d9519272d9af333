// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/aggregate/calendar.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

namespace broadsheet::query {
namespace {

constexpr int64_t kSecondsOfHour = 3600;
constexpr int64_t kSecondsOfDay = 86400;
constexpr absl::CivilDay kEpochDay(1970, 1, 1);

// The period of an hour is its first second since 1970, that of all others their first day.
absl::CivilDay DayOf(Period period) { return kEpochDay + period; }

absl::CivilDay FirstOfQuarter(absl::CivilDay day) {
  return absl::CivilDay(day.year(), (day.month() - 1) / 3 * 3 + 1, 1);
}

// The year and number of the week of a Monday, by ISO 8601: a week is of the year of its Thursday.
std::string NameOfWeek(absl::CivilDay monday) {
  const absl::CivilDay thursday = monday + 3;
  return absl::StrFormat("%04d-W%02d", thursday.year(), (absl::GetYearDay(thursday) - 1) / 7 + 1);
}

// See calendar.h: an instant that counts as its day.
bool IsDay(const storage::StatedDate& date) {
  return !date.has_time() ||
         (date.seconds % kSecondsOfDay == 0 && date.day_number() == date.seconds / kSecondsOfDay);
}

}  // namespace

bool Calendar::IsCoarser(const storage::StatedDate& date) const {
  switch (interval_) {
    case Interval::kHour:
      return !date.has_time();
    case Interval::kDay:
    case Interval::kWeek:
      return !date.has_day();
    case Interval::kMonth:
    case Interval::kQuarter:
      return !date.has_month();
    case Interval::kYear:
      break;
  }
  return !date.dated();
}

std::optional<Period> Calendar::PeriodOf(const storage::StatedDate& date) {
  if (IsCoarser(date)) return std::nullopt;
  return IsDay(date) ? PeriodOfDay(date.day_number()) : PeriodOfInstant(date.seconds);
}

absl::CivilDay Calendar::FirstDay(absl::CivilDay day) const {
  switch (interval_) {
    case Interval::kWeek:
      return absl::PrevWeekday(day + 1, absl::Weekday::monday);
    case Interval::kMonth:
      return absl::CivilDay(absl::CivilMonth(day));
    case Interval::kQuarter:
      return FirstOfQuarter(day);
    case Interval::kYear:
      return absl::CivilDay(absl::CivilYear(day));
    default:
      return day;
  }
}

Period Calendar::PeriodAt(absl::Time time) const {
  const absl::TimeZone::CivilInfo local = zone_.At(time);
  if (interval_ != Interval::kHour) return FirstDay(absl::CivilDay(local.cs)) - kEpochDay;
  const int64_t hour =
      absl::ToUnixSeconds(time) - (local.cs - absl::CivilSecond(absl::CivilHour(local.cs)));
  // Where clocks are put by half an hour, an hour begins or ends with that.
  absl::TimeZone::CivilTransition put;
  if (zone_.At(absl::FromUnixSeconds(hour)).offset == local.offset ||
      !zone_.PrevTransition(time + absl::Seconds(1), &put)) {
    return hour;
  }
  return absl::ToUnixSeconds(zone_.At(put.to).trans);
}

Period Calendar::PeriodOfInstant(int64_t seconds) {
  if (instants_.Has(seconds)) return instants_.period;
  const Period period = PeriodAt(absl::FromUnixSeconds(seconds));
  instants_ = {.begin = absl::ToUnixSeconds(StartOf(period)),
               .end = absl::ToUnixSeconds(StartOf(Next(period))),
               .period = period};
  return period;
}

Period Calendar::PeriodOfDay(int64_t number) {
  if (days_.Has(number)) return days_.period;
  const absl::CivilDay day = kEpochDay + number;
  if (interval_ == Interval::kHour) return PeriodAt(absl::FromCivil(day, zone_));
  const Period period = FirstDay(day) - kEpochDay;
  days_ = {.begin = period, .end = Next(period), .period = period};
  return period;
}

Period Calendar::Next(Period period) const {
  switch (interval_) {
    case Interval::kHour:
      return PeriodAt(absl::FromUnixSeconds(period + kSecondsOfHour));
    case Interval::kDay:
      return period + 1;
    case Interval::kWeek:
      return period + 7;
    case Interval::kMonth:
      return absl::CivilDay(absl::CivilMonth(DayOf(period)) + 1) - kEpochDay;
    case Interval::kQuarter:
      return absl::CivilDay(absl::CivilMonth(DayOf(period)) + 3) - kEpochDay;
    case Interval::kYear:
      break;
  }
  return absl::CivilDay(absl::CivilYear(DayOf(period)) + 1) - kEpochDay;
}

absl::Time Calendar::StartOf(Period period) const {
  return interval_ == Interval::kHour ? absl::FromUnixSeconds(period)
                                      : absl::FromCivil(DayOf(period), zone_);
}

std::string Calendar::NameOf(Period period) const {
  const absl::CivilDay day = DayOf(period);
  switch (interval_) {
    case Interval::kHour:
      return absl::FormatTime("%E4Y-%m-%dT%H:%M%Ez", StartOf(period), zone_);
    case Interval::kDay:
      // A timeline may have thousands; StrFormat takes several times as long.
      return absl::StrCat(absl::Dec(day.year(), absl::kZeroPad4), "-",
                          absl::Dec(day.month(), absl::kZeroPad2), "-",
                          absl::Dec(day.day(), absl::kZeroPad2));
    case Interval::kWeek:
      return NameOfWeek(day);
    case Interval::kMonth:
      return absl::StrFormat("%04d-%02d", day.year(), day.month());
    case Interval::kQuarter:
      return absl::StrFormat("%04d-Q%d", day.year(), (day.month() - 1) / 3 + 1);
    case Interval::kYear:
      break;
  }
  return absl::StrFormat("%04d", day.year());
}

}  // namespace broadsheet::query
