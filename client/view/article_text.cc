// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/view/article_text.h"

#include <string_view>

#include "absl/strings/str_format.h"
#include "absl/strings/str_split.h"
#include "absl/time/time.h"
#include "client/view/terminal.h"

namespace broadsheet::client {
namespace {

// About as many as a headline has; fewer where words are long, or there are no blanks between them.
std::string FirstWords(const std::string& text) {
  constexpr size_t kWords = 10;
  constexpr size_t kWidest = 120;
  std::string start;
  size_t words = 0;
  for (const auto word : absl::StrSplit(text, absl::ByAnyChar(" \t\r\n"), absl::SkipEmpty())) {
    if (words++ == kWords) return start + " …";
    if (words > 1) start += ' ';
    start.append(word.data(), word.size());
    const std::string_view shown = StartOfColumns(start, kWidest);
    if (shown.size() < start.size()) return std::string(shown) + "…";
  }
  return start;
}

}  // namespace

std::string FormatPublished(const v1::Article& article, const DateFormats& formats,
                            const absl::TimeZone* zone) {
  const absl::TimeZone stated = absl::FixedTimeZone(article.published_offset_minutes() * 60);
  const absl::Time time = absl::FromUnixSeconds(article.published_time().seconds());
  switch (article.published_precision()) {
    case v1::DATE_PRECISION_YEAR:
      return absl::FormatTime(formats.year, time, stated);
    case v1::DATE_PRECISION_MONTH:
      return absl::FormatTime(formats.month, time, stated);
    case v1::DATE_PRECISION_DAY:
      return absl::FormatTime(formats.day, time, stated);
    case v1::DATE_PRECISION_NO_ZONE:
      return absl::FormatTime(formats.without_zone, time, stated);
    default:
      return absl::FormatTime(formats.instant, time, zone == nullptr ? stated : *zone);
  }
}

std::string DateText(const v1::Article& article, const absl::TimeZone* zone) {
  constexpr DateFormats kForPeople{.year = "%Y",
                                   .month = "%B %Y",
                                   .day = "%-d %B %Y",
                                   .without_zone = "%-d %B %Y, %H:%M",
                                   .instant = "%-d %B %Y, %H:%M %Ez"};
  return article.has_published_time() ? FormatPublished(article, kForPeople, zone) : "undated";
}

std::string BylineText(const v1::Article& article) {
  std::string text;
  for (int i = 0; i < article.bylines_size(); ++i) {
    if (i > 0) text += i + 1 == article.bylines_size() ? " and " : ", ";
    text += article.bylines(i).name();
  }
  return text;
}

std::string HeadlineText(const v1::Article& article) {
  if (!article.headline().empty()) return article.headline();
  for (const std::string& text :
       {article.summary(), article.body(),
        article.captions().empty() ? std::string() : article.captions(0).text()}) {
    const std::string words = FirstWords(text);
    if (!words.empty()) return words;
  }
  return "(no headline)";
}

}  // namespace broadsheet::client
