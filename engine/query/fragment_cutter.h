// SPDX-License-Identifier: GPL-3.0-or-later
// Cuts pieces out of a text around what matched in it.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "broadsheet/v1/search_service.pb.h"
#include "engine/query/coded_text.h"

namespace broadsheet::query {

// A place in the text that matched, and which of the query's patterns (a bit each) it matched.
struct LitRange {
  TextRange range;
  uint64_t patterns = 0;
};

struct CutFragment {
  v1::Fragment fragment;
  int distinct = 0;  // patterns that are seen in it
};

// The whole text as one fragment. `lit` is in order and does not overlap, and is not empty.
CutFragment WholeText(std::string_view text, const std::vector<LitRange>& lit);

// Up to `most` pieces of about `chars` characters, those with the most different patterns first.
// Pieces start and end at words, at a sentence where one starts nearby, and never overlap.
std::vector<CutFragment> BestWindows(std::string_view text, const CodedText& coded,
                                     const std::vector<LitRange>& lit, size_t chars, size_t most);

// Puts ranges in order and joins those that overlap.
void JoinOverlapping(std::vector<LitRange>* lit);

}  // namespace broadsheet::query
