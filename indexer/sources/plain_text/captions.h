// SPDX-License-Identifier: GPL-3.0-or-later
// Pass 3: captions. A line that ends in a credit is a caption; the caption of a credit line is
// among its neighbours. Alternative texts, shortened copies that browsers show in place of a
// picture, are neither.
#pragma once

#include <cstddef>
#include <vector>

#include "broadsheet/v1/article.pb.h"
#include "indexer/sources/plain_text/body.h"
#include "indexer/sources/plain_text/lines/page_line.h"

namespace broadsheet::sources::page {

// Finds captions in two steps: most captions help to find the headline, and the headline helps to
// find the other captions. Marks their lines as kCaption and kAlternativeText, so that later passes
// ignore them. Precondition: lines are classified. `page` must outlive this.
class CaptionFinder {
 public:
  explicit CaptionFinder(Page* page)
      : page_(*page), taken_(page->size()), headline_(page->size()) {}

  // First step: takes lines that have a label or a credit, in the line or in the same block, within
  // `body` and above it.
  void TakeCreditedLines(Stretch body);

  // Second step: takes the captions of credits that are alone on their line, between `headline` and
  // the end of `body`; and the line below authors and time, between headline and text, even without
  // a credit.
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
  // The page's size while it is unknown.
  size_t headline_;
  // How many credits can only belong to the line before them, and to the line after.
  size_t credits_behind_ = 0;
  size_t credits_before_ = 0;
};

}  // namespace broadsheet::sources::page
