// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/schema/date_reader.h"

#include <algorithm>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

namespace broadsheet::schema {
namespace {

// Takes a text apart from the front.
class Cursor {
 public:
  explicit Cursor(std::string_view text) : rest_(text) {}

  bool Done() const { return rest_.empty(); }
  std::string_view rest() const { return rest_; }

  bool Take(char c) {
    if (rest_.empty() || rest_.front() != c) return false;
    rest_.remove_prefix(1);
    return true;
  }

  // A number of `min` to `max` digits, all there are; nullopt, with nothing taken, otherwise.
  std::optional<int> TakeNumber(size_t min, size_t max) {
    int number = 0;
    size_t digits = 0;
    while (digits < rest_.size() &&
           absl::ascii_isdigit(static_cast<unsigned char>(rest_[digits]))) {
      if (digits == max) return std::nullopt;
      number = number * 10 + (rest_[digits++] - '0');
    }
    if (digits < min) return std::nullopt;
    rest_.remove_prefix(digits);
    return number;
  }

  void SkipDigits() {
    while (!rest_.empty() && absl::ascii_isdigit(static_cast<unsigned char>(rest_.front()))) {
      rest_.remove_prefix(1);
    }
  }

  void SkipSpaces() {
    while (Take(' ')) {
    }
  }

 private:
  std::string_view rest_;
};

struct NamedZone {
  std::string_view name;
  int offset_minutes;
};
constexpr NamedZone kNamedZones[] = {
    {"Z", 0},      {"UTC", 0},    {"GMT", 0},    {"EST", -300},
    {"EDT", -240}, {"MDT", -360}, {"PST", -480}, {"PDT", -420},
};
constexpr int kMaxOffsetMinutes = 24 * 60 - 1;

std::optional<int> NamedOffset(std::string_view name) {
  for (const NamedZone& zone : kNamedZones) {
    if (absl::AsciiStrToUpper(absl::string_view(name.data(), name.size())) == zone.name) {
      return zone.offset_minutes;
    }
  }
  return std::nullopt;
}

// "-04:00", "-0400", "-04".
std::optional<int> NumericOffset(Cursor cursor) {
  const bool west = cursor.Take('-');
  if (!west && !cursor.Take('+')) return std::nullopt;
  int minutes = 0;
  if (const std::optional<int> both = cursor.TakeNumber(4, 4)) {
    if (*both % 100 > 59) return std::nullopt;
    minutes = *both / 100 * 60 + *both % 100;
  } else {
    const std::optional<int> hours = cursor.TakeNumber(2, 2);
    if (!hours.has_value()) return std::nullopt;
    int rest = 0;
    if (cursor.Take(':')) {
      const std::optional<int> written = cursor.TakeNumber(2, 2);
      if (!written.has_value() || *written > 59) return std::nullopt;
      rest = *written;
    }
    minutes = *hours * 60 + rest;
  }
  if (!cursor.Done() || minutes > kMaxOffsetMinutes) return std::nullopt;
  return west ? -minutes : minutes;
}

absl::Status Bad(std::string_view what, std::string_view text) {
  return absl::InvalidArgumentError(absl::StrCat(
      absl::string_view(what.data(), what.size()), " in \"",
      absl::CHexEscape(absl::string_view(text.data(), std::min<size_t>(text.size(), 60))), "\""));
}

// Hours, minutes, seconds and zone; `date->local` is midnight.
absl::Status ReadTime(std::string_view text, Cursor cursor, WrittenDate* date) {
  const std::optional<int> hour = cursor.TakeNumber(1, 2);
  if (!hour.has_value() || !cursor.Take(':')) return Bad("no time of day", text);
  const std::optional<int> minute = cursor.TakeNumber(2, 2);
  if (!minute.has_value()) return Bad("no minutes", text);
  std::optional<int> second = 0;
  if (cursor.Take(':')) {
    second = cursor.TakeNumber(2, 2);
    if (!second.has_value()) return Bad("no seconds", text);
    if (cursor.Take('.') || cursor.Take(',')) cursor.SkipDigits();
  }
  const bool is_midnight = *hour == 24 && *minute == 0 && *second == 0;
  // 60 is a leap second; it counts as the next minute's first.
  if ((*hour > 23 && !is_midnight) || *minute > 59 || *second > 60) {
    return Bad("a time of day that does not exist", text);
  }
  cursor.SkipSpaces();
  if (!cursor.Done()) {
    date->offset_minutes = NamedOffset(cursor.rest());
    if (!date->offset_minutes.has_value()) date->offset_minutes = NumericOffset(cursor);
    if (!date->offset_minutes.has_value()) return Bad("an unknown time zone", text);
  }
  date->precision = WrittenDate::Precision::kTime;
  date->local += *hour * 3600 + *minute * 60 + *second;
  return absl::OkStatus();
}

// Instants are kept as protobuf Timestamps, which end with the year 9999.
absl::Status CheckYears(std::string_view text, const WrittenDate& date) {
  const absl::CivilSecond utc = date.local - 60 * date.offset_minutes.value_or(0);
  const bool in_range =
      utc.year() >= 1 && utc.year() <= 9999 && date.local.year() >= 1 && date.local.year() <= 9999;
  return in_range ? absl::OkStatus() : Bad("a year outside 1 to 9999", text);
}

}  // namespace

absl::StatusOr<WrittenDate> ReadDate(std::string_view text) {
  Cursor cursor(text);
  WrittenDate date;
  const std::optional<int> year = cursor.TakeNumber(4, 4);
  if (!year.has_value()) return Bad("no year of four digits", text);
  if (*year == 0) return Bad("a year outside 1 to 9999", text);
  date.local = absl::CivilSecond(*year, 1, 1);
  date.precision = WrittenDate::Precision::kYear;
  if (cursor.Done()) return date;

  const std::optional<int> month = cursor.Take('-') ? cursor.TakeNumber(2, 2) : std::nullopt;
  if (!month.has_value()) return Bad("no month of two digits", text);
  if (*month < 1 || *month > 12) return Bad("a month that does not exist", text);
  date.local = absl::CivilSecond(*year, *month, 1);
  date.precision = WrittenDate::Precision::kMonth;
  if (cursor.Done()) return date;

  const std::optional<int> day = cursor.Take('-') ? cursor.TakeNumber(2, 2) : std::nullopt;
  if (!day.has_value()) return Bad("no day of two digits", text);
  const absl::CivilDay civil_day(*year, *month, *day);
  if (civil_day.day() != *day) return Bad("a day that does not exist", text);
  date.local = absl::CivilSecond(civil_day);
  date.precision = WrittenDate::Precision::kDay;
  if (cursor.Done()) return date;

  if (!cursor.Take('T') && !cursor.Take('t') && !cursor.Take(' ')) {
    return Bad("characters after the day", text);
  }
  if (absl::Status status = ReadTime(text, cursor, &date); !status.ok()) return status;
  if (absl::Status status = CheckYears(text, date); !status.ok()) return status;
  return date;
}

}  // namespace broadsheet::schema
