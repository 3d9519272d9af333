// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/html/visible/day_order.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string>

#include "absl/strings/ascii.h"
#include "indexer/sources/wording/word_set.h"

namespace broadsheet::sources::html {
namespace {

using page::DayOrder;

// "3/4", "13-06": what dates of numbers have.
bool MayHoldNumericDate(std::string_view text) {
  for (size_t at = 1; at + 1 < text.size(); ++at) {
    const char c = text[at];
    if (c != '/' && c != '.' && c != '-') continue;
    if (absl::ascii_isdigit(static_cast<unsigned char>(text[at - 1])) &&
        absl::ascii_isdigit(static_cast<unsigned char>(text[at + 1]))) {
      return true;
    }
  }
  return false;
}

// Dates that can only be read in one way, where they do not contradict one another.
DayOrder OrderOfDates(const VisiblePage& page) {
  size_t day_first = 0;
  size_t month_first = 0;
  for (const Block& block : page.blocks) {
    if (block.in_post || !MayHoldNumericDate(block.text)) continue;
    const DayOrder order = page::DayOrderIn(block.text);
    if (order == DayOrder::kDayFirst) ++day_first;
    if (order == DayOrder::kMonthFirst) ++month_first;
  }
  if (day_first > 0 && month_first == 0) return DayOrder::kDayFirst;
  if (month_first > 0 && day_first == 0) return DayOrder::kMonthFirst;
  return DayOrder::kUnknown;
}

DayOrder OrderOfLanguage(std::string_view tag) {
  const std::string lower = absl::AsciiStrToLower(std::string(tag));
  const size_t mark = lower.find_first_of("-_");
  const std::string language = lower.substr(0, mark);
  if (language.empty()) return DayOrder::kUnknown;
  if (language == "en") {
    if (mark == std::string::npos) return DayOrder::kUnknown;
    const std::string region = lower.substr(mark + 1);
    // Both orders are used in Canada and the Philippines.
    if (region == "ca" || region == "ph") return DayOrder::kUnknown;
    return region == "us" ? DayOrder::kMonthFirst : DayOrder::kDayFirst;
  }
  constexpr auto kYearFirst = std::to_array<std::string_view>({"zh", "ja", "ko"});
  const bool year_first = IsOneOf(language, kYearFirst);
  return year_first ? DayOrder::kUnknown : DayOrder::kDayFirst;
}

// "https://news.lantern.example/a" -> "example"
std::string TopDomain(std::string_view url) {
  const size_t scheme = url.find("://");
  if (scheme == url.npos) return "";
  std::string_view host = url.substr(scheme + 3);
  host = host.substr(0, host.find_first_of("/:?#"));
  const size_t dot = host.rfind('.');
  return dot == host.npos ? "" : absl::AsciiStrToLower(std::string(host.substr(dot + 1)));
}

DayOrder OrderOfAddress(std::string_view url) {
  constexpr auto kAmerican = std::to_array<std::string_view>({"us", "gov", "mil"});
  // Domains of countries that are sold all over the world, or where both orders are used.
  constexpr auto kAnyCountry = std::to_array<std::string_view>(
      {"ai", "ca", "cc", "co", "fm", "gg", "io", "la", "ly", "me", "ph", "sh", "to", "tv", "ws"});
  constexpr auto kYearFirst = std::to_array<std::string_view>({"cn", "hk", "jp", "kr", "tw"});
  const std::string domain = TopDomain(url);
  const auto in = [&](const auto& list) {
    return std::find(list.begin(), list.end(), domain) != list.end();
  };
  if (in(kAmerican)) return DayOrder::kMonthFirst;
  if (domain.size() != 2 || in(kAnyCountry) || in(kYearFirst)) return DayOrder::kUnknown;
  return DayOrder::kDayFirst;
}

}  // namespace

DayOrder FindDayOrder(const VisiblePage& page, const Locale& locale) {
  if (const DayOrder order = OrderOfDates(page); order != DayOrder::kUnknown) return order;
  // The page's own language, then its country; further languages are often a program's default.
  for (size_t i = 0; i < locale.languages.size(); ++i) {
    if (i == 1) {
      for (const std::string_view url : locale.urls) {
        if (const DayOrder order = OrderOfAddress(url); order != DayOrder::kUnknown) return order;
      }
    }
    const DayOrder order = OrderOfLanguage(locale.languages[i]);
    if (order != DayOrder::kUnknown) return order;
  }
  return DayOrder::kUnknown;
}

}  // namespace broadsheet::sources::html
