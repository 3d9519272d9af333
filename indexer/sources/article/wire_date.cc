// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/article/wire_date.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <optional>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_format.h"
#include "engine/text/utf8.h"
#include "indexer/sources/article/loose_date.h"
#include "indexer/sources/wording/page_date.h"
#include "indexer/sources/wording/words.h"

namespace broadsheet::sources {
namespace {

using schema::PublishedTime;

int NumberOf(std::string_view digits) {
  int number = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return number;
}

// "1714199162", "1714199162000", "1714199162.5", "20240427082602": seconds, or thousandths or
// millionths of them, since 1970; or a date without marks.
std::optional<PublishedTime> ReadDigits(std::string_view text) {
  const std::string_view digits = text.substr(0, text.find('.'));
  const std::string_view rest = text.substr(std::min(text.size(), digits.size() + 1));
  if (!page::IsDigits(digits) || (!rest.empty() && !page::IsDigits(rest))) return std::nullopt;
  constexpr size_t kSecondDigits = 10;
  const auto field = [&](size_t at) {
    return at + 2 <= digits.size() ? NumberOf(digits.substr(at, 2)) : 0;
  };
  const bool is_date = digits.size() >= kSecondDigits && digits.size() <= 14 &&
                       digits.size() % 2 == 0 &&
                       (digits.starts_with("19") || digits.starts_with("20"));
  if (is_date) {
    const auto civil = ReadCivil(NumberOf(digits.substr(0, 4)), field(4), field(6), field(8),
                                 field(10), field(12));
    if (civil.has_value()) {
      return PublishedTime{.local = *civil, .precision = v1::DATE_PRECISION_NO_ZONE};
    }
  }
  for (const size_t fraction : {size_t{0}, size_t{3}, size_t{6}}) {
    if (digits.size() != kSecondDigits + fraction) continue;
    int64_t seconds = 0;
    std::from_chars(digits.data(), digits.data() + kSecondDigits, seconds);
    return PublishedTime{.local = absl::CivilSecond(1970, 1, 1) + seconds,
                         .precision = v1::DATE_PRECISION_INSTANT};
  }
  return std::nullopt;
}

// "2024-W17-6", "2024W176", "2024-118", "2024118", each perhaps with a time, as "2024-04-27" with
// it; nothing when it is not of that form.
std::optional<std::string> WithMonth(std::string_view text) {
  const size_t date_end = std::min(text.find_first_of("Tt "), text.size());
  std::string date(text.substr(0, date_end));
  std::erase(date, '-');
  constexpr size_t kYear = 4;
  constexpr size_t kFull = 7;
  constexpr int kWeek = 7;
  if (date.size() < kFull || !page::IsDigits(date.substr(0, kYear))) return std::nullopt;
  const int year = NumberOf(date.substr(0, kYear));
  absl::CivilDay day;
  if (absl::ascii_toupper(static_cast<unsigned char>(date[kYear])) == 'W') {
    const std::string rest = date.substr(kYear + 1);
    if (!page::IsDigits(rest) || rest.size() > 3) return std::nullopt;
    const int week = NumberOf(std::string_view(rest).substr(0, 2));
    const int weekday = rest.size() == 3 ? rest[2] - '0' : 1;
    if (week < 1 || week > 53 || weekday < 1 || weekday > kWeek) return std::nullopt;
    // The week of January 4 is the first.
    const absl::CivilDay fourth(year, 1, 4);
    day = absl::NextWeekday(fourth - kWeek, absl::Weekday::monday) + (week - 1) * kWeek +
          (weekday - 1);
  } else {
    if (date.size() != kFull || !page::IsDigits(date)) return std::nullopt;
    const int of_year = NumberOf(std::string_view(date).substr(kYear));
    day = absl::CivilDay(year, 1, 1) + (of_year - 1);
    if (of_year < 1 || day.year() != year) return std::nullopt;
  }
  const std::string time(text.substr(date_end));
  std::string written = absl::FormatCivilTime(day);
  if (time.size() > 1 && time.find(':') == std::string::npos) std::erase(written, '-');
  return written + time;
}

// "20030610T040000Z" -> "2003-06-10T04:00:00Z"; nothing when it is not of that form.
std::optional<std::string> ExtendBasic(std::string_view text) {
  constexpr size_t kDate = 8;
  if (text.size() < kDate || !page::IsDigits(text.substr(0, kDate))) return std::nullopt;
  std::string extended =
      absl::StrFormat("%s-%s-%s", text.substr(0, 4), text.substr(4, 2), text.substr(6, 2));
  text.remove_prefix(kDate);
  if (text.empty()) return extended;
  if (!text.starts_with('T')) return std::nullopt;
  text.remove_prefix(1);
  const std::string_view clock = text.substr(0, text.find_first_not_of("0123456789"));
  if (clock.size() != 4 && clock.size() != 6) return std::nullopt;
  text.remove_prefix(clock.size());
  extended += absl::StrFormat("T%s:%s:%s", clock.substr(0, 2), clock.substr(2, 2),
                              clock.size() == 6 ? clock.substr(4, 2) : "00");
  constexpr size_t kShortOffset = 5;
  if (text.size() == kShortOffset && (text[0] == '+' || text[0] == '-')) {
    return extended + std::string(text.substr(0, 3)) + ":" + std::string(text.substr(3));
  }
  return extended + std::string(text);
}

// "2003-06-10T04:00:00,5 +0200" -> "2003-06-10T04:00:00.5+02:00": commas, blanks before the zone
// and short zones are common, and no RFC 3339.
std::string MendIso(std::string_view text) {
  std::string mended(text);
  if (mended.size() < 5 || !page::IsDigits(mended.substr(0, 4)) || mended[4] != '-') return mended;
  for (size_t minus = 0; (minus = mended.find("\xe2\x88\x92")) != std::string::npos;) {
    mended.replace(minus, 3, "-");
  }
  const size_t clock = mended.find(':');
  if (clock == std::string::npos) return mended;
  const size_t comma = mended.find(',', clock);
  if (comma != std::string::npos) mended[comma] = '.';
  const size_t zone = mended.find_first_of("+-Zz", clock);
  if (zone == std::string::npos) return mended;
  const std::string name = mended.substr(zone);
  const size_t end = mended.find_last_not_of(' ', zone - 1) + 1;
  if (absl::EqualsIgnoreCase(name, "z")) return mended.substr(0, end) + "Z";
  const std::optional<int> minutes = ReadZone(name);
  if (!minutes.has_value()) return mended;
  const int size = std::abs(*minutes);
  return mended.substr(0, end) +
         absl::StrFormat("%c%02d:%02d", *minutes < 0 ? '-' : '+', size / 60, size % 60);
}

}  // namespace

absl::StatusOr<PublishedTime> ParseWireDate(std::string_view text) {
  const std::string trimmed(absl::StripAsciiWhitespace(std::string(text)));
  if (const std::optional<PublishedTime> digits = ReadDigits(trimmed); digits.has_value()) {
    return *digits;
  }
  const std::string dated = WithMonth(trimmed).value_or(trimmed);
  const std::string iso = ExtendBasic(dated).value_or(MendIso(dated));
  if (absl::StatusOr<PublishedTime> published = schema::ParsePublishedTime(iso); published.ok()) {
    return published;
  }
  if (const std::optional<PublishedTime> loose = ReadLooseDate(dated); loose.has_value()) {
    return *loose;
  }
  if (const std::optional<PublishedTime> printed = page::FindDate(trimmed); printed.has_value()) {
    return *printed;
  }
  constexpr size_t kQuoted = 80;
  return absl::InvalidArgumentError("no date: \"" + std::string(text::PrefixOf(trimmed, kQuoted)) +
                                    "\"");
}

absl::Time TimeOfNumber(double number) {
  constexpr double kMilliseconds = 1e11;
  constexpr double kMicroseconds = 1e14;
  constexpr double kThousand = 1e3;
  const double size = std::abs(number);
  const double unit = size >= kMicroseconds   ? kThousand * kThousand
                      : size >= kMilliseconds ? kThousand
                                              : 1;
  return absl::UnixEpoch() + absl::Seconds(number / unit);
}

bool HasZeroDate(const v1::Article& article) {
  if (!article.has_published_time()) return false;
  const bool instant = article.published_precision() == v1::DATE_PRECISION_INSTANT;
  const int offset = instant ? article.published_offset_minutes() : 0;
  return IsZeroDate(
      {.local = absl::CivilSecond(1970) + article.published_time().seconds() + int64_t{60} * offset,
       .precision = article.published_precision(),
       .offset_minutes = offset});
}

bool SetPublishedFrom(std::string_view text, v1::Article* article) {
  if (text.empty() || (article->has_published_time() && !HasZeroDate(*article))) return false;
  const absl::StatusOr<PublishedTime> published = ParseWireDate(text);
  if (published.ok()) schema::SetPublishedTime(*published, article);
  return published.ok();
}

bool ReadInstant(std::string_view text, google::protobuf::Timestamp* time) {
  if (text.empty()) return false;
  const absl::StatusOr<PublishedTime> read = ParseWireDate(text);
  if (!read.ok()) return false;
  v1::Article scratch;
  schema::SetPublishedTime(*read, &scratch);
  *time = scratch.published_time();
  return true;
}

}  // namespace broadsheet::sources
