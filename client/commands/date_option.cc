// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/commands/date_option.h"

#include <array>
#include <charconv>
#include <optional>
#include <string>

#include "absl/strings/str_format.h"
#include "absl/time/civil_time.h"

namespace broadsheet::client {
namespace {

template <typename Civil>
DateSpan SpanOf(Civil first) {
  return {.begin = absl::FromCivil(first, absl::UTCTimeZone()),
          .end = absl::FromCivil(first + 1, absl::UTCTimeZone())};
}

// "7d" and the like: the day so long before `today`.
std::optional<absl::CivilDay> DayBefore(std::string_view text, absl::CivilDay today) {
  if (text.size() < 2 || text.size() > 6) return std::nullopt;
  int count = 0;
  const char* unit = text.data() + text.size() - 1;
  const auto [end, error] = std::from_chars(text.data(), unit, count);
  if (error != std::errc() || end != unit || count < 0) return std::nullopt;
  switch (*unit) {
    case 'd':
      return today - count;
    case 'w':
      return today - 7 * count;
    case 'm':
      return absl::CivilDay(absl::CivilMonth(today) - count) + (today.day() - 1);
    case 'y':
      return absl::CivilDay(today.year() - count, today.month(), today.day());
    default:
      return std::nullopt;
  }
}

// The numbers of `text` when it has the given shape, such as "dddd-dd".
std::optional<std::array<int, 3>> NumbersOf(std::string_view text, std::string_view shape) {
  if (text.size() != shape.size()) return std::nullopt;
  std::array<int, 3> numbers = {};
  size_t group = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    if (shape[i] != 'd') {
      if (text[i] != shape[i]) return std::nullopt;
      ++group;
      continue;
    }
    if (text[i] < '0' || text[i] > '9') return std::nullopt;
    numbers.at(group) = numbers.at(group) * 10 + (text[i] - '0');
  }
  return numbers;
}

std::optional<DateSpan> ParseCivil(std::string_view text) {
  if (const auto n = NumbersOf(text, "dddd")) return SpanOf(absl::CivilYear((*n)[0]));
  if (const auto n = NumbersOf(text, "dddd-dd"); n && (*n)[1] >= 1 && (*n)[1] <= 12) {
    return SpanOf(absl::CivilMonth((*n)[0], (*n)[1]));
  }
  const auto n = NumbersOf(text, "dddd-dd-dd");
  if (!n) return std::nullopt;
  const absl::CivilDay day((*n)[0], (*n)[1], (*n)[2]);
  // CivilDay carries a 31 June over into July: such a day does not exist.
  if (day.month() != (*n)[1] || day.day() != (*n)[2]) return std::nullopt;
  return SpanOf(day);
}

}  // namespace

absl::StatusOr<DateSpan> ParseDateOption(std::string_view text, absl::Time now) {
  const auto today = absl::ToCivilDay(now, absl::UTCTimeZone());
  if (text == "today") return SpanOf(today);
  if (text == "yesterday") return SpanOf(today - 1);
  if (const auto day = DayBefore(text, today)) return SpanOf(*day);
  if (const auto span = ParseCivil(text)) return *span;
  absl::Time instant;
  std::string error;
  if (absl::ParseTime(absl::RFC3339_full, std::string(text), &instant, &error)) {
    return DateSpan{.begin = instant, .end = instant};
  }
  return absl::InvalidArgumentError(absl::StrFormat(
      "\"%s\" is no date; write 2024, 2024-06, 2024-06-19, 2024-06-19T08:00:00Z, today, yesterday, "
      "or 7d, 2w, 3m, 1y ago",
      text));
}

}  // namespace broadsheet::client
