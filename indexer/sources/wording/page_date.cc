// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/wording/page_date.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <string>
#include <utility>
#include <vector>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "engine/text/fold.h"
#include "indexer/sources/wording/month_name.h"
#include "indexer/sources/wording/words.h"

namespace broadsheet::sources::page {
namespace {

// Minutes east of Greenwich.
constexpr std::array<std::pair<std::string_view, int>, 18> kZones = {{
    {"utc", 0},
    {"gmt", 0},
    {"z", 0},
    {"bst", 60},
    {"cet", 60},
    {"cest", 120},
    {"mez", 60},
    {"mesz", 120},
    {"eet", 120},
    {"eest", 180},
    {"est", -300},
    {"edt", -240},
    {"cst", -360},
    {"cdt", -300},
    {"mst", -420},
    {"mdt", -360},
    {"pst", -480},
    {"pdt", -420},
}};

// American zones whose abbreviation leaves open whether it is summer.
constexpr std::array<std::pair<std::string_view, const char*>, 4> kSeasonalZones = {{
    {"et", "America/New_York"},
    {"ct", "America/Chicago"},
    {"mt", "America/Denver"},
    {"pt", "America/Los_Angeles"},
}};

// A run of digits, or of letters; `mark` is the character before it.
struct Piece {
  std::string_view text;
  int number = -1;
  char mark = ' ';
};

bool IsLetter(unsigned char c) { return std::isalpha(c) != 0 || c >= 0x80; }

bool IsDigit(unsigned char c) { return std::isdigit(c) != 0; }

// "28.09.1912:44" is a day of 2019 and a time: no year is followed by minutes.
bool IsShortYearBeforeTime(std::string_view text, size_t begin, size_t end) {
  if (end - begin != 4 || begin == 0 || end + 2 >= text.size() || text[end] != ':') return false;
  const auto digit = [&](size_t at) { return IsDigit(static_cast<unsigned char>(text[at])); };
  return (text[begin - 1] == '.' || text[begin - 1] == '/') && digit(end + 1) && digit(end + 2);
}

// Copies of pages run words together: "PressApril 28, 20232:26 PM". A capital behind a small letter
// starts a piece, and a year has four digits.
size_t PieceEnd(std::string_view text, size_t begin) {
  constexpr size_t kYearDigits = 4;
  constexpr size_t kMostDigits = 6;
  const bool digit = IsDigit(static_cast<unsigned char>(text[begin]));
  size_t end = begin + 1;
  for (; end < text.size(); ++end) {
    const auto c = static_cast<unsigned char>(text[end]);
    if (digit ? !IsDigit(c) : !IsLetter(c)) break;
    const bool small = std::islower(static_cast<unsigned char>(text[end - 1])) != 0;
    if (!digit && small && std::isupper(c) != 0) break;
  }
  const std::string_view piece = text.substr(begin, end - begin);
  if (digit && IsShortYearBeforeTime(text, begin, end)) return begin + 2;
  const bool year = piece.starts_with("20") || piece.starts_with("19");
  const bool too_long = piece.size() > kYearDigits && piece.size() <= kMostDigits;
  return digit && year && too_long ? begin + kYearDigits : end;
}

std::vector<Piece> Split(std::string_view text) {
  constexpr size_t kMaxDigits = 4;
  std::vector<Piece> pieces;
  size_t at = 0;
  while (at < text.size()) {
    const auto c = static_cast<unsigned char>(text[at]);
    const bool digit = std::isdigit(c) != 0;
    if (!digit && !IsLetter(c)) {
      ++at;
      continue;
    }
    const size_t end = PieceEnd(text, at);
    Piece piece{.text = text.substr(at, end - at), .mark = at == 0 ? ' ' : text[at - 1]};
    if (digit && piece.text.size() <= kMaxDigits) {
      std::from_chars(piece.text.data(), piece.text.data() + piece.text.size(), piece.number);
    }
    pieces.push_back(piece);
    at = end;
  }
  return pieces;
}

bool IsYear(const Piece& piece) {
  return piece.text.size() == 4 && piece.number >= 1900 && piece.number <= 2100;
}
bool IsDay(const Piece& piece) { return piece.number >= 1 && piece.number <= 31; }

struct Date {
  int year = 0;
  int month = 0;
  int day = 0;
  // Day and month may be the other way round; the month is taken to stand first.
  bool swappable = false;
};

// "25" is 2025, "99" is 1999.
int FullYear(int year) {
  constexpr int kFirstOfLastCentury = 70;
  constexpr int kShort = 100;
  return year >= kShort ? year : year + (year < kFirstOfLastCentury ? 2000 : 1900);
}

// 2024-06-19, 03/14/25, 19.06.2024, 28-09-2019
std::optional<Date> NumericDate(const Piece& a, const Piece& b, const Piece& c) {
  if (a.number < 0 || b.number < 0 || c.number < 0 || b.mark != c.mark) return std::nullopt;
  const char mark = b.mark;
  if (mark != '-' && mark != '/' && mark != '.') return std::nullopt;
  if (IsYear(a)) return Date{.year = a.number, .month = b.number, .day = c.number};
  const bool short_year = c.text.size() == 2;
  if (!IsYear(c) && (!short_year || mark == '-')) return std::nullopt;
  // "25.4.24" is a day, "1.2.3" a version.
  constexpr int kFirstShortYear = 15;
  constexpr int kLastShortYear = 35;
  const bool recent = c.number >= kFirstShortYear && c.number <= kLastShortYear;
  if (mark == '.' && short_year && !recent) return std::nullopt;
  constexpr int kLastMonth = 12;
  Date date{.year = FullYear(c.number), .month = b.number, .day = a.number};
  // Month and day, where they cannot be told apart yet.
  date.swappable =
      mark != '.' && a.number <= kLastMonth && b.number <= kLastMonth && a.number != b.number;
  if (date.swappable || b.number > kLastMonth) std::swap(date.day, date.month);
  return date;
}

// "4 November 2025", "March 3, 2025", "3 de marzo de 2025"
std::optional<Date> NamedDate(const std::vector<std::string>& names,
                              const std::vector<Piece>& pieces, size_t at, size_t* used) {
  const auto piece = [&](size_t index) { return index < pieces.size() ? pieces[index] : Piece{}; };
  const auto skip_of = [&](size_t index) {
    return index < names.size() &&
                   (names[index] == "de" || names[index] == "of" || names[index] == "th" ||
                    names[index] == "st" || names[index] == "nd" || names[index] == "rd")
               ? index + 1
               : index;
  };
  const bool day_first = IsDay(pieces[at]);
  const size_t second = skip_of(at + 1);
  const size_t third = skip_of(second + 1);
  const size_t month_at = day_first ? second : at;
  const Piece day = day_first ? pieces[at] : piece(second);
  if (month_at >= names.size() || !IsDay(day) || !IsYear(piece(third))) return std::nullopt;
  const int month = MonthOfName(names[month_at]);
  if (month == 0) return std::nullopt;
  *used = third + 1 - at;
  return Date{.year = piece(third).number, .month = month, .day = day.number};
}

// 2024年6月19日, 2024년 6월 19일
std::optional<Date> EastAsianDate(const std::vector<Piece>& pieces, size_t at, size_t* used) {
  if (at + 4 >= pieces.size() || !IsYear(pieces[at])) return std::nullopt;
  const std::string_view year_sign = pieces[at + 1].text;
  const std::string_view month_sign = pieces[at + 3].text;
  const bool chinese = year_sign == "\xe5\xb9\xb4" && month_sign == "\xe6\x9c\x88";
  const bool korean = year_sign == "\xeb\x85\x84" && month_sign == "\xec\x9b\x94";
  if ((!chinese && !korean) || !IsDay(pieces[at + 2]) || !IsDay(pieces[at + 4])) {
    return std::nullopt;
  }
  *used = 5;
  return Date{
      .year = pieces[at].number, .month = pieces[at + 2].number, .day = pieces[at + 4].number};
}

struct TimeOfDay {
  int hour = 0;
  int minute = 0;
  int second = 0;
  bool american = false;
  std::string zone = {};
  // Minutes east of Greenwich, where they are printed.
  std::optional<int> offset = {};
};

// The offset whose number is at `at`: "+2", "-0500", "+05:30", of "UTC+2" and its like. A bare one
// needs its minutes, since "8:26 -9" may be a span of time.
std::optional<int> ReadOffset(const std::vector<Piece>& pieces, size_t at, bool named) {
  constexpr int kMost = 14 * 60;
  constexpr size_t kWhole = 4;
  if (at >= pieces.size() || pieces[at].number < 0) return std::nullopt;
  const Piece& hours = pieces[at];
  if (hours.mark != '+' && hours.mark != '-') return std::nullopt;
  const bool whole = hours.text.size() == kWhole;
  const bool minutes = !whole && at + 1 < pieces.size() && pieces[at + 1].mark == ':' &&
                       pieces[at + 1].text.size() == 2 && pieces[at + 1].number >= 0;
  // "8:26-10:00" is a span of time.
  const bool apart = !IsDigit(static_cast<unsigned char>(*(hours.text.data() - 2)));
  if (!named && (!apart || (!whole && !minutes))) return std::nullopt;
  if (!whole && hours.text.size() > 2) return std::nullopt;
  const int size = whole ? hours.number / 100 * 60 + hours.number % 100
                         : hours.number * 60 + (minutes ? pieces[at + 1].number : 0);
  if (size > kMost) return std::nullopt;
  return hours.mark == '-' ? -size : size;
}

// The time that follows a date: "9:00 AM ET", "at 11.25 GMT", "04:12 p.m."
std::optional<TimeOfDay> ReadTime(const std::vector<std::string>& names,
                                  const std::vector<Piece>& pieces, size_t at) {
  constexpr size_t kMaxWordsBetween = 2;
  for (size_t i = at; i < pieces.size() && i <= at + kMaxWordsBetween; ++i) {
    if (pieces[i].number < 0) continue;
    if (i + 1 >= pieces.size() || pieces[i].number > 23 || pieces[i + 1].number > 59 ||
        pieces[i + 1].text.size() != 2 ||
        (pieces[i + 1].mark != ':' && pieces[i + 1].mark != '.')) {
      return std::nullopt;
    }
    TimeOfDay time{.hour = pieces[i].number, .minute = pieces[i + 1].number};
    size_t next = i + 2;
    if (next < pieces.size() && pieces[next].number >= 0 && pieces[next].mark == ':') {
      time.second = pieces[next++].number;
    }
    const bool dotted = next + 1 < names.size() && names[next + 1] == "m";
    const std::string half = next < names.size() ? names[next] : "";
    if (half == "am" || half == "pm" || (dotted && (half == "a" || half == "p"))) {
      time.american = true;
      time.hour = time.hour % 12 + (half.starts_with('p') ? 12 : 0);
      next += dotted ? 2 : 1;
    }
    if (next < names.size() && names[next] == "uhr") ++next;
    if (next < names.size()) time.zone = names[next];
    const bool named = time.zone == "utc" || time.zone == "gmt" || time.zone == "ut";
    time.offset = ReadOffset(pieces, named ? next + 1 : next, named);
    return time.second <= 59 ? std::optional(time) : std::nullopt;
  }
  return std::nullopt;
}

std::optional<int> ZoneMinutes(const std::string& name, absl::CivilSecond local) {
  for (const auto& [zone, minutes] : kZones) {
    if (zone == name) return minutes;
  }
  for (const auto& [zone, place] : kSeasonalZones) {
    absl::TimeZone rules;
    if (zone != name || !absl::LoadTimeZone(place, &rules)) continue;
    return rules.At(rules.At(local).pre).offset / 60;
  }
  return std::nullopt;
}

bool IsAmericanZone(const std::string& zone) {
  return zone.size() >= 2 && zone.size() <= 3 && zone.back() == 't' && zone != "gmt" &&
         zone != "bst" && zone != "cet" && zone != "eet";
}

// The order of day and month in a date of numbers, from its time where `order` does not tell: those
// who count hours to 24 write the day first.
DayOrder OrderOf(const std::optional<TimeOfDay>& time, DayOrder order) {
  if (time.has_value() && IsAmericanZone(time->zone)) return DayOrder::kMonthFirst;
  if (order != DayOrder::kUnknown || !time.has_value()) return order;
  if (time->american) return DayOrder::kMonthFirst;
  return time->hour > 12 ? DayOrder::kDayFirst : DayOrder::kUnknown;
}

std::optional<schema::PublishedTime> Complete(const Date& date,
                                              const std::optional<TimeOfDay>& time,
                                              DayOrder page_order) {
  const DayOrder order = date.swappable ? OrderOf(time, page_order) : DayOrder::kMonthFirst;
  if (order == DayOrder::kUnknown) return std::nullopt;
  const bool day_first = order == DayOrder::kDayFirst;
  const int month = day_first ? date.day : date.month;
  const int day_of_month = day_first ? date.month : date.day;
  const absl::CivilDay day(date.year, month, day_of_month);
  // absl takes February 30 for March 1 or 2.
  if (day.month() != month || day.day() != day_of_month) return std::nullopt;
  schema::PublishedTime published;
  published.local = absl::CivilSecond(day);
  published.precision = v1::DATE_PRECISION_DAY;
  if (!time.has_value()) return published;
  published.local += time->hour * 3600 + time->minute * 60 + time->second;
  published.precision = v1::DATE_PRECISION_NO_ZONE;
  const auto minutes =
      time->offset.has_value() ? time->offset : ZoneMinutes(time->zone, published.local);
  if (minutes.has_value()) {
    published.precision = v1::DATE_PRECISION_INSTANT;
    published.offset_minutes = *minutes;
  }
  return published;
}

}  // namespace

std::optional<schema::PublishedTime> FindDate(std::string_view text, DayOrder order) {
  constexpr std::string_view kMinus = "−";
  std::string plain;
  if (text.find(kMinus) != text.npos) {
    plain = text;
    for (size_t at = 0; (at = plain.find(kMinus)) != std::string::npos;) {
      plain.replace(at, kMinus.size(), "-");
    }
    text = plain;
  }
  // A day and a year at least are numbers.
  if (!HasDigit(text)) return std::nullopt;
  const std::vector<Piece> pieces = Split(text);
  const auto numbers = std::count_if(pieces.begin(), pieces.end(),
                                     [](const Piece& piece) { return piece.number >= 0; });
  if (numbers < 2) return std::nullopt;
  std::vector<std::string> names;
  names.reserve(pieces.size());
  for (const Piece& piece : pieces) names.push_back(text::FoldValue(piece.text));
  for (size_t at = 0; at + 2 < pieces.size(); ++at) {
    size_t used = 3;
    std::optional<Date> date = NumericDate(pieces[at], pieces[at + 1], pieces[at + 2]);
    if (!date.has_value()) date = NamedDate(names, pieces, at, &used);
    if (!date.has_value()) date = EastAsianDate(pieces, at, &used);
    if (!date.has_value()) continue;
    const auto published = Complete(*date, ReadTime(names, pieces, at + used), order);
    if (published.has_value()) return published;
  }
  return std::nullopt;
}

DayOrder DayOrderIn(std::string_view text) {
  constexpr int kLastMonth = 12;
  const std::vector<Piece> pieces = Split(text);
  for (size_t at = 0; at + 2 < pieces.size(); ++at) {
    const Piece& a = pieces[at];
    const Piece& b = pieces[at + 1];
    const Piece& c = pieces[at + 2];
    const bool marked = b.mark == c.mark && (b.mark == '/' || b.mark == '.' || b.mark == '-');
    if (!marked || !IsDay(a) || !IsDay(b) || !(IsYear(c) || c.text.size() == 2)) continue;
    if (b.mark != '/' && !IsYear(c)) continue;
    if (a.number > kLastMonth && b.number <= kLastMonth) return DayOrder::kDayFirst;
    if (b.number > kLastMonth && a.number <= kLastMonth) return DayOrder::kMonthFirst;
  }
  return DayOrder::kUnknown;
}

bool LooksLikeTime(std::string_view line) {
  constexpr size_t kMaxPieces = 24;
  constexpr size_t kMaxYearPieces = 12;
  constexpr size_t kMinuteDigits = 2;
  if (!HasDigit(line)) return false;
  const std::vector<Piece> pieces = Split(line);
  if (pieces.size() > kMaxPieces) return false;
  size_t numbers = 0;
  bool year = false;
  for (size_t i = 0; i < pieces.size(); ++i) {
    if (pieces[i].number < 0) continue;
    ++numbers;
    year = year || IsYear(pieces[i]);
    const bool clock = i > 0 && pieces[i - 1].number >= 0 && pieces[i - 1].number < 24 &&
                       (pieces[i].mark == ':' || pieces[i].mark == '.') &&
                       pieces[i].text.size() == kMinuteDigits;
    if (clock) return true;
  }
  if (year && numbers > 1 && pieces.size() <= kMaxYearPieces) return true;
  return numbers > 0 && (line.find(" ago") != line.npos || line.find(" hours") != line.npos);
}

bool IsMonthName(std::string_view word) { return MonthOfName(text::FoldValue(word)) != 0; }

}  // namespace broadsheet::sources::page
