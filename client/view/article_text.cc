// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/view/article_text.h"

#include <vector>

#include "absl/strings/str_format.h"
#include "absl/strings/str_split.h"
#include "absl/time/time.h"

namespace broadsheet::client {
namespace {

// About as many as a headline has.
std::string FirstWords(const std::string& text) {
  constexpr size_t kWords = 10;
  const std::vector<std::string> words = absl::StrSplit(
      text, absl::MaxSplits(absl::ByAnyChar(" \t\n"), kWords), absl::SkipWhitespace());
  std::string start;
  for (size_t i = 0; i < words.size() && i < kWords; ++i) start += (i == 0 ? "" : " ") + words[i];
  return words.size() > kWords ? start + " …" : start;
}

}  // namespace

std::string DateText(const v1::Article& article, const absl::TimeZone* zone) {
  if (!article.has_published_time()) return "undated";
  const absl::TimeZone stated = absl::FixedTimeZone(article.published_offset_minutes() * 60);
  const absl::Time time = absl::FromUnixSeconds(article.published_time().seconds());
  switch (article.published_precision()) {
    case v1::DATE_PRECISION_YEAR:
      return absl::FormatTime("%Y", time, stated);
    case v1::DATE_PRECISION_MONTH:
      return absl::FormatTime("%B %Y", time, stated);
    case v1::DATE_PRECISION_DAY:
      return absl::FormatTime("%-d %B %Y", time, stated);
    case v1::DATE_PRECISION_NO_ZONE:
      return absl::FormatTime("%-d %B %Y, %H:%M", time, stated);
    default:
      return absl::FormatTime("%-d %B %Y, %H:%M %Ez", time, zone == nullptr ? stated : *zone);
  }
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
