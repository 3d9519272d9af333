// SPDX-License-Identifier: GPL-3.0-or-later
// The titles of a page of which one is the headline, each with what speaks for it.
#pragma once

#include <string>
#include <vector>

#include "indexer/sources/html/metadata/metadata.h"
#include "indexer/sources/html/titles/headings.h"
#include "indexer/sources/html/titles/headline_score.h"
#include "indexer/sources/html/tree/tree.h"

namespace broadsheet::sources::html {

struct HeadlineCandidate {
  // All titles with this key are one candidate.
  Title title = {};
  // The h1 that has it, as a whole or in part; kNoNode when none does.
  NodeId heading = kNoNode;
  // Only a part of the h1 says it, which is no kicker by its element.
  bool is_part = false;
  // The h2 or h3 that has it.
  NodeId lower = kNoNode;
  HeadlineSigns signs = {};

  bool Has(HeadlineSign sign) const { return signs[static_cast<size_t>(sign)] > 0; }
};

struct HeadlineCandidates {
  std::vector<HeadlineCandidate> all = {};
  Headings headings;
};

// Each title of the page once: those in an h1, in page order; those that are stated; those in lower
// headings. Pure; safe from any thread.
HeadlineCandidates FindHeadlineCandidates(const Tree& tree, const Metadata& json_ld,
                                          const Metadata& meta, const Metadata& microdata);

}  // namespace broadsheet::sources::html
