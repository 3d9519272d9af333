// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/view/article_text.h"

#include "absl/strings/str_format.h"
#include "absl/time/time.h"

namespace broadsheet::client {

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
  return article.headline().empty() ? "(no headline)" : article.headline();
}

}  // namespace broadsheet::client
