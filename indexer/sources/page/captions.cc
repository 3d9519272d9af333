// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/page/captions.h"

#include <algorithm>
#include <set>
#include <string>

#include "indexer/sources/page/caption_line.h"
#include "indexer/sources/page/credit.h"
#include "indexer/sources/page/words.h"

namespace broadsheet::sources::page {
namespace {

// Pictures stand above the first paragraph, and furniture may lie between.
constexpr size_t kLinesAboveBody = 25;
constexpr size_t kLinesBelowBody = 2;
// Twins of a caption stand near it.
constexpr size_t kTwinDistance = 4;
// What share of a shortened twin's words the caption has.
constexpr double kTwinShare = 0.8;

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

class CaptionPass {
 public:
  CaptionPass(size_t begin, size_t end, size_t body_begin, Page* page)
      : begin_(begin), end_(end), body_begin_(body_begin), page_(*page) {}

  std::vector<v1::Caption> Run() {
    for (size_t at = begin_; at < end_; ++at) {
      if (MayBeCaption(page_[at])) TakeWithCredit(at);
    }
    for (size_t at = begin_; at < end_; ++at) {
      if (page_[at].kind == LineKind::kCredit) TakeCredit(at);
    }
    for (size_t at = begin_; at < end_; ++at) {
      if (page_[at].kind == LineKind::kCaption && !IsTaken(at)) Add(at, page_[at].text, "");
    }
    std::sort(found_.begin(), found_.end(),
              [](const Found& a, const Found& b) { return a.at < b.at; });
    std::vector<v1::Caption> captions;
    for (const Found& found : found_) AddOnce(found.caption, &captions);
    return captions;
  }

 private:
  struct Found {
    size_t at;
    v1::Caption caption;
  };

  bool IsTaken(size_t at) const {
    return std::any_of(found_.begin(), found_.end(),
                       [at](const Found& found) { return found.at == at; });
  }

  bool InBlock(size_t at, size_t other) const {
    return other < page_.size() && page_[at].block == page_[other].block &&
           MayBeCaption(page_[other]) && !IsTaken(other);
  }

  // The line beside a credit that it belongs to, or page size.
  size_t CaptionBeside(size_t at) const {
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
    if (has_after) return after;
    return CaptionAcrossBlanks(at);
  }

  // Pages whose lines all stand alone: of the lines before and after the one that is no paragraph
  // of the text, which is the shorter one.
  size_t CaptionAcrossBlanks(size_t at) const {
    const size_t none = page_.size();
    const size_t before = at > 0 && IsAlone(at - 1) ? at - 1 : none;
    const size_t after = IsAlone(at + 1) ? at + 1 : none;
    if (before == none || after == none) return std::min(before, after);
    constexpr size_t kSurelyCaptionWords = 30;
    if (page_[before].words <= kSurelyCaptionWords) return before;
    return page_[after].words < page_[before].words ? after : before;
  }

  bool IsAlone(size_t at) const {
    constexpr size_t kFewestWords = 3;
    constexpr size_t kMostWords = 60;
    return at < page_.size() && MayBeCaption(page_[at]) && !IsTaken(at) &&
           page_[at].words >= kFewestWords && page_[at].words <= kMostWords &&
           !LooksLikeName(page_[at].text);
  }

  void TakeCredit(size_t at) {
    const size_t caption = CaptionBeside(at);
    if (caption >= page_.size()) return;
    Add(caption, page_[caption].text, PlainCredit(page_[at].text));
  }

  void TakeWithCredit(size_t at) {
    if (IsTaken(at)) return;
    if (const auto caption = ReadCaptionLine(page_[at]); caption.has_value()) {
      Add(at, caption->text, caption->credit);
    }
  }

  void Add(size_t at, const std::string& text, const std::string& credit) {
    Found found{.at = at, .caption = {}};
    found.caption.set_text(std::string(LabelledCaption(text).value_or(text)));
    found.caption.set_credit(credit);
    page_[at].kind = LineKind::kCaption;
    MarkTwins(at, found.caption.text());
    found_.push_back(std::move(found));
  }

  void MarkTwins(size_t at, const std::string& caption) {
    const size_t first = at > kTwinDistance ? at - kTwinDistance : 0;
    const size_t last = std::min(at + kTwinDistance, page_.size() - 1);
    for (size_t other = first; other <= last; ++other) {
      PageLine& line = page_[other];
      const bool candidate = line.kind == LineKind::kShort || line.kind == LineKind::kSentence ||
                             line.text == page_[at].text;
      if (other != at && candidate && IsTwin(line.text, caption)) {
        line.kind = LineKind::kAlternativeText;
      }
    }
  }

  static void AddOnce(const v1::Caption& caption, std::vector<v1::Caption>* captions) {
    for (v1::Caption& known : *captions) {
      if (known.text() != caption.text()) continue;
      if (known.credit().empty()) known.set_credit(caption.credit());
      return;
    }
    captions->push_back(caption);
  }

  const size_t begin_;
  const size_t end_;
  const size_t body_begin_;
  Page& page_;
  std::vector<Found> found_;
};

}  // namespace

std::vector<v1::Caption> TakeCaptions(size_t body_begin, size_t body_end, Page* page) {
  const size_t begin = body_begin > kLinesAboveBody ? body_begin - kLinesAboveBody : 0;
  // The last picture's credit may stand below the last line that looks like text.
  size_t end = body_end;
  while (end < std::min(page->size(), body_end + kLinesBelowBody) &&
         (*page)[end].block == (*page)[end - 1].block) {
    ++end;
  }
  return CaptionPass(begin, end, body_begin, page).Run();
}

}  // namespace broadsheet::sources::page
