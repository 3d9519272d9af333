// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/plain_text/signature.h"

#include <algorithm>
#include <string>
#include <utility>

#include "indexer/sources/plain_text/lines/author_line.h"
#include "indexer/sources/wording/page_date.h"
#include "indexer/sources/wording/people/byline.h"
#include "indexer/sources/wording/people/byline_role.h"
#include "indexer/sources/wording/people/organisation.h"
#include "indexer/sources/wording/words.h"

namespace broadsheet::sources::page {
namespace {

using Says = AuthorLine::Says;

constexpr size_t kRoofLines = 4;
constexpr size_t kLinesIntoText = 2;
constexpr size_t kLinesIntoTopOfText = 6;
constexpr size_t kLinesAroundEnd = 8;
constexpr size_t kDateDistance = 2;

class SignaturePass {
 public:
  SignaturePass(const Page& page, size_t headline, Stretch body)
      : page_(page), headline_(headline), body_(body), common_(page) {
    read_.resize(page.size());
    done_.resize(page.size());
  }

  std::vector<v1::Byline> Run() {
    const size_t top = headline_ < page_.size() ? headline_ + 1 : 0;
    const size_t text = std::max(top, FindTextStart(page_, body_));
    const Stretch head = {.begin = top, .end = std::min(text + kLinesIntoText, page_.size())};
    const size_t above = top > kRoofLines ? top - 1 - kRoofLines : 0;
    const Stretch roof = {.begin = above, .end = top};
    const size_t last = body_.end > kLinesIntoText ? body_.end - kLinesIntoText : 0;
    const Stretch foot = {.begin = std::max(last, head.end),
                          .end = std::min(body_.end + kLinesAroundEnd, page_.size())};
    for (const Says says : {Says::kAuthors, Says::kNamesWithDate}) {
      if (Take(head, says)) return std::move(found_);
    }
    if (TakeBesideDate(head) || Take(roof, Says::kAuthors)) return std::move(found_);
    if (TakeBesideDate(roof) || Take(head, Says::kNames)) return std::move(found_);
    // A standfirst and a caption may look like text that has started.
    const Stretch text_top = {.begin = head.end,
                              .end = std::min(head.end + kLinesIntoTopOfText, body_.end)};
    if (Take(text_top, Says::kAuthors)) return std::move(found_);
    if (TakeAgency(head) || Take(foot, Says::kAuthors) || TakeAgency(foot)) {
      return std::move(found_);
    }
    return std::move(found_);
  }

 private:
  const AuthorLine& Read(size_t at) {
    if (!done_[at] && MayNameAuthors(page_[at])) read_[at] = ReadAuthorLine(page_[at], &common_);
    done_[at] = true;
    return read_[at];
  }

  static bool MayNameAuthors(const PageLine& line) {
    switch (line.kind) {
      case LineKind::kShort:
      case LineKind::kByline:
      case LineKind::kDate:
      case LineKind::kSentence:
      case LineKind::kFurniture:
        return true;
      default:
        return false;
    }
  }

  bool LineSays(size_t at, Says says) { return at < page_.size() && Read(at).says == says; }

  // The first line of `stretch` that says it and the lines that go on with it.
  bool Take(Stretch stretch, Says says) {
    for (size_t at = stretch.begin; at < stretch.end; ++at) {
      if (says == Says::kAuthors && LineSays(at, Says::kOpening) && TakeList(at + 1)) return true;
      if (!LineSays(at, says) || Read(at).bylines.empty()) continue;
      TakeRun(at);
      return true;
    }
    return false;
  }

  // Names below an opening: one a line, commas and "&" aside.
  bool TakeList(size_t at) {
    for (; at < page_.size(); ++at) {
      const AuthorLine line = ReadAuthorLine(page_[at], nullptr);
      if (!line.bylines.empty()) {
        people::MergeBylines(line.bylines, &found_);
      } else if (page_[at].words > 1 || !StripMarks(page_[at].text).empty()) {
        break;
      }
    }
    return !found_.empty();
  }

  // A line that names authors, and the following ones of the same kind.
  void TakeRun(size_t at) {
    const Says says = Read(at).says;
    const bool open = page_[at].text.ends_with(',') || page_[at].text.ends_with('&');
    Add(at);
    while (at + 1 < page_.size()) {
      ++at;
      const bool goes_on = LineSays(at, says) || (open && LineSays(at, Says::kNames));
      if (!goes_on) break;
      Add(at);
    }
    if (at < page_.size() && people::IsRole(page_[at].text) && found_.back().role().empty()) {
      found_.back().set_role(page_[at].text);
    }
  }

  bool TakeBesideDate(Stretch stretch) {
    for (size_t at = stretch.begin; at < stretch.end; ++at) {
      if (at == headline_ || !LineSays(at, Says::kNames) || !HasDateNear(at)) continue;
      size_t first = at;
      while (first > stretch.begin && LineSays(first - 1, Says::kNames)) --first;
      TakeRun(first);
      return true;
    }
    return false;
  }

  bool HasDateNear(size_t at) const {
    const size_t first = at > kDateDistance ? at - kDateDistance : 0;
    const size_t last = std::min(at + kDateDistance, page_.size() - 1);
    for (size_t other = first; other <= last; ++other) {
      if (page_[other].kind == LineKind::kDate || LooksLikeTime(page_[other].text)) return true;
    }
    return false;
  }

  // An agency's name alone in a line.
  bool TakeAgency(Stretch stretch) {
    for (size_t at = stretch.begin; at < stretch.end; ++at) {
      if (page_[at].kind == LineKind::kCredit || !people::IsAgency(page_[at].text)) continue;
      v1::Byline byline;
      byline.set_name(page_[at].text);
      byline.set_organisation(page_[at].text);
      people::MergeBylines({byline}, &found_);
      return true;
    }
    return false;
  }

  void Add(size_t at) { people::MergeBylines(Read(at).bylines, &found_); }

  const Page& page_;
  const size_t headline_;
  const Stretch body_;
  const CommonWords common_;
  std::vector<AuthorLine> read_;
  std::vector<bool> done_;
  std::vector<v1::Byline> found_;
};

}  // namespace

size_t FindTextStart(const Page& page, Stretch body) {
  constexpr size_t kParagraphWords = 15;
  const auto is_text = [&](size_t at) {
    return page[at].kind == LineKind::kParagraph && page[at].words >= kParagraphWords;
  };
  for (size_t at = body.begin; at < body.end; ++at) {
    if (!is_text(at)) continue;
    size_t next = at + 1;
    while (next < body.end && page[next].kind == LineKind::kCaption) ++next;
    const bool goes_on =
        next < body.end && (is_text(next) || page[next].kind == LineKind::kSentence);
    if (goes_on) return at;
  }
  return body.begin;
}

std::vector<v1::Byline> FindAuthors(const Page& page, size_t headline, Stretch body) {
  return SignaturePass(page, headline, body).Run();
}

}  // namespace broadsheet::sources::page
