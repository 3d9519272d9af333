// SPDX-License-Identifier: GPL-3.0-or-later
// Did you mean: words of a query that are probably slips of the fingers, and the query without
// them.
#pragma once

#include <optional>
#include <string>

#include "broadsheet/v1/search_service.pb.h"
#include "engine/query/complete/visible_vocabulary.h"
#include "engine/query/matched_search.h"

namespace broadsheet::query {

struct MendedQuery {
  std::string query;  // as typed, but for the slips
  std::string slips;  // what was replaced, with spaces between
  v1::Total total;    // of what it finds
};

// What `search`, which found `found` articles, was probably meant to be; nullopt where nothing
// seems to be a slip, or the mended query finds no more. A slip is a word that two visible articles
// or fewer have, with a much more frequent one of base near it in the same field. Never a word in
// quotes, one with marks or digits, one under a negation, or one that has a capital behind the
// first word, as names have. Takes a bounded number of counts. Throws what Xapian and the deadline
// throw.
std::optional<MendedQuery> MendSlips(const MatchedSearch& search, const v1::Total& found,
                                     VisibleVocabulary& vocabulary);

}  // namespace broadsheet::query
