// SPDX-License-Identifier: GPL-3.0-or-later
// Pass 3: pictures. A line that ends in a credit is a caption; a credit line finds its caption
// among its neighbours; the shortened twins that browsers show in place of a picture are told from
// both.
#pragma once

#include <cstddef>
#include <vector>

#include "broadsheet/v1/article.pb.h"
#include "indexer/sources/plain_text/body.h"
#include "indexer/sources/plain_text/page_line.h"

namespace broadsheet::sources::page {

// Finds captions in two steps, since a headline is easier to find once most captions are known and
// the rest of the captions once the headline is. Marks the lines they came from as kCaption and
// kAlternativeText, so that no later pass takes them for something else. Precondition: lines are
// classified. `page` outlives this.
class CaptionFinder {
 public:
  explicit CaptionFinder(Page* page)
      : page_(*page), taken_(page->size()), headline_(page->size()) {}

  // Lines with a label or a credit of their own or beside them in their block, in `body` and the
  // lines above it.
  void TakeCreditedLines(Stretch body);

  // What credits alone in their lines belong to, between `headline` and the end of `body`; and
  // between headline and text the line below authors and time that a credit need not have.
  void TakeTheRest(size_t headline, Stretch body);

  // In page order, each once.
  std::vector<v1::Caption> Captions() const;

 private:
  struct Found {
    size_t at;
    v1::Caption caption;
  };

  using CaptionOf = size_t (CaptionFinder::*)(size_t at) const;

  void TakeCredits(Stretch stretch, CaptionOf caption_of);
  bool InBlock(size_t at, size_t other) const;
  bool IsAlone(size_t at) const;
  size_t CaptionInBlock(size_t at) const;
  size_t CaptionAcrossBlanks(size_t at) const;
  void CountSides(Stretch stretch);
  PageLine WithBracketBelow(size_t at);
  void TakeUncredited(size_t headline, Stretch body);
  void Add(size_t at, const std::string& text, const std::string& credit);
  void MarkTwins(size_t at, const std::string& caption);

  Page& page_;
  std::vector<bool> taken_;
  std::vector<Found> found_;
  // Page size while it is not known.
  size_t headline_;
  // Credits whose caption can only be the line before, and the line after.
  size_t credits_behind_ = 0;
  size_t credits_before_ = 0;
};

}  // namespace broadsheet::sources::page
