// SPDX-License-Identifier: GPL-3.0-or-later
// What compiling a query needs to know of the search and of the index.
#pragma once

#include <string>
#include <vector>

#include "engine/query/compile/date_clause.h"
#include "engine/query/match/match_context.h"
#include "engine/query/syntax/limits.h"
#include "engine/query/syntax/synonyms.h"
#include "engine/text/analyzer.h"

namespace broadsheet::query {

// Made once for a search, whole, and the same for each query that the search compiles. `match` and
// `analyzer` outlive it and, as posting sources point to `match`, what is compiled.
struct CompilerInput {
  MatchContext& match;
  text::Analyzer& analyzer;
  Limits limits;                       // max_expanded_leaves is what the filter leaves
  std::vector<std::string> languages;  // that words are stemmed in
  DateContext dates;
  bool explain = false;
  const Synonyms* synonyms = nullptr;  // outlives this; null = words stand for themselves
};

}  // namespace broadsheet::query
