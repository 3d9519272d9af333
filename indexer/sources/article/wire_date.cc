// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/article/wire_date.h"

#include <array>
#include <charconv>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_format.h"
#include "engine/text/utf8.h"
#include "indexer/sources/wording/page_date.h"

namespace broadsheet::sources {
namespace {

using schema::PublishedTime;

constexpr std::array<std::string_view, 12> kMonths = {"jan", "feb", "mar", "apr", "may", "jun",
                                                      "jul", "aug", "sep", "oct", "nov", "dec"};
// Those of RFC 822, in minutes east of Greenwich.
constexpr std::array<std::pair<std::string_view, int>, 13> kZones = {{
    {"GMT", 0},
    {"UT", 0},
    {"UTC", 0},
    {"Z", 0},
    {"EST", -300},
    {"EDT", -240},
    {"CST", -360},
    {"CDT", -300},
    {"MST", -420},
    {"MDT", -360},
    {"PST", -480},
    {"PDT", -420},
    {"BST", 60},
}};

bool IsDigits(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

std::optional<int> Number(std::string_view text) {
  int number = 0;
  if (!IsDigits(text) || text.size() > 4) return std::nullopt;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

// The civil time, or nothing when there is no such day or time. A leap second is taken as the
// second before.
std::optional<absl::CivilSecond> Civil(int year, int month, int day, int hour, int minute,
                                       int second) {
  if (second == 60) second = 59;
  const absl::CivilSecond civil(year, month, day, hour, minute, second);
  if (civil.month() != month || civil.day() != day || civil.hour() != hour ||
      civil.minute() != minute || year < 1 || year > 9999) {
    return std::nullopt;
  }
  return civil;
}

// "+0200", "-05:00", "GMT", "EST".
std::optional<int> ZoneMinutes(std::string_view zone) {
  if (zone.starts_with('+') || zone.starts_with('-')) {
    std::string digits(zone.substr(1));
    std::erase(digits, ':');
    if (digits.size() != 4 || !IsDigits(digits)) return std::nullopt;
    const int minutes = *Number(digits.substr(0, 2)) * 60 + *Number(digits.substr(2));
    constexpr int kDay = 24 * 60;
    if (minutes >= kDay) return std::nullopt;
    return zone.front() == '-' ? -minutes : minutes;
  }
  const std::string upper = absl::AsciiStrToUpper(std::string(zone));
  for (const auto& [name, minutes] : kZones) {
    if (upper == name) return minutes;
  }
  return std::nullopt;
}

std::vector<std::string_view> Words(std::string_view text) {
  std::vector<std::string_view> words;
  while (true) {
    const size_t begin = text.find_first_not_of(" ,\t\r\n-");
    if (begin == std::string_view::npos) return words;
    // A sign belongs to the zone that follows a time.
    const bool is_zone = begin > 0 && text[begin - 1] == '-' && words.size() >= 4;
    text.remove_prefix(is_zone ? begin - 1 : begin);
    const size_t end = text.find_first_of(is_zone ? " ,\t\r\n" : " ,\t\r\n-", 1);
    words.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return words;
    text.remove_prefix(end);
  }
}

std::optional<int> Month(std::string_view word) {
  const std::string lower = absl::AsciiStrToLower(std::string(word.substr(0, 3)));
  for (size_t i = 0; i < kMonths.size(); ++i) {
    if (lower == kMonths[i]) return static_cast<int>(i) + 1;
  }
  return std::nullopt;
}

struct Clock {
  int hour = 0;
  int minute = 0;
  int second = 0;
};

std::optional<Clock> ReadClock(std::string_view word) {
  std::array<int, 3> parts = {0, 0, 0};
  size_t count = 0;
  while (count < parts.size()) {
    const size_t end = word.find(':');
    // Fractions of a second say nothing here.
    const std::string_view digits = word.substr(0, std::min(end, word.find('.')));
    const std::optional<int> number = Number(digits);
    if (!number.has_value()) return std::nullopt;
    parts[count++] = *number;
    if (end == std::string_view::npos) break;
    word.remove_prefix(end + 1);
  }
  if (count < 2) return std::nullopt;
  return Clock{.hour = parts[0], .minute = parts[1], .second = parts[2]};
}

// RFC 822: [weekday] day month year [time [zone]].
std::optional<PublishedTime> ReadMailDate(std::string_view text) {
  std::vector<std::string_view> words = Words(text);
  if (!words.empty() && !IsDigits(words[0])) words.erase(words.begin());
  if (words.size() < 3) return std::nullopt;
  const std::optional<int> day = Number(words[0]);
  const std::optional<int> month = Month(words[1]);
  std::optional<int> year = Number(words[2]);
  if (!day.has_value() || !month.has_value() || !year.has_value()) return std::nullopt;
  // RFC 2822's reading of two digits.
  if (words[2].size() == 2) year = *year + (*year < 50 ? 2000 : 1900);
  PublishedTime published{.local = {}, .precision = v1::DATE_PRECISION_DAY};
  Clock clock;
  if (words.size() > 3) {
    const std::optional<Clock> read = ReadClock(words[3]);
    if (!read.has_value()) return std::nullopt;
    clock = *read;
    published.precision = v1::DATE_PRECISION_NO_ZONE;
  }
  const std::optional<absl::CivilSecond> civil =
      Civil(*year, *month, *day, clock.hour, clock.minute, clock.second);
  if (!civil.has_value()) return std::nullopt;
  published.local = *civil;
  if (words.size() > 4) {
    if (const std::optional<int> zone = ZoneMinutes(words[4]); zone.has_value()) {
      published.precision = v1::DATE_PRECISION_INSTANT;
      published.offset_minutes = *zone;
    }
  }
  return published;
}

// "20030610T040000Z" -> "2003-06-10T04:00:00Z"; nothing when it is not of that form.
std::optional<std::string> ExtendBasic(std::string_view text) {
  constexpr size_t kDate = 8;
  if (text.size() < kDate || !IsDigits(text.substr(0, kDate))) return std::nullopt;
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

// "2003-06-10T04:00:00+0200" is common, and no offset of RFC 3339.
std::string MendOffset(std::string_view text) {
  std::string mended(text);
  constexpr size_t kOffset = 5;
  if (mended.size() <= kOffset || mended.find(':') == std::string::npos) return mended;
  const size_t at = mended.size() - kOffset;
  if ((mended[at] == '+' || mended[at] == '-') &&
      IsDigits(std::string_view(mended).substr(at + 1))) {
    mended.insert(at + 3, ":");
  }
  return mended;
}

}  // namespace

absl::StatusOr<PublishedTime> ParseWireDate(std::string_view text) {
  const std::string trimmed(absl::StripAsciiWhitespace(std::string(text)));
  const std::string iso = ExtendBasic(trimmed).value_or(MendOffset(trimmed));
  if (absl::StatusOr<PublishedTime> published = schema::ParsePublishedTime(iso); published.ok()) {
    return published;
  }
  if (const std::optional<PublishedTime> mail = ReadMailDate(trimmed); mail.has_value())
    return *mail;
  if (const std::optional<PublishedTime> printed = page::FindDate(trimmed); printed.has_value()) {
    return *printed;
  }
  constexpr size_t kQuoted = 80;
  return absl::InvalidArgumentError("no date: \"" + std::string(text::PrefixOf(trimmed, kQuoted)) +
                                    "\"");
}

bool SetPublishedFrom(std::string_view text, v1::Article* article) {
  if (text.empty() || article->has_published_time()) return false;
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
