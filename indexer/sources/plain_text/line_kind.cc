// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/plain_text/line_kind.h"

#include <array>

#include "indexer/sources/plain_text/lines/caption_line.h"
#include "indexer/sources/wording/furniture.h"
#include "indexer/sources/wording/page_date.h"
#include "indexer/sources/wording/people/byline.h"
#include "indexer/sources/wording/people/credit.h"
#include "indexer/sources/wording/words.h"

namespace broadsheet::sources::page {
namespace {

// So many words with a sentence's end, or this many without, are running text.
constexpr size_t kMinParagraphWords = 12;
constexpr size_t kMinOpenParagraphWords = 30;
constexpr size_t kMinSentenceWords = 4;
// Longer lines that hold a date are sentences about one.
constexpr size_t kMaxDateLineWords = 14;

constexpr auto kTagLabels = std::to_array<std::string_view>(
    {"related topics", "related tags", "tags", "topics", "filed under", "published under",
     "tagged in", "keywords", "in this story", "schlagworte", "themen", "schlagwörter", "mots-clés",
     "sujets", "etiquetas", "temas"});

// Labels that are words of sentences too, so that only a line of nothing else is one.
constexpr auto kLoneTagLabels = std::to_array<std::string_view>({"more about",
                                                                 "more on",
                                                                 "subjects",
                                                                 "tagged",
                                                                 "explore more on these topics",
                                                                 "mehr über",
                                                                 "mehr lesen über",
                                                                 "themen des artikels",
                                                                 "themenseiten",
                                                                 "thèmes",
                                                                 "temas relacionados",
                                                                 "argomenti",
                                                                 "onderwerpen",
                                                                 "relaterte emner",
                                                                 "emneord",
                                                                 "emner",
                                                                 "mer om",
                                                                 "relaterede emner",
                                                                 "ämnen",
                                                                 "följ ämnen i artikeln",
                                                                 "etiketler",
                                                                 "ilgili konular",
                                                                 "související témata",
                                                                 "tematy",
                                                                 "tagi",
                                                                 "关键词",
                                                                 "标签",
                                                                 "タグ",
                                                                 "キーワード"});

constexpr auto kDateLabels = std::to_array<std::string_view>(
    {"published", "posted", "updated", "last updated", "first published", "modified"});

bool IsDateLabel(std::string_view line) {
  while (line.ends_with(':')) line.remove_suffix(1);
  for (const std::string_view label : kDateLabels) {
    if (EqualsIgnoringCase(line, label)) return true;
  }
  return false;
}

// "© Jane Doe / Wire" stands below a picture; a notice of copyright has a year or says more.
bool IsSignedPicture(const PageLine& line) {
  constexpr size_t kMostWords = 10;
  return line.text.starts_with("\xc2\xa9") && line.words <= kMostWords && !line.ends_sentence &&
         line.text.find_first_of("0123456789") == std::string::npos &&
         LooksLikeCredit(line.text, true);
}

// A caption with its credit behind is none, nor is an agency's name alone, which may be the author.
bool IsCreditAlone(const PageLine& line) {
  if (ReadCaptionLine(line).has_value() || LooksLikeTime(line.text)) return false;
  const bool apart = line.text.find_first_of("/|") != std::string::npos || line.text.front() == '(';
  return CreditOfLine(line.text).has_value() || (apart && LooksLikeCredit(line.text, false));
}

LineKind KindOfShortLine(const PageLine& line) {
  std::string_view rest;
  if (IsCreditAlone(line)) return LineKind::kCredit;
  if (IsTagsLabel(line.text, &rest)) return LineKind::kTags;
  for (const std::string_view segment : people::SplitSegments(line.text)) {
    if (!people::ReadByline(segment).empty()) return LineKind::kByline;
  }
  if (IsDateLabel(line.text)) return LineKind::kDate;
  if (line.words <= kMaxDateLineWords && !line.ends_sentence && FindDate(line.text).has_value()) {
    return LineKind::kDate;
  }
  if (IsFurniture(line.text)) return LineKind::kFurniture;
  if (line.ends_sentence && line.words >= kMinSentenceWords) return LineKind::kSentence;
  return LineKind::kShort;
}

}  // namespace

bool IsCopyright(std::string_view line) {
  constexpr std::string_view kSign = "\xc2\xa9";
  constexpr size_t kNear = 60;
  if (line.starts_with(kSign) || StartsWithIgnoringCase(line, "copyright ") ||
      StartsWithIgnoringCase(line, "(c) ")) {
    return true;
  }
  const std::string_view start = line.substr(0, kNear);
  return StartsWithIgnoringCase(line, "all contents ") && start.find(kSign) != start.npos;
}

bool IsTagsLabel(std::string_view line, std::string_view* rest) {
  if (line.starts_with('#')) line.remove_prefix(1);
  std::string_view bare = line;
  while (bare.ends_with(':') || bare.ends_with(' ')) bare.remove_suffix(1);
  for (const std::string_view label : kLoneTagLabels) {
    if (!EqualsIgnoringCase(bare, label)) continue;
    *rest = {};
    return true;
  }
  for (const std::string_view label : kTagLabels) {
    if (!StartsWithIgnoringCase(line, label)) continue;
    std::string_view after = line.substr(label.size());
    const bool colon = after.starts_with(':');
    if (colon) after.remove_prefix(1);
    *rest = Trim(after);
    // "Topics that matter" is no list: without a colon a tag starts with a capital.
    if (after.empty()) return true;
    if (after.starts_with(' ') && (colon || IsCapitalised(Words(*rest).front()))) return true;
  }
  return false;
}

void ClassifyLines(Page* page) {
  for (PageLine& line : *page) {
    if (IsSignedPicture(line)) {
      line.kind = LineKind::kCredit;
    } else if (IsCopyright(line.text)) {
      line.kind = LineKind::kCopyright;
    } else if (LabelledCaption(line.text).has_value()) {
      line.kind = LineKind::kCaption;
    } else if ((line.ends_sentence && line.words >= kMinParagraphWords) ||
               line.words >= kMinOpenParagraphWords) {
      std::string_view rest;
      const bool tags = !line.ends_sentence && IsTagsLabel(line.text, &rest);
      line.kind = tags ? LineKind::kTags : LineKind::kParagraph;
    } else {
      line.kind = KindOfShortLine(line);
    }
  }
}

}  // namespace broadsheet::sources::page
