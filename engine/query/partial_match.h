// SPDX-License-Identifier: GPL-3.0-or-later
// When all parts of a query together find nothing: the most of them that do.
#pragma once

#include <xapian.h>
#include <optional>
#include <string>
#include <string_view>

#include "broadsheet/v1/search_service.pb.h"
#include "engine/query/compile/compiler.h"

namespace broadsheet::query {

struct PartialMatch {
  v1::Notice notice;            // PARTIAL_MATCH
  std::string suggested_query;  // without the parts that had to go
};

// Leaves out as few parts of the AND that `root` is as it takes, and of the ways to leave out as
// many the one that finds the most articles. What narrows (negations, dates) stays. nullopt when
// root is no AND, when nothing of it matches, or when it has over 20 parts. `typed` is the text
// that root was read from; `filter` narrows as in the search.
//
// One search finds, over all articles, the sets of parts that stand together in one; a count is
// made for at most 8 of these sets. Throws what Xapian and the deadline throw.
std::optional<PartialMatch> FindPartialMatch(const Node& root, std::string_view typed,
                                             const CompilerInput& input,
                                             const Xapian::Query& filter);

}  // namespace broadsheet::query
