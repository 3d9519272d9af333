// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/view/hit_list.h"

#include <ostream>
#include <string>

#include "absl/strings/str_format.h"
#include "client/view/article_text.h"
#include "client/view/text_layout.h"

namespace broadsheet::client {
namespace {

// Room for "999  " in front of every line of a hit.
constexpr size_t kIndent = 5;
constexpr std::string_view kEllipsis = "…";

// `link` is where the text leads to; empty = nowhere.
void AddSegments(const v1::Fragment& fragment, Style unmatched, Paragraph& paragraph,
                 const std::string& link = "") {
  if (fragment.clipped_start()) paragraph.Add(Style::kDim, kEllipsis);
  for (const v1::Segment& segment : fragment.segments()) {
    paragraph.AddLink(segment.matched() ? Style::kMatch : unmatched, segment.text(), link);
  }
  if (fragment.clipped_end()) paragraph.Add(Style::kDim, kEllipsis);
}

const v1::Fragment* WholeHeadline(const v1::Hit& hit) {
  for (const v1::Fragment& fragment : hit.fragments()) {
    const bool whole = !fragment.clipped_start() && !fragment.clipped_end();
    if (fragment.field() == "headline" && whole) return &fragment;
  }
  return nullptr;
}

// The number stands in the indent of the headline's first line.
std::string NumberedHeadline(const v1::Hit& hit, size_t number, const Terminal& terminal) {
  Paragraph paragraph(terminal, kIndent);
  const v1::Fragment* headline = WholeHeadline(hit);
  if (headline != nullptr) {
    AddSegments(*headline, Style::kHeadline, paragraph, hit.article().url());
  } else {
    paragraph.AddLink(Style::kHeadline, HeadlineText(hit.article()), hit.article().url());
  }
  return absl::StrFormat("%3d  ", number) + paragraph.Take().substr(kIndent);
}

std::string Credits(const v1::Hit& hit, const absl::TimeZone* zone, const Terminal& terminal) {
  Paragraph paragraph(terminal, kIndent);
  paragraph.Add(Style::kDim, DateText(hit.article(), zone));
  for (const std::string& part :
       {BylineText(hit.article()), hit.article().source(), hit.article().section()}) {
    if (!part.empty()) paragraph.Add(Style::kDim, " · " + part);
  }
  return paragraph.Take();
}

// "Also in 7 other articles: Courier, Mirror, …"
void PrintCopies(const v1::Hit& hit, const Terminal& terminal, std::ostream& out) {
  if (hit.copies() == 0) return;
  std::string text = absl::StrFormat("Also in %s other article%s", WithThousands(hit.copies()),
                                     hit.copies() == 1 ? "" : "s");
  for (int i = 0; i < hit.copy_sources_size(); ++i) {
    text += (i == 0 ? ": " : ", ") + hit.copy_sources(i);
  }
  Paragraph paragraph(terminal, kIndent);
  paragraph.Add(Style::kDim, text);
  out << paragraph.Take();
}

}  // namespace

std::string_view LabelOf(std::string_view field) {
  if (field == "captions") return "Caption: ";
  if (field == "bylines") return "By: ";
  if (field == "tags") return "Tag: ";
  if (field == "credits") return "Credit: ";
  if (field == "dateline") return "Dateline: ";
  return "";
}

void PrintHit(const v1::Hit& hit, size_t number, const absl::TimeZone* zone,
              const Terminal& terminal, std::ostream& out) {
  out << NumberedHeadline(hit, number, terminal) << Credits(hit, zone, terminal);
  const v1::Fragment* headline = WholeHeadline(hit);
  for (const v1::Fragment& fragment : hit.fragments()) {
    // Shown above, or below with all the tags.
    if (&fragment == headline || fragment.field() == "tags") continue;
    Paragraph paragraph(terminal, kIndent);
    paragraph.Add(Style::kDim, LabelOf(fragment.field()));
    AddSegments(fragment, Style::kPlain, paragraph);
    out << paragraph.Take();
  }
  if (hit.article().tags_size() > 0) {
    Paragraph paragraph(terminal, kIndent);
    paragraph.Add(Style::kDim, "Tags: ");
    for (int i = 0; i < hit.article().tags_size(); ++i) {
      if (i > 0) paragraph.Add(Style::kDim, " · ");
      bool matched = false;
      for (const v1::Fragment& fragment : hit.fragments()) {
        if (fragment.field() == "tags" && fragment.index() == i) matched = true;
      }
      paragraph.Add(matched ? Style::kMatch : Style::kDim, hit.article().tags(i));
    }
    out << paragraph.Take();
  }
  PrintCopies(hit, terminal, out);
  if (!hit.explanation().empty()) {
    Paragraph paragraph(terminal, kIndent);
    paragraph.Add(Style::kDim, hit.explanation());
    out << paragraph.Take();
  }
}

std::string WithThousands(int64_t number) {
  std::string digits = std::to_string(number);
  for (auto i = static_cast<int64_t>(digits.size()) - 3; i > 0; i -= 3) {
    digits.insert(static_cast<size_t>(i), 1, ',');
  }
  return digits;
}

std::string TotalText(const v1::Total& total) {
  const bool exact = total.relation() == v1::Total::RELATION_EXACT;
  return absl::StrFormat("%s%s article%s", exact ? "" : "at least ", WithThousands(total.value()),
                         total.value() == 1 ? "" : "s");
}

void PrintNotices(const v1::SearchArticlesResponse& response, const Terminal& terminal,
                  std::ostream& out) {
  for (const v1::Notice& notice : response.notices()) {
    if (notice.reason() == kDidYouMean && !response.suggested_query().empty()) continue;
    out << terminal.Styled(Style::kDim, "Note: " + notice.message()) << '\n';
  }
}

void PrintHits(const v1::SearchArticlesResponse& response, size_t first_number,
               const Terminal& terminal, std::ostream& out, const absl::TimeZone* zone) {
  std::string total = TotalText(response.total());
  if (response.has_total_collapsed()) {
    const v1::Total& stories = response.total_collapsed();
    total += absl::StrFormat(" in %s%s stor%s",
                             stories.relation() == v1::Total::RELATION_EXACT ? "" : "at least ",
                             WithThousands(stories.value()), stories.value() == 1 ? "y" : "ies");
  }
  out << terminal.Styled(Style::kBold, total) << '\n';
  PrintNotices(response, terminal, out);
  size_t number = first_number;
  for (const v1::Hit& hit : response.hits()) {
    out << '\n';
    PrintHit(hit, number++, zone, terminal, out);
  }
}

}  // namespace broadsheet::client
