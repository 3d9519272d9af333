// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/plain_text/captions.h"

#include <algorithm>
#include <set>
#include <string>

#include "indexer/sources/plain_text/lines/caption_line.h"
#include "indexer/sources/plain_text/signature.h"
#include "indexer/sources/wording/page_date.h"
#include "indexer/sources/wording/people/credit.h"
#include "indexer/sources/wording/people/organisation.h"
#include "indexer/sources/wording/words.h"

namespace broadsheet::sources::page {
namespace {

// Pictures stand above the first paragraph, and furniture and whole galleries may lie between.
constexpr size_t kLinesAboveBody = 60;
constexpr size_t kCreditsAboveBody = 25;
constexpr size_t kLinesBelowBody = 2;
// Twins of a caption stand near it.
constexpr size_t kTwinDistance = 4;
// What share of a shortened twin's words the caption has.
constexpr double kTwinShare = 0.8;
// Captions without a credit beside them.
constexpr size_t kFewestCaptionWords = 3;
constexpr size_t kMostCaptionWords = 60;

bool MayBeCaption(const PageLine& line) {
  return line.kind == LineKind::kShort || line.kind == LineKind::kSentence ||
         line.kind == LineKind::kParagraph || line.kind == LineKind::kCaption;
}

bool IsTwin(const std::string& shorter, const std::string& longer) {
  const std::vector<std::string> words = FoldedWords(shorter);
  const std::vector<std::string> others = FoldedWords(longer);
  if (words.size() < 3 || words.size() > others.size()) return false;
  const std::set<std::string> known(others.begin(), others.end());
  const auto shared = std::count_if(words.begin(), words.end(),
                                    [&](const std::string& word) { return known.count(word) > 0; });
  return static_cast<double>(shared) >= kTwinShare * static_cast<double>(words.size());
}

// Menus, tags and names are capitals throughout.
bool SaysSomething(const PageLine& line) {
  if (line.ends_sentence) return true;
  const std::vector<std::string_view> words = Words(line.text);
  const auto small = std::count_if(words.begin(), words.end(), [](std::string_view word) {
    return !StripMarks(word).empty() && !IsCapitalised(word);
  });
  return small > 1 || CountWords(line.text) > words.size();
}

void AddOnce(const v1::Caption& caption, std::vector<v1::Caption>* captions) {
  for (v1::Caption& known : *captions) {
    if (known.text() != caption.text()) continue;
    if (known.credit().empty()) known.set_credit(caption.credit());
    return;
  }
  captions->push_back(caption);
}

// The lines of a body and up to `above` ones before it; the last picture's credit may stand below
// the last line that looks like text.
Stretch Around(const Page& page, Stretch body, size_t above) {
  Stretch around = {.begin = body.begin > above ? body.begin - above : 0, .end = body.end};
  while (around.end < std::min(page.size(), body.end + kLinesBelowBody) && around.end > 0 &&
         page[around.end].block == page[around.end - 1].block) {
    ++around.end;
  }
  return around;
}

}  // namespace

void CaptionFinder::TakeCreditedLines(Stretch body) {
  const Stretch around = Around(page_, body, kLinesAboveBody);
  for (size_t at = around.begin; at < around.end; ++at) {
    if (!MayBeCaption(page_[at]) || taken_[at]) continue;
    const PageLine line = WithBracketBelow(at);
    if (const auto caption = ReadCaptionLine(line); caption.has_value()) {
      Add(at, caption->text, caption->credit);
    }
  }
  TakeCredits(around, &CaptionFinder::CaptionInBlock);
  for (size_t at = around.begin; at < around.end; ++at) {
    if (page_[at].kind == LineKind::kCaption && !taken_[at]) Add(at, page_[at].text, "");
  }
}

void CaptionFinder::TakeCredits(Stretch stretch, CaptionOf caption_of) {
  for (size_t at = stretch.begin; at < stretch.end; ++at) {
    if (page_[at].kind != LineKind::kCredit || taken_[at]) continue;
    const size_t caption = (this->*caption_of)(at);
    if (caption >= page_.size()) continue;
    Add(caption, page_[caption].text, PlainCredit(page_[at].text));
    taken_[at] = true;
  }
}

// A line that opens a bracket, with the next ones to where it closes: "A bell (", "Image:", "AP)".
PageLine CaptionFinder::WithBracketBelow(size_t at) {
  constexpr size_t kMostLines = 3;
  PageLine line = page_[at];
  if (!line.text.ends_with('(')) return line;
  for (size_t below = at + 1; below < std::min(page_.size(), at + 1 + kMostLines); ++below) {
    line.text += (line.text.ends_with('(') ? "" : " ") + page_[below].text;
    if (!page_[below].text.ends_with(')')) continue;
    for (size_t part = at + 1; part <= below; ++part) taken_[part] = true;
    line.ends_sentence = false;
    line.words = CountWords(line.text);
    line.gaps.clear();
    return line;
  }
  return page_[at];
}

void CaptionFinder::TakeTheRest(size_t headline, Stretch body) {
  headline_ = headline;
  const Stretch around = Around(page_, body, kCreditsAboveBody);
  // Within the text an agency's name alone names no author.
  for (size_t at = FindTextStart(page_, body); at < around.end; ++at) {
    if (page_[at].kind == LineKind::kShort && people::IsAgency(page_[at].text)) {
      page_[at].kind = LineKind::kCredit;
    }
  }
  CountSides(around);
  TakeCredits(around, &CaptionFinder::CaptionAcrossBlanks);
  TakeUncredited(headline, body);
}

std::vector<v1::Caption> CaptionFinder::Captions() const {
  std::vector<Found> sorted = found_;
  std::sort(sorted.begin(), sorted.end(),
            [](const Found& a, const Found& b) { return a.at < b.at; });
  std::vector<v1::Caption> captions;
  for (const Found& found : sorted) AddOnce(found.caption, &captions);
  return captions;
}

bool CaptionFinder::InBlock(size_t at, size_t other) const {
  return other < page_.size() && other != headline_ && page_[at].block == page_[other].block &&
         MayBeCaption(page_[other]) && !taken_[other];
}

bool CaptionFinder::IsAlone(size_t at) const {
  return at < page_.size() && at != headline_ && MayBeCaption(page_[at]) && !taken_[at] &&
         page_[at].words >= kFewestCaptionWords && page_[at].words <= kMostCaptionWords &&
         SaysSomething(page_[at]);
}

// The line beside a credit, in its block, that it belongs to, or page size.
size_t CaptionFinder::CaptionInBlock(size_t at) const {
  const size_t none = page_.size();
  const size_t before = at > 0 ? at - 1 : none;
  const size_t after = at + 1;
  const bool has_before = InBlock(at, before);
  const bool has_after = InBlock(at, after);
  if (has_before && has_after) {
    if (page_[after].kind == LineKind::kCaption) return after;
    const bool longer_after = page_[after].text.size() > page_[before].text.size();
    const bool twins = longer_after ? IsTwin(page_[before].text, page_[after].text)
                                    : IsTwin(page_[after].text, page_[before].text);
    if (twins) return longer_after ? after : before;
    return page_[after].ends_sentence && !page_[before].ends_sentence ? after : before;
  }
  if (has_before) return before;
  return has_after ? after : none;
}

// Pages whose lines all stand alone. A page has its credits on one side; where that does not tell,
// of the lines before and after the caption is the one that is no paragraph of the text.
size_t CaptionFinder::CaptionAcrossBlanks(size_t at) const {
  const size_t none = page_.size();
  const size_t before = at > 0 && IsAlone(at - 1) ? at - 1 : none;
  const size_t after = IsAlone(at + 1) ? at + 1 : none;
  if (before == none || after == none) return std::min(before, after);
  if (credits_behind_ != credits_before_) return credits_behind_ > credits_before_ ? before : after;
  constexpr size_t kSurelyCaptionWords = 30;
  if (page_[before].words <= kSurelyCaptionWords) return before;
  return page_[after].words < page_[before].words ? after : before;
}

void CaptionFinder::CountSides(Stretch stretch) {
  for (size_t at = stretch.begin; at < stretch.end; ++at) {
    if (page_[at].kind != LineKind::kCredit || taken_[at]) continue;
    const bool before = at > 0 && IsAlone(at - 1);
    const bool after = IsAlone(at + 1);
    if (before && !after) ++credits_behind_;
    if (after && !before) ++credits_before_;
  }
}

// The picture at the top of an article, whose credit the page may not tell: below the authors or
// the time and above the text a short sentence, or a line printed twice.
void CaptionFinder::TakeUncredited(size_t headline, Stretch body) {
  if (headline >= page_.size()) return;
  const size_t text = FindTextStart(page_, body);
  const bool known = std::any_of(found_.begin(), found_.end(), [&](const Found& found) {
    return found.at > headline && found.at < text;
  });
  if (known) return;
  size_t candidate = page_.size();
  bool signed_above = false;
  for (size_t at = headline + 1; at < text; ++at) {
    const PageLine& line = page_[at];
    const bool tells =
        line.kind == LineKind::kByline || line.kind == LineKind::kDate || LooksLikeTime(line.text);
    signed_above = signed_above || tells;
    const bool twice = at + 1 < text && page_[at + 1].text == line.text;
    const bool next_to_text = at + 1 == text && text == body.begin;
    const bool sentence = signed_above && (line.kind == LineKind::kSentence || next_to_text);
    if (IsAlone(at) && !tells && (sentence || twice)) candidate = at;
  }
  if (candidate < page_.size()) Add(candidate, page_[candidate].text, "");
}

void CaptionFinder::Add(size_t at, const std::string& text, const std::string& credit) {
  Found found{.at = at, .caption = {}};
  found.caption.set_text(std::string(LabelledCaption(text).value_or(text)));
  found.caption.set_credit(credit);
  page_[at].kind = LineKind::kCaption;
  taken_[at] = true;
  MarkTwins(at, found.caption.text());
  found_.push_back(std::move(found));
}

void CaptionFinder::MarkTwins(size_t at, const std::string& caption) {
  const size_t first = at > kTwinDistance ? at - kTwinDistance : 0;
  const size_t last = std::min(at + kTwinDistance, page_.size() - 1);
  for (size_t other = first; other <= last; ++other) {
    PageLine& line = page_[other];
    const bool candidate = line.kind == LineKind::kShort || line.kind == LineKind::kSentence ||
                           line.text == page_[at].text;
    if (other != at && candidate && other != headline_ && IsTwin(line.text, caption)) {
      line.kind = LineKind::kAlternativeText;
    }
  }
}

}  // namespace broadsheet::sources::page
