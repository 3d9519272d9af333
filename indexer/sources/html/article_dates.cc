// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/html/article_dates.h"

#include <array>

#include "indexer/sources/html/visible/day_order.h"
#include "indexer/sources/html/visible/visible_date.h"

namespace broadsheet::sources::html {
namespace {

using Date = std::optional<schema::PublishedTime>;

class DateChooser {
 public:
  explicit DateChooser(const DateEvidence& evidence) : from_(evidence) {}

  ArticleDates Choose() {
    Stated(from_.json_ld.published, "JSON-LD datePublished");
    Stated(from_.meta.published, "meta published time");
    Stated(from_.microdata.published, "microdata datePublished");
    Stated(from_.json_ld.page_published, "JSON-LD datePublished of the page");
    if (dates_.published.empty()) {
      const DateReading reading{.order = Order(), .latest = Tomorrow()};
      dates_.published = FindVisibleDate(from_.tree, from_.page, from_.place, reading);
    }
    for (const std::string_view url :
         {std::string_view(from_.json_ld.url), std::string_view(from_.meta.url), from_.url}) {
      if (!dates_.published.empty()) break;
      const Date date = DateInUrl(url);
      if (date.has_value() && absl::CivilDay(date->local) <= Tomorrow()) {
        dates_.published = {date, "date in the address"};
      }
    }
    for (const std::string* updated : {&from_.json_ld.updated, &from_.meta.updated,
                                       &from_.microdata.updated, &from_.json_ld.page_updated}) {
      if (!dates_.updated.has_value()) dates_.updated = Read(*updated);
    }
    return std::move(dates_);
  }

 private:
  // Found only where a date needs it: all blocks are looked through.
  page::DayOrder Order() {
    if (!order_.has_value()) {
      order_ = FindDayOrder(from_.page, {.languages = {LanguageOf(from_.tree),
                                                       from_.json_ld.language, from_.meta.language},
                                         .urls = {from_.url, from_.json_ld.url, from_.meta.url}});
    }
    return *order_;
  }

  Date Read(const std::string& text) {
    const bool numbers = text.find('/') != text.npos || text.find('-') == 2 || text.find('-') == 1;
    return ReadStatedDate(text, numbers ? Order() : page::DayOrder::kUnknown);
  }

  void Stated(const std::string& text, const char* rule) {
    if (!dates_.published.empty()) return;
    const Date date = Read(text);
    if (!date.has_value()) return;
    dates_.published = {date, rule};
    if (LiesAhead(*date)) dates_.ahead = text;
  }

  // Without a zone, where the day has not come anywhere.
  bool LiesAhead(const schema::PublishedTime& date) const {
    constexpr absl::Duration kClocksDiffer = absl::Minutes(10);
    if (date.precision != v1::DATE_PRECISION_INSTANT)
      return absl::CivilDay(date.local) > Tomorrow();
    const absl::Time instant =
        absl::FromCivil(date.local, absl::UTCTimeZone()) - absl::Minutes(date.offset_minutes);
    return instant > from_.now + kClocksDiffer;
  }

  absl::CivilDay Tomorrow() const { return absl::ToCivilDay(from_.now, absl::UTCTimeZone()) + 1; }

  const DateEvidence& from_;
  std::optional<page::DayOrder> order_;
  ArticleDates dates_;
};

}  // namespace

ArticleDates FindDates(const DateEvidence& evidence) { return DateChooser(evidence).Choose(); }

}  // namespace broadsheet::sources::html
