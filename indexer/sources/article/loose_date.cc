// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/article/loose_date.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "engine/text/char_class.h"
#include "engine/text/fold.h"
#include "indexer/sources/wording/month_name.h"

namespace broadsheet::sources {
namespace {

using schema::PublishedTime;

// A longer text is no date, and neither is one of more parts.
constexpr size_t kLongest = 120;
constexpr size_t kMostParts = 24;
constexpr int kDayMinutes = 24 * 60;

// In lower case, in minutes east of Greenwich; where two places have the same, the one of RFC 822,
// else the one with more newspapers.
constexpr auto kZones = std::to_array<std::pair<std::string_view, int>>({
    {"gmt", 0},     {"ut", 0},     {"utc", 0},    {"z", 0},      {"wet", 0},    {"west", 60},
    {"bst", 60},    {"cet", 60},   {"cest", 120}, {"met", 60},   {"mest", 120}, {"mez", 60},
    {"mesz", 120},  {"eet", 120},  {"eest", 180}, {"msk", 180},  {"мск", 180},  {"msd", 240},
    {"trt", 180},   {"idt", 180},  {"sast", 120}, {"cat", 120},  {"wat", 60},   {"eat", 180},
    {"gst", 240},   {"samt", 240}, {"irst", 210}, {"pkt", 300},  {"yekt", 300}, {"uzt", 300},
    {"ist", 330},   {"npt", 345},  {"bdt", 360},  {"omst", 360}, {"almt", 360}, {"ict", 420},
    {"wib", 420},   {"novt", 420}, {"krat", 420}, {"sgt", 480},  {"myt", 480},  {"hkt", 480},
    {"pht", 480},   {"wita", 480}, {"awst", 480}, {"irkt", 480}, {"jst", 540},  {"kst", 540},
    {"wit", 540},   {"yakt", 540}, {"acst", 570}, {"aest", 600}, {"vlat", 600}, {"acdt", 630},
    {"aedt", 660},  {"magt", 660}, {"nzst", 720}, {"pett", 720}, {"nzdt", 780}, {"ast", -240},
    {"adt", -180},  {"nst", -210}, {"ndt", -150}, {"est", -300}, {"edt", -240}, {"cst", -360},
    {"cdt", -300},  {"mst", -420}, {"mdt", -360}, {"pst", -480}, {"pdt", -420}, {"akst", -540},
    {"akdt", -480}, {"hst", -600}, {"brt", -180}, {"art", -180}, {"clt", -240}, {"clst", -180},
    {"cot", -300},  {"pet", -300}, {"vet", -240}, {"uyt", -180},
});

// A run of digits, or of letters, folded; `before` is the character in front of it.
struct Part {
  std::string word = {};
  int number = -1;
  size_t digits = 0;
  char before = ' ';
  bool used = false;
};

// Digits end a word and the other way round: "2024年4月27日", "8h26".
std::vector<Part> Split(std::string_view text) {
  std::vector<Part> parts;
  for (size_t at = 0; at < text.size() && parts.size() <= kMostParts;) {
    const auto byte = static_cast<unsigned char>(text[at]);
    const bool is_digit = text::IsAsciiDigit(text[at]);
    if (!is_digit && byte < 0x80 && !text::IsAsciiAlpha(text[at])) {
      ++at;
      continue;
    }
    const size_t begin = at;
    while (at < text.size() && (is_digit ? text::IsAsciiDigit(text[at])
                                         : static_cast<unsigned char>(text[at]) >= 0x80 ||
                                               text::IsAsciiAlpha(text[at]))) {
      ++at;
    }
    const std::string_view run = text.substr(begin, at - begin);
    Part part{.before = begin == 0 ? ' ' : text[begin - 1]};
    if (is_digit) {
      part.digits = run.size();
      constexpr size_t kMostDigits = 9;
      if (run.size() <= kMostDigits) {
        std::from_chars(run.data(), run.data() + run.size(), part.number);
      }
    } else {
      part.word = text::FoldValue(run);
    }
    parts.push_back(std::move(part));
  }
  return parts;
}

// Those of East Asia are written without a space before them: "27日下午3时".
template <size_t kSize>
bool IsHalf(const std::string& word, const std::array<std::string_view, kSize>& words) {
  return std::any_of(words.begin(), words.end(), [&](std::string_view half) {
    return word == half || (!text::IsAscii(half[0]) && word.ends_with(half));
  });
}

bool IsMorning(const std::string& word) {
  constexpr auto kWords =
      std::to_array<std::string_view>({"am", "上午", "午前", "오전", "早上", "凌晨"});
  return IsHalf(word, kWords);
}
bool IsAfternoon(const std::string& word) {
  constexpr auto kWords =
      std::to_array<std::string_view>({"pm", "下午", "午後", "午后", "오후", "晚上", "中午"});
  return IsHalf(word, kWords);
}

class LooseDate {
 public:
  explicit LooseDate(std::vector<Part> parts) : parts_(std::move(parts)) {}

  std::optional<PublishedTime> Read() {
    ReadClock();
    if (!ReadByMarks() && !ReadByMonthName() && !ReadNumbers()) return std::nullopt;
    ReadLaterZone();
    PublishedTime published;
    const bool has_day = day_ > 0;
    const auto civil = ReadCivil(year_, month_, has_day ? day_ : 1, hour_, minute_, second_);
    if (!civil.has_value() || (!has_day && has_clock_)) return std::nullopt;
    published.local = *civil;
    published.precision = !has_day     ? v1::DATE_PRECISION_MONTH
                          : has_clock_ ? v1::DATE_PRECISION_NO_ZONE
                                       : v1::DATE_PRECISION_DAY;
    if (has_clock_ && offset_.has_value()) {
      published.precision = v1::DATE_PRECISION_INSTANT;
      published.offset_minutes = *offset_;
    }
    return published;
  }

 private:
  bool IsNumber(size_t at, size_t most_digits) const {
    return at < parts_.size() && !parts_[at].used && parts_[at].digits > 0 &&
           parts_[at].digits <= most_digits;
  }
  bool IsWord(size_t at, std::string_view word) const {
    return at < parts_.size() && parts_[at].word == word;
  }
  bool IsOneOfWords(size_t at, std::initializer_list<std::string_view> words) const {
    return std::any_of(words.begin(), words.end(), [&](auto word) { return IsWord(at, word); });
  }

  // "8:26", "08:26:02.5", "8時26分2秒", "8h26"; with what is written before and after it.
  void ReadClock() {
    for (size_t at = 0; at < parts_.size(); ++at) {
      if (!IsNumber(at, 2)) continue;
      size_t minute = at + 1;
      const bool is_marked = IsOneOfWords(minute, {"時", "时", "点", "點", "시", "h", "uhr"});
      const bool has_colon =
          IsNumber(minute, 2) && parts_[minute].before == ':' && parts_[minute].digits == 2;
      if (!is_marked && !has_colon) continue;
      if (is_marked) ++minute;
      TakeClock(at, minute);
      return;
    }
  }

  void TakeClock(size_t hour, size_t minute) {
    hour_ = Use(hour);
    has_clock_ = true;
    size_t next = minute;
    if (IsNumber(minute, 2)) {
      minute_ = Use(minute);
      next = minute + 1;
    }
    const bool is_marked = IsOneOfWords(next, {"分", "분"});
    if (is_marked) ++next;
    if (IsNumber(next, 2) && (is_marked || parts_[next].before == ':')) {
      second_ = Use(next++);
      if (IsOneOfWords(next, {"秒", "초"})) ++next;
      const bool is_fraction =
          next < parts_.size() && parts_[next].digits > 0 &&
          (parts_[next].before == '.' || parts_[next].before == ',' || parts_[next].before == ':');
      if (is_fraction && !LooksLikeYear(next)) Use(next++);
    }
    if (IsWord(next, "uhr")) ++next;
    ReadHalfOfDay(hour, &next);
    ReadZoneAt(next);
  }

  // Fractions follow at once, but so does the year in "08:26:02,2024".
  bool LooksLikeYear(size_t at) const {
    return parts_[at].before == ',' && parts_[at].digits == 4 &&
           std::none_of(parts_.begin(), parts_.end(),
                        [&](const Part& part) { return &part != &parts_[at] && part.digits == 4; });
  }

  void ReadHalfOfDay(size_t hour, size_t* next) {
    std::string half = *next < parts_.size() ? parts_[*next].word : "";
    size_t used = 1;
    if ((half == "a" || half == "p") && IsWord(*next + 1, "m")) {
      half += "m";
      used = 2;
    } else if (!IsMorning(half) && !IsAfternoon(half)) {
      half = hour > 0 ? parts_[hour - 1].word : "";
      used = 0;
    }
    if (!IsMorning(half) && !IsAfternoon(half)) return;
    constexpr int kNoon = 12;
    if (hour_ <= kNoon) hour_ = hour_ % kNoon + (IsAfternoon(half) ? kNoon : 0);
    has_half_ = true;
    *next += used;
  }

  // "+0200", "GMT+2", "CEST".
  void ReadZoneAt(size_t at) {
    if (at >= parts_.size()) return;
    if (!parts_[at].word.empty()) {
      offset_ = ReadZone(parts_[at].word);
      if (!offset_.has_value()) return;
      const bool is_signed = at + 1 < parts_.size() && parts_[at + 1].digits > 0 &&
                             (parts_[at + 1].before == '+' || parts_[at + 1].before == '-');
      if (*offset_ != 0 || !is_signed) return;
      ++at;
    }
    if (parts_[at].before != '+' && parts_[at].before != '-') return;
    if (!IsNumber(at, 4) || parts_[at].digits == 3) return;
    constexpr size_t kWhole = 4;
    const char sign = parts_[at].before;
    const bool is_whole = parts_[at].digits == kWhole;
    const int value = Use(at);
    int minutes = is_whole ? value / 100 * 60 + value % 100 : value * 60;
    if (!is_whole && IsNumber(at + 1, 2) && parts_[at + 1].before == ':') minutes += Use(at + 1);
    if (minutes < kDayMinutes) offset_ = sign == '-' ? -minutes : minutes;
  }

  // "... 2024 CEST", as some put it at the end.
  void ReadLaterZone() {
    if (!has_clock_ || offset_.has_value() || parts_.empty()) return;
    const std::string& last = parts_.back().word;
    constexpr size_t kShortestZone = 2;
    if (last.size() > kShortestZone) offset_ = ReadZone(last);
  }

  // 2024年4月27日, 2024년 4월 27일
  bool ReadByMarks() {
    for (size_t at = 0; at + 3 < parts_.size(); ++at) {
      if (!IsNumber(at, 4) || !IsOneOfWords(at + 1, {"年", "년"}) || !IsNumber(at + 2, 2)) continue;
      if (!IsOneOfWords(at + 3, {"月", "월"})) continue;
      year_ = Use(at);
      month_ = Use(at + 2);
      if (IsNumber(at + 4, 2)) day_ = Use(at + 4);
      return year_ > 31;
    }
    return false;
  }

  bool ReadByMonthName() {
    // A weekday may be written like a month ("mar." of mardi): the later one counts.
    for (size_t at = 0; at < parts_.size(); ++at) {
      if (const int month = page::MonthOfName(parts_[at].word); month > 0) month_ = month;
      // "27 tháng 4 2024"
      if (IsWord(at, "thang") && IsNumber(at + 1, 2)) month_ = Use(at + 1);
    }
    return month_ > 0 && ReadDayAndYear();
  }

  // The one of four digits is the year; of two short ones the second.
  bool ReadDayAndYear() {
    std::vector<size_t> numbers;
    for (size_t at = 0; at < parts_.size(); ++at) {
      if (!parts_[at].used && parts_[at].digits > 0) numbers.push_back(at);
    }
    if (numbers.empty() || numbers.size() > 2) return false;
    const auto year = std::find_if(numbers.begin(), numbers.end(),
                                   [&](size_t at) { return parts_[at].digits == 4; });
    if (year == numbers.end() && numbers.size() < 2) return false;
    const size_t year_at = year == numbers.end() ? numbers[1] : *year;
    year_ = FullYear(parts_[year_at]);
    for (const size_t at : numbers) {
      if (at == year_at) continue;
      day_ = parts_[at].number;
      if (day_ < 1 || parts_[at].digits > 2) return false;
    }
    return year_ > 0;
  }

  // RFC 2822's reading of two digits.
  static int FullYear(const Part& part) {
    if (part.digits == 2) return part.number + (part.number < 50 ? 2000 : 1900);
    return part.digits == 4 ? part.number : 0;
  }

  // 2024-4-27, 2024/04/27, 27.4.2024, 27/04/2024, 4/27/2024
  bool ReadNumbers() {
    constexpr int kLastMonth = 12;
    for (size_t at = 0; at + 2 < parts_.size(); ++at) {
      if (!IsNumber(at, 4) || !IsNumber(at + 1, 2) || !IsNumber(at + 2, 4)) continue;
      const char mark = parts_[at + 1].before;
      if (parts_[at + 2].before != mark || (mark != '-' && mark != '/' && mark != '.')) continue;
      const int first = parts_[at].number;
      const int second = parts_[at + 1].number;
      if (parts_[at].digits == 4) {
        year_ = first;
        month_ = second;
        day_ = parts_[at + 2].number;
        return parts_[at + 2].digits <= 2;
      }
      if (parts_[at + 2].digits != 4) return false;
      year_ = parts_[at + 2].number;
      const bool is_month_first = second > kLastMonth || (mark == '/' && has_half_);
      const bool is_day_first = first > kLastMonth || mark == '.' || first == second;
      month_ = is_month_first ? first : second;
      day_ = is_month_first ? second : first;
      return is_month_first != is_day_first;
    }
    return false;
  }

  int Use(size_t at) {
    parts_[at].used = true;
    return parts_[at].number;
  }

  std::vector<Part> parts_;
  int year_ = 0;
  int month_ = 0;
  int day_ = 0;
  int hour_ = 0;
  int minute_ = 0;
  int second_ = 0;
  bool has_clock_ = false;
  // "AM" or "PM" was written.
  bool has_half_ = false;
  std::optional<int> offset_;
};

}  // namespace

std::optional<int> ReadZone(std::string_view zone) {
  if (zone.starts_with('+') || zone.starts_with('-')) {
    std::string digits(zone.substr(1));
    std::erase(digits, ':');
    const bool is_number = std::all_of(digits.begin(), digits.end(), text::IsAsciiDigit);
    if (!is_number || (digits.size() != 4 && digits.size() != 2)) return std::nullopt;
    if (digits.size() == 2) digits += "00";
    const int minutes = (digits[0] - '0') * 600 + (digits[1] - '0') * 60 + (digits[2] - '0') * 10 +
                        (digits[3] - '0');
    if (minutes >= kDayMinutes) return std::nullopt;
    return zone.front() == '-' ? -minutes : minutes;
  }
  const std::string name = text::FoldValue(zone);
  for (const auto& [known, minutes] : kZones) {
    if (name == known) return minutes;
  }
  return std::nullopt;
}

bool IsZeroDate(const PublishedTime& date) {
  // The first newspaper is of 1605.
  constexpr int kFirstYear = 1600;
  constexpr absl::CivilSecond kEpoch(1970);
  if (date.local.year() < kFirstYear) return true;
  const bool instant = date.precision == v1::DATE_PRECISION_INSTANT;
  const bool timed = instant || date.precision == v1::DATE_PRECISION_NO_ZONE;
  return timed && date.local - (instant ? 60 * date.offset_minutes : 0) == kEpoch;
}

std::optional<absl::CivilSecond> ReadCivil(int year, int month, int day, int hour, int minute,
                                           int second) {
  if (second == 60) second = 59;
  const bool is_midnight = hour == 24 && minute == 0 && second == 0;
  if (is_midnight) hour = 0;
  const absl::CivilSecond civil(year, month, day, hour, minute, second);
  if (civil.month() != month || civil.day() != day || civil.hour() != hour ||
      civil.minute() != minute || civil.second() != second || year < 1 || year > 9999) {
    return std::nullopt;
  }
  constexpr int kDaySeconds = 24 * 60 * 60;
  return is_midnight ? civil + kDaySeconds : civil;
}

std::optional<PublishedTime> ReadLooseDate(std::string_view text) {
  if (text.size() > kLongest) return std::nullopt;
  std::vector<Part> parts = Split(text);
  if (parts.size() > kMostParts) return std::nullopt;
  return LooseDate(std::move(parts)).Read();
}

}  // namespace broadsheet::sources
