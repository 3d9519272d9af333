// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/view/article_page.h"

#include <algorithm>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "client/view/article_marks.h"
#include "client/view/article_text.h"
#include "client/view/text_layout.h"

namespace broadsheet::client {
namespace {

// The part of `text` from `begin` to below `end`, with what of it is marked.
void AddMarked(Style unmatched, std::string_view text, Mark part, const std::vector<Mark>& marks,
               Paragraph& paragraph) {
  size_t at = part.begin;
  for (const Mark& mark : marks) {
    const size_t begin = std::max(mark.begin, at);
    const size_t end = std::min(mark.end, part.end);
    if (begin >= end) continue;
    paragraph.Add(unmatched, text.substr(at, begin - at));
    paragraph.Add(Style::kMatch, text.substr(begin, end - begin));
    at = end;
  }
  paragraph.Add(unmatched, text.substr(at, part.end - at));
}

void PrintField(Style style, std::string_view text, std::string_view field,
                const Fragments& fragments, const Terminal& terminal, std::ostream& out) {
  Paragraph paragraph(terminal, 0);
  AddMarked(style, text, {.begin = 0, .end = text.size()}, MarksOf(text, field, 0, fragments),
            paragraph);
  out << paragraph.Take();
}

void PrintDimLine(std::string_view text, const Terminal& terminal, std::ostream& out) {
  Paragraph paragraph(terminal, 0);
  paragraph.Add(Style::kDim, text);
  out << paragraph.Take();
}

void PrintBody(std::string_view body, const Fragments& fragments, const Terminal& terminal,
               std::ostream& out) {
  const std::vector<Mark> marks = MarksOf(body, "body", 0, fragments);
  for (size_t begin = 0; begin < body.size();) {
    const size_t end = std::min(body.find("\n\n", begin), body.size());
    const std::string_view text = body.substr(begin, end - begin);
    if (text.find_first_not_of(" \n") != std::string_view::npos) {
      Paragraph paragraph(terminal, 0);
      AddMarked(Style::kPlain, body, {.begin = begin, .end = end}, marks, paragraph);
      out << '\n' << paragraph.Take();
    }
    begin = end + 2;
  }
}

void PrintCaptions(const v1::Article& article, const Fragments& fragments, const Terminal& terminal,
                   std::ostream& out) {
  for (int i = 0; i < article.captions_size(); ++i) {
    const v1::Caption& caption = article.captions(i);
    const std::string& text = caption.text();
    Paragraph paragraph(terminal, 4);
    paragraph.Add(Style::kDim, "[Picture] ");
    AddMarked(Style::kDim, text, {.begin = 0, .end = text.size()},
              MarksOf(text, "captions", i, fragments), paragraph);
    if (!caption.credit().empty()) paragraph.Add(Style::kDim, " (" + caption.credit() + ")");
    out << '\n' << paragraph.Take();
  }
}

void PrintFoot(const v1::Article& article, const Terminal& terminal, std::ostream& out) {
  out << '\n';
  std::string tags;
  for (const std::string& tag : article.tags()) tags += (tags.empty() ? "Tags: " : " · ") + tag;
  if (!tags.empty()) PrintDimLine(tags, terminal, out);
  if (!article.url().empty()) {
    Paragraph address(terminal, 0);
    address.AddLink(Style::kDim, article.url(), article.url());
    out << address.Take();
  }
  for (const std::string& line : {article.copyright(), "id: " + article.id()}) {
    if (!line.empty()) PrintDimLine(line, terminal, out);
  }
}

}  // namespace

void PrintArticle(const v1::Article& article, const Fragments& fragments, const Terminal& terminal,
                  std::ostream& out) {
  PrintField(Style::kHeadline, HeadlineText(article), "headline", fragments, terminal, out);
  std::string line = DateText(article);
  for (const std::string& part : {BylineText(article), article.source(), article.section()}) {
    if (!part.empty()) line += " · " + part;
  }
  PrintDimLine(line, terminal, out);
  if (!article.summary().empty()) {
    out << '\n';
    PrintField(Style::kBold, article.summary(), "summary", fragments, terminal, out);
  }
  PrintCaptions(article, fragments, terminal, out);
  PrintBody(article.body(), fragments, terminal, out);
  PrintFoot(article, terminal, out);
}

}  // namespace broadsheet::client
