// SPDX-License-Identifier: GPL-3.0-or-later
// What compiling a query needs to know of the request and of the index.
#pragma once

#include <string>
#include <vector>

#include "engine/query/compile/date_clause.h"
#include "engine/query/match/match_context.h"
#include "engine/query/syntax/limits.h"
#include "engine/text/analyzer.h"

namespace broadsheet::query {

// Everything the compiler needs to know of the request and the index; all outlive the call.
struct CompilerInput {
  MatchContext& match;
  text::Analyzer& analyzer;
  const Limits& limits;
  std::vector<std::string> languages;  // that words are stemmed in
  DateContext dates;
  bool explain = false;
};

}  // namespace broadsheet::query
