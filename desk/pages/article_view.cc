// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/pages/article_view.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "client/view/article_marks.h"
#include "client/view/article_text.h"
#include "client/view/hit_list.h"
#include "client/view/web_address.h"
#include "desk/pages/hits_view.h"
#include "desk/pages/marked_text.h"
#include "desk/pages/narrowing_view.h"

namespace broadsheet::desk {
namespace {

// Adds texts with their marks, numbered through.
class Marker {
 public:
  explicit Marker(const v1::SearchArticlesResponse& found) {
    if (!found.hits().empty()) fragments_ = &found.hits(0).fragments();
  }

  void Add(std::string_view text, std::string_view field, int index, Fields& fields) {
    next_ = AddMarked(text, MarksOf(text, field, index), next_, fields);
  }

  std::vector<client::Mark> MarksOf(std::string_view text, std::string_view field,
                                    int index) const {
    return fragments_ == nullptr ? std::vector<client::Mark>()
                                 : client::MarksOf(text, field, index, *fragments_);
  }

  // Bytes [begin, end) of a text whose marks are given.
  void AddPart(std::string_view text, size_t begin, size_t end,
               const std::vector<client::Mark>& marks, Fields& fields) {
    std::vector<client::Mark> inside;
    for (const client::Mark& mark : marks) {
      if (mark.end <= begin || mark.begin >= end) continue;
      inside.push_back(
          {.begin = std::max(mark.begin, begin) - begin, .end = std::min(mark.end, end) - begin});
    }
    next_ = AddMarked(text.substr(begin, end - begin), inside, next_, fields);
  }

  int count() const { return next_ - 1; }

 private:
  const client::Fragments* fragments_ = nullptr;
  int next_ = 1;
};

void FillHeadline(const v1::Article& article, Marker& marker, Fields& page) {
  Fields& headline = Show(page, "HEADLINE"_name);
  if (article.headline().empty()) {
    AddMarked(client::HeadlineText(article), {}, 0, headline);
  } else {
    marker.Add(article.headline(), "headline", 0, headline);
  }
}

void FillBylines(const v1::Article& article, Marker& marker, Fields& page) {
  for (int i = 0; i < article.bylines_size(); ++i) {
    const v1::Byline& byline = article.bylines(i);
    Fields& fields = Show(page, "BYLINE"_name);
    marker.Add(byline.name(), "bylines", i, fields);
    std::string part = byline.role();
    if (!byline.organisation().empty()) {
      absl::StrAppend(&part, part.empty() ? "" : ", ", byline.organisation());
    }
    SetAndReveal(fields, "ROLE"_name, "ROLE_TEXT"_name, part);
  }
}

void FillCaptions(const v1::Article& article, Marker& marker, Fields& page) {
  for (int i = 0; i < article.captions_size(); ++i) {
    const v1::Caption& caption = article.captions(i);
    Fields& fields = Show(page, "CAPTION"_name);
    if (!caption.text().empty()) {
      marker.Add(caption.text(), "captions", i, Show(fields, "CAPTION_TEXT"_name));
    }
    if (!caption.credit().empty()) {
      marker.Add(caption.credit(), "credits", i, Show(fields, "CREDIT"_name));
    }
    SetAndReveal(fields, "MEDIA"_name, "MEDIA_URL"_name, client::WebAddress(caption.media_url()));
  }
}

void FillBody(const v1::Article& article, Marker& marker, Fields& page) {
  const std::string_view body = article.body();
  const std::vector<client::Mark> marks = marker.MarksOf(body, "body", 0);
  for (size_t begin = 0; begin < body.size();) {
    const size_t end = std::min(body.find("\n\n", begin), body.size());
    if (body.substr(begin, end - begin).find_first_not_of(" \n") != std::string_view::npos) {
      marker.AddPart(body, begin, end, marks, Show(page, "PARAGRAPH"_name));
    }
    begin = end + 2;
  }
}

// Whoever edits asks first how long a story is.
void FillLength(std::string_view body, Fields& page) {
  int64_t words = 0;
  bool inside = false;
  for (const char c : body) {
    const bool blank = absl::ascii_isspace(static_cast<unsigned char>(c));
    if (!blank && !inside) ++words;
    inside = !blank;
  }
  if (words == 0) return;
  SetAndReveal(page, "LENGTH"_name, "LENGTH_TEXT"_name,
               absl::StrCat(client::WithThousands(words), words == 1 ? " word" : " words"));
}

void FillTags(const v1::Article& article, Marker& marker, const DeskSettings& settings,
              Fields& page) {
  if (article.tags().empty()) return;
  Fields& tags = Show(page, "TAGS"_name);
  for (int i = 0; i < article.tags_size(); ++i) {
    SearchState of_tag = ParseState({}, settings.zone);
    of_tag.options.tags.push_back(article.tags(i));
    Fields& tag = Show(tags, "TAG"_name);
    Set(tag, "URL"_name, SearchUrl(of_tag, settings));
    marker.Add(article.tags(i), "tags", i, tag);
  }
}

std::string InstantText(const google::protobuf::Timestamp& time, const absl::TimeZone* zone) {
  const absl::Time instant = absl::FromUnixSeconds(time.seconds());
  return zone == nullptr ? absl::FormatTime("%-d %B %Y, %H:%M:%S UTC", instant, absl::UTCTimeZone())
                         : absl::FormatTime("%-d %B %Y, %H:%M:%S %Ez", instant, *zone);
}

void AddFact(std::string_view name, std::string_view value, Fields& page,
             const std::string& url = "") {
  if (value.empty()) return;
  Fields& fact = Show(page, "FACT"_name);
  Set(fact, "NAME"_name, name);
  Set(fact, "VALUE"_name, value);
  if (url.empty()) Reveal(fact, "AS_TEXT"_name);
  SetAndReveal(fact, "AS_LINK"_name, "URL"_name, url);
}

// Labels by which sources name an article's other versions; Newshub has the last two.
bool NamesVersion(const std::string& label) {
  constexpr std::string_view kLabels[] = {"previous_version", "next_version", "evolvedfrom",
                                          "nextversion"};
  return std::find(std::begin(kLabels), std::end(kLabels), label) != std::end(kLabels);
}

std::string Percent(double share) {
  return absl::StrCat(static_cast<int>(std::lround(100 * share)), " %");
}

// What a copy has and what it lacks, as far as the comparison tells.
std::string DifferenceText(const v1::ArticleCopy& copy, const v1::Article& article) {
  constexpr double kWhole = 0.98;
  std::string text = copy.leader() ? "published first; " : "";
  if (copy.similarity() >= kWhole) {
    text += "the same text";
  } else if (copy.containment() >= kWhole) {
    absl::StrAppend(&text, copy.article().body().size() < article.body().size() ? "cut" : "longer",
                    ", otherwise the same words (", Percent(copy.similarity()), ")");
  } else {
    absl::StrAppend(&text, "edited: ", Percent(copy.similarity()), " of the words in common");
  }
  if (!article.headline().empty() && copy.article().headline() == article.headline())
    text += ", the same headline";
  return text;
}

void FillEntry(const v1::Article& article, const SearchState& state, const DeskSettings& settings,
               const std::string& remark, Fields& entry) {
  absl::TimeZone storage;
  Set(entry, "URL"_name, ArticleUrls(state, settings).Of(article.id(), 0));
  Set(entry, "HEADLINE_TEXT"_name, client::HeadlineText(article));
  SetDate(article, ZoneOf(state, storage), entry);
  SetAndReveal(entry, "ENTRY_SOURCE"_name, "SOURCE_TEXT"_name, article.source());
  SetAndReveal(entry, "REMARK"_name, "REMARK_TEXT"_name, remark);
}

}  // namespace

int FillText(const ArticleAnswers& answers, const SearchState& state, const DeskSettings& settings,
             Fields& page) {
  const v1::Article& article = answers.article.response;
  Marker marker(answers.marks.response);
  absl::TimeZone storage;
  FillHeadline(article, marker, page);
  if (!article.summary().empty()) {
    marker.Add(article.summary(), "summary", 0, Show(page, "SUMMARY"_name));
  }
  FillBylines(article, marker, page);
  SetDate(article, ZoneOf(state, storage), page);
  FillLength(article.body(), page);
  if (!article.source().empty())
    marker.Add(article.source(), "source", 0, Show(page, "SOURCE"_name));
  if (!article.section().empty()) {
    marker.Add(article.section(), "section", 0, Show(page, "SECTION"_name));
  }
  FillCaptions(article, marker, page);
  if (!article.dateline().empty()) {
    marker.Add(article.dateline(), "dateline", 0, Show(page, "DATELINE"_name));
  }
  FillBody(article, marker, page);
  FillTags(article, marker, settings, page);
  if (!article.language().empty()) Set(page, "LANGUAGE"_name, article.language());
  return marker.count();
}

void FillFacts(const v1::Article& article, const SearchState& state, const DeskSettings& settings,
               Fields& page) {
  absl::TimeZone storage;
  const absl::TimeZone* const zone = ZoneOf(state, storage);
  AddFact("Address", article.url(), page, client::WebAddress(article.url()));
  AddFact("Copyright", article.copyright(), page);
  AddFact("Language", ValueName("language", article.language()), page);
  if (article.has_updated_time()) {
    AddFact("Changed by the source", InstantText(article.updated_time(), zone), page);
  }
  if (article.version() != 0) AddFact("Version", std::to_string(article.version()), page);
  const std::map<std::string, std::string> labels(article.labels().begin(), article.labels().end());
  for (const auto& [name, value] : labels) {
    AddFact(name, value, page, NamesVersion(name) ? PermanentUrl(value, settings) : "");
  }
  AddFact("Id", article.id(), page);
  if (article.has_indexed_time()) {
    AddFact("Indexed", InstantText(article.indexed_time(), zone), page);
  }
}

void FillRelated(const ArticleAnswers& answers, const SearchState& state,
                 const DeskSettings& settings, Fields& page) {
  const v1::Article& article = answers.article.response;
  if (answers.copies.status.ok() && !answers.copies.response.copies().empty()) {
    Fields& copies = Show(page, "COPIES"_name);
    const int total = answers.copies.response.total().value();
    Set(copies, "COPIES_TITLE"_name, absl::StrCat(total, total == 1 ? " copy" : " copies"));
    for (const v1::ArticleCopy& copy : answers.copies.response.copies()) {
      FillEntry(copy.article(), state, settings, DifferenceText(copy, article),
                Show(copies, "ENTRY"_name));
    }
  }
  if (!answers.similar.status.ok() || answers.similar.response.hits().empty()) return;
  Fields& similar = Show(page, "SIMILAR"_name);
  for (const v1::Hit& hit : answers.similar.response.hits()) {
    FillEntry(hit.article(), state, settings, "", Show(similar, "ENTRY"_name));
  }
}

}  // namespace broadsheet::desk
