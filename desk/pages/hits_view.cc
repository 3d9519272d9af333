// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/pages/hits_view.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "client/view/article_text.h"
#include "client/view/hit_list.h"
#include "desk/pages/marked_text.h"

namespace broadsheet::desk {
namespace {

constexpr std::string_view kTags = "tags";

const v1::Fragment* WholeHeadline(const v1::Hit& hit) {
  for (const v1::Fragment& fragment : hit.fragments()) {
    const bool whole = !fragment.clipped_start() && !fragment.clipped_end();
    if (fragment.field() == "headline" && whole) return &fragment;
  }
  return nullptr;
}

void FillHeadline(const v1::Hit& hit, Fields& shown) {
  if (const v1::Fragment* headline = WholeHeadline(hit)) return AddSegments(*headline, shown);
  AddMarked(client::HeadlineText(hit.article()), {}, 0, shown);
}

// Tags that matched stand in the line of names.
void FillTags(const v1::Hit& hit, Fields& fields) {
  for (const v1::Fragment& fragment : hit.fragments()) {
    if (fragment.field() == kTags) AddSegments(fragment, Show(fields, "TAG"_name));
  }
}

// Passages of running text come first: a reader tells from them what the story is about.
void FillFragments(const v1::Hit& hit, Fields& fields) {
  const v1::Fragment* headline = WholeHeadline(hit);
  for (const bool labelled : {false, true}) {
    for (const v1::Fragment& fragment : hit.fragments()) {
      const std::string_view label = client::LabelOf(fragment.field());
      const bool elsewhere = &fragment == headline || fragment.field() == kTags;
      if (elsewhere || label.empty() == labelled) continue;
      Fields& shown = Show(fields, "FRAGMENT"_name);
      SetAndReveal(shown, "LABEL"_name, "LABEL_TEXT"_name, label);
      if (fragment.clipped_start()) Reveal(shown, "CLIPPED_START"_name);
      AddSegments(fragment, shown);
      if (fragment.clipped_end()) Reveal(shown, "CLIPPED_END"_name);
    }
  }
  // Where no word was searched for, the standfirst tells what the story is about.
  if (hit.fragments().empty() && !hit.article().summary().empty()) {
    AddMarked(hit.article().summary(), {}, 0, Show(fields, "FRAGMENT"_name));
  }
}

void FillCopies(const v1::Hit& hit, const std::string& url, Fields& fields) {
  if (hit.copies() == 0) return;
  Reveal(fields, "COPIES"_name);
  Set(fields, "COPIES_URL"_name, url + "#copies");
  const int papers = hit.copy_sources_size();
  Set(fields, "COPIES_TEXT"_name,
      papers == hit.copies() ? absl::StrCat("Also in ", papers, papers == 1 ? " paper" : " papers")
                             : absl::StrCat("Also in ", client::WithThousands(hit.copies()),
                                            " other article", hit.copies() == 1 ? "" : "s"));
  for (const std::string& source : hit.copy_sources()) {
    Set(Show(fields, "COPY_SOURCE"_name), "NAME"_name, source);
  }
}

}  // namespace

void SetDate(const v1::Article& article, const absl::TimeZone* zone, Fields& fields) {
  constexpr client::DateFormats kMachine{.year = "%Y",
                                         .month = "%Y-%m",
                                         .day = "%Y-%m-%d",
                                         .without_zone = "%Y-%m-%dT%H:%M",
                                         .instant = "%Y-%m-%dT%H:%M%Ez"};
  constexpr std::string_view kUtc = "+00:00";
  Fields& when = Show(fields, "WHEN"_name);
  if (!article.has_published_time()) return Reveal(when, "DATELESS"_name);
  std::string date = client::DateText(article, zone);
  if (date.ends_with(kUtc)) date.replace(date.size() - kUtc.size(), kUtc.size(), "UTC");
  Reveal(when, "DATED"_name);
  Set(when, "DATE"_name, date);
  Set(when, "INSTANT"_name, client::FormatPublished(article, kMachine, zone));
}

const absl::TimeZone* ZoneOf(const SearchState& state, absl::TimeZone& storage) {
  const std::string& name = state.options.time_zone;
  return !name.empty() && absl::LoadTimeZone(name, &storage) ? &storage : nullptr;
}

void FillHits(const v1::SearchArticlesResponse& response, const SearchState& state,
              const DeskSettings& settings, int64_t first, Fields& page) {
  absl::TimeZone storage;
  const absl::TimeZone* const zone = ZoneOf(state, storage);
  const ArticleUrls urls(state, settings);
  int64_t number = first;
  for (const v1::Hit& hit : response.hits()) {
    Fields& fields = Show(page, "HIT"_name);
    const std::string url = urls.Of(hit.article().id(), number++);
    Set(fields, "URL"_name, url);
    FillHeadline(hit, Show(fields, "HEADLINE"_name));
    SetDate(hit.article(), zone, fields);
    SetAndReveal(fields, "SOURCE"_name, "SOURCE_TEXT"_name, hit.article().source());
    SetAndReveal(fields, "SECTION"_name, "SECTION_TEXT"_name, hit.article().section());
    SetAndReveal(fields, "BYLINE"_name, "BYLINE_TEXT"_name, client::BylineText(hit.article()));
    FillTags(hit, fields);
    if (!state.dense) FillFragments(hit, fields);
    FillCopies(hit, url, fields);
  }
}

}  // namespace broadsheet::desk
