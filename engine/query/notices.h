// SPDX-License-Identifier: GPL-3.0-or-later
// Notices: what a reader ought to know about an answer, above all about an empty one.
//
// Any answer may have them: a wildcard that stands for too many words (WILDCARD_TRUNCATED), a word
// that was shortened (LONG_WORD), `us` that may have meant the country (CASE_MATTERS), a value that
// was likely meant to be quoted (UNQUOTED_VALUE), how many undated articles would match but for the
// dates (UNDATED_EXCLUDED). An answer with few hits offers the query without its slips, if that
// finds more (DID_YOU_MEAN). An answer without hits also names values that no article has, each
// with the nearest one (NO_SUCH_VALUE), and, where there are no slips, the largest part of the
// query that finds something (PARTIAL_MATCH). None of them tells of an article that readers may not
// see.
#pragma once

#include "absl/status/status.h"
#include "broadsheet/v1/search_service.pb.h"
#include "engine/query/complete/visible_vocabulary.h"
#include "engine/query/matched_search.h"

namespace broadsheet::query {

// Adds the notices of `search` to `response`, which has the total already, and the query that it
// suggests. Looks at a bounded part of the vocabulary and counts a bounded number of times. Errors
// as Compile(); throws what Xapian and the deadline throw.
absl::Status AddNotices(const MatchedSearch& search, VisibleVocabulary& vocabulary,
                        v1::SearchArticlesResponse* response);

}  // namespace broadsheet::query
