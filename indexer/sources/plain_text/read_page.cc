// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/plain_text/read_page.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/schema/published_time.h"
#include "indexer/sources/plain_text/body.h"
#include "indexer/sources/plain_text/captions.h"
#include "indexer/sources/plain_text/headline.h"
#include "indexer/sources/plain_text/line_kind.h"
#include "indexer/sources/plain_text/lines/mail_head.h"
#include "indexer/sources/plain_text/lines/page_line.h"
#include "indexer/sources/plain_text/page_trace.h"
#include "indexer/sources/plain_text/signature.h"
#include "indexer/sources/plain_text/tags.h"
#include "indexer/sources/plain_text/text_end.h"
#include "indexer/sources/wording/date_line.h"
#include "indexer/sources/wording/page_date.h"
#include "indexer/sources/wording/people/byline.h"
#include "indexer/sources/wording/people/organisation.h"
#include "indexer/sources/wording/words.h"

namespace broadsheet::sources::page {
namespace {

// How many lines above the headline may still tell of the article ("Published ...").
constexpr size_t kLinesAboveHeadline = 6;

// The standfirst: running text right below the headline, a kicker aside, that authors, a time or a
// picture parts from the text; page size when there is none.
size_t FindStandfirst(const Page& page, size_t headline, Stretch body) {
  constexpr size_t kNear = 2;
  const size_t text = FindTextStart(page, body);
  for (size_t at = headline + 1; at < std::min(text, headline + 1 + kNear); ++at) {
    const LineKind kind = page[at].kind;
    if (kind == LineKind::kSentence || kind == LineKind::kParagraph) return at;
    if (kind != LineKind::kShort) break;
  }
  return page.size();
}

// The date of `text` goes to where it belongs; the first of each kind counts.
void AddDate(std::string_view text, bool updated, v1::Article* article) {
  const std::optional<schema::PublishedTime> date = FindDate(text);
  if (!date.has_value()) return;
  if (!updated) {
    if (!article->has_published_time()) schema::SetPublishedTime(*date, article);
  } else if (!article->has_updated_time()) {
    v1::Article scratch;
    schema::SetPublishedTime(*date, &scratch);
    *article->mutable_updated_time() = scratch.published_time();
  }
}

bool MayTellTheDate(const PageLine& line) {
  constexpr size_t kMostWords = 24;
  switch (line.kind) {
    case LineKind::kDate:
    case LineKind::kByline:
      return true;
    case LineKind::kShort:
    case LineKind::kFurniture:
      return line.words <= kMostWords && LooksLikeTime(line.text);
    default:
      return false;
  }
}

void AddDates(const Page& page, Stretch stretch, v1::Article* article) {
  bool updated = false;
  for (size_t at = stretch.begin; at < stretch.end; ++at) {
    if (!MayTellTheDate(page[at])) continue;
    for (const std::string_view segment : people::SplitSegments(page[at].text)) {
      // A label may stand on the line above its date.
      updated = SaysUpdated(segment) || (updated && at > 0 && SaysUpdated(page[at - 1].text));
      AddDate(segment, updated, article);
    }
  }
}

// The first notice below the body, or else the last one above: to the end of its last sentence,
// since what follows on the line is furniture; all of it when it has none.
std::string FindCopyright(const Page& page, Stretch body) {
  const PageLine* notice = nullptr;
  for (size_t at = 0; at < page.size(); ++at) {
    if (page[at].kind != LineKind::kCopyright) continue;
    notice = &page[at];
    if (at >= body.end) break;
  }
  if (notice == nullptr) return "";
  const size_t end = notice->text.find_last_of(".!");
  const bool within_name = end == std::string::npos || end < notice->text.size() / 3;
  return within_name ? notice->text : notice->text.substr(0, end + 1);
}

// "SEOUL, June 19 (Wire) — Talks ..." -> "SEOUL, June 19 (Wire)".
std::string FindDateline(const std::string& paragraph) {
  constexpr size_t kMaxDatelineBytes = 60;
  constexpr size_t kMinCapitals = 3;
  for (const std::string_view dash : {" \xe2\x80\x94 ", " \xe2\x80\x93 ", " -- "}) {
    const size_t end = paragraph.find(dash);
    if (end == std::string::npos || end > kMaxDatelineBytes) continue;
    const std::string place = paragraph.substr(0, end);
    const auto first_other = std::find_if(place.begin(), place.end(), [](unsigned char c) {
      return c == ',' || c == ' ' || c == '(';
    });
    const std::string_view word(place.data(), static_cast<size_t>(first_other - place.begin()));
    const bool capitals = std::none_of(word.begin(), word.end(),
                                       [](unsigned char c) { return c >= 'a' && c <= 'z'; });
    if (capitals && word.size() >= kMinCapitals) return place;
  }
  return "";
}

// A page without paragraphs, such as a headline with a line of text.
v1::Article ReadScraps(const Page& page, bool is_below_head, RecordTrace* trace) {
  v1::Article article;
  size_t headline = page.size();
  std::vector<size_t> lines;
  for (size_t at = 0; at < page.size(); ++at) {
    const LineKind kind = page[at].kind;
    if (kind == LineKind::kFurniture || kind == LineKind::kCopyright) continue;
    if (headline == page.size() && kind == LineKind::kShort && !is_below_head) {
      headline = at;
    } else {
      lines.push_back(at);
    }
  }
  if (headline < page.size()) article.set_headline(page[headline].text);
  article.set_body(TextOfLines(page, lines));
  if (trace != nullptr) {
    TracePage(page, headline, {.begin = 0, .end = page.size()}, lines, article, trace);
  }
  return article;
}

// `is_below_head`: the headline is known, and stands in none of the lines.
v1::Article ReadLines(Page page, bool is_below_head, RecordTrace* trace) {
  ClassifyLines(&page);
  const Stretch found = CutAtEnd(page, FindBody(page));
  if (found.empty()) return ReadScraps(page, is_below_head, trace);

  CaptionFinder captions(&page);
  captions.TakeCreditedLines(found);
  Stretch body = TrimBody(page, found);
  if (body.empty()) return ReadScraps(page, is_below_head, trace);
  const size_t headline = is_below_head ? page.size() : FindHeadline(page, body);
  captions.TakeTheRest(headline, body);
  if (headline < page.size()) body.begin = std::max(body.begin, headline + 1);
  body = TrimBody(page, body);
  if (body.empty()) return ReadScraps(page, is_below_head, trace);

  v1::Article article;
  for (v1::Caption& caption : captions.Captions()) *article.add_captions() = std::move(caption);
  if (headline < page.size()) {
    article.set_headline(HeadlineOf(page[headline]));
    const size_t standfirst = FindStandfirst(page, headline, body);
    if (standfirst < page.size()) article.set_summary(page[standfirst].text);
  }
  for (v1::Byline& byline : FindAuthors(page, headline, body)) {
    *article.add_bylines() = std::move(byline);
  }
  // The date below the headline is the article's; above it may be the one of another article.
  const size_t top = headline < page.size() ? headline : 0;
  const size_t text_begin = std::max(top, FindTextStart(page, body));
  AddDates(page, {.begin = top, .end = text_begin + 1}, &article);
  AddDates(page, {.begin = top > kLinesAboveHeadline ? top - kLinesAboveHeadline : 0, .end = top},
           &article);
  const std::vector<size_t> lines = BodyLines(page, body);
  article.set_body(TextOfLines(page, lines));
  article.set_dateline(FindDateline(page[body.begin].text));
  article.set_copyright(FindCopyright(page, body));
  for (std::string& tag : FindTags(page, body, article.headline(), article.body())) {
    article.add_tags(std::move(tag));
  }
  if (trace != nullptr) TracePage(page, headline, body, lines, article, trace);
  return article;
}

// Those who sent a memorandum; none where an office or a firm did.
std::vector<v1::Byline> PeopleOf(std::string_view sender) {
  std::vector<v1::Byline> people = people::ReadStatedAuthors(sender);
  const bool are_people = std::all_of(people.begin(), people.end(), [](const v1::Byline& byline) {
    return LooksLikeName(byline.name()) && !people::IsOrganisation(byline.name());
  });
  if (!are_people) people.clear();
  return people;
}

void TraceHead(const MemoHead& head, bool has_sender, RecordTrace* trace) {
  for (size_t at = 0; at < head.lines.size(); ++at) {
    if (at == head.subject_line) {
      trace->AddBlock(head.lines[at], BlockUse::kField, "headline");
    } else if (has_sender && at == head.sender_line) {
      trace->AddBlock(head.lines[at], BlockUse::kField, "byline");
    } else {
      trace->AddBlock(head.lines[at], BlockUse::kNone, "the head of a memorandum");
    }
  }
}

}  // namespace

v1::Article ReadPage(std::string_view text, RecordTrace* trace) {
  Page page = SplitPage(text);
  const MemoHead head = TakeMemoHead(&page);
  if (head.subject.empty()) return ReadLines(std::move(page), false, trace);
  const std::vector<v1::Byline> senders = PeopleOf(head.sender);
  if (trace != nullptr) TraceHead(head, !senders.empty(), trace);
  v1::Article article = ReadLines(std::move(page), true, trace);
  article.set_headline(head.subject);
  if (!senders.empty()) article.clear_bylines();
  for (const v1::Byline& sender : senders) *article.add_bylines() = sender;
  if (const std::optional<schema::PublishedTime> date = FindDate(head.date); date.has_value()) {
    schema::SetPublishedTime(*date, &article);
  }
  return article;
}

FieldRules RulesOfPage(const v1::Article& article) {
  FieldRules rules;
  const auto note = [&](bool has, const char* field, const char* rule) {
    if (has) rules.push_back({.field = field, .rule = rule});
  };
  note(!article.headline().empty(), "headline",
       "line most like a headline of the text, or a head's subject");
  note(!article.summary().empty(), "summary", "sentence right below the headline");
  note(article.bylines_size() > 0, "bylines",
       "line near headline, date or the text's end that names people");
  note(article.has_published_time(), "published_time", "first full date beside the headline");
  note(article.captions_size() > 0, "captions", "label, or a credit behind or beside it");
  note(article.tags_size() > 0, "tags",
       "likeliest list of tags: label, and what the text is about");
  note(!article.copyright().empty(), "copyright", "line that starts like a notice");
  note(!article.body().empty(), "body", "stretch where paragraphs outweigh the rest");
  return rules;
}

}  // namespace broadsheet::sources::page
