// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/plain_text/page_trace.h"

#include <string>

namespace broadsheet::sources::page {
namespace {

// Why a line of this kind is no text; "" when its kind is no reason.
std::string ReasonOfKind(LineKind kind) {
  switch (kind) {
    case LineKind::kFurniture:
      return "reads like a menu, a button or a notice of the page";
    case LineKind::kByline:
      return "reads like a byline";
    case LineKind::kDate:
      return "reads like a date";
    case LineKind::kCredit:
      return "the credit of a picture";
    case LineKind::kCaption:
      return "a caption";
    case LineKind::kAlternativeText:
      return "a shortened copy of a caption";
    case LineKind::kTags:
      return "a list of tags";
    case LineKind::kCopyright:
      return "a copyright notice";
    case LineKind::kShort:
    case LineKind::kParagraph:
    case LineKind::kSentence:
      break;
  }
  return "";
}

std::string ReasonOf(const PageLine& line, size_t at, Stretch body) {
  std::string reason = ReasonOfKind(line.kind);
  if (!reason.empty()) return reason;
  if (at < body.begin) return "above the text";
  if (at >= body.end) return "below the end of the text";
  return line.kind == LineKind::kShort ? "a short line that is no subheading"
                                       : "in a box with a menu, a button or a notice";
}

// The field that a line of this kind goes into, if the article has it.
std::string FieldOfKind(LineKind kind, const v1::Article& article) {
  const bool caption = kind == LineKind::kCaption || kind == LineKind::kCredit;
  if (caption && article.captions_size() > 0) return "caption";
  if (kind == LineKind::kByline && article.bylines_size() > 0) return "byline";
  return "";
}

}  // namespace

void TracePage(const Page& page, size_t headline, Stretch body, const std::vector<size_t>& lines,
               const v1::Article& article, RecordTrace* trace) {
  auto text = lines.begin();
  for (size_t at = 0; at < page.size(); ++at) {
    const PageLine& line = page[at];
    const bool is_text = text != lines.end() && *text == at;
    if (is_text) ++text;
    const std::string field = at == headline                   ? "headline"
                              : line.text == article.summary() ? "summary"
                                                               : FieldOfKind(line.kind, article);
    if (is_text) {
      trace->AddBlock(line.text, BlockUse::kText, "");
    } else if (!field.empty()) {
      trace->AddBlock(line.text, BlockUse::kField, field);
    } else {
      trace->AddBlock(line.text, BlockUse::kNone, ReasonOf(line, at, body));
    }
  }
}

}  // namespace broadsheet::sources::page
