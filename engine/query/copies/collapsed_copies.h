// SPDX-License-Identifier: GPL-3.0-or-later
// One hit a story: of the copies that match, the one first published is shown, whatever the order
// of hits. So pages need not know of one another, and all counts are exact.
#pragma once

#include <xapian.h>

#include <cstdint>
#include <memory>
#include <unordered_map>
#include <vector>

#include "engine/query/aggregate/matched_documents.h"
#include "engine/query/match/match_context.h"

namespace broadsheet::query {

class CollapsedCopies {
 public:
  // Finds which of the articles that `whole` matches are copies of one another. Reads only those of
  // stories that have more than one article. Throws what Xapian and the deadline throw.
  CollapsedCopies(MatchContext& context, const Xapian::Query& whole);

  // Whether another one is shown in the place of `doc`.
  bool IsHidden(storage::DocRef doc) const {
    return (doc.segment == storage::Segment::kBase ? hidden_.base : hidden_.live).Has(doc.docid);
  }
  const MatchedDocuments& hidden() const { return hidden_; }
  uint64_t hidden_count() const { return hidden_count_; }
  // The copies that are hidden behind `shown`, first published first.
  const std::vector<storage::DocRef>& Behind(storage::DocRef shown) const;
  // Whether two documents could not be ordered, since an article could not be read.
  const absl::Status& status() const { return status_; }

 private:
  MatchedDocuments hidden_;
  uint64_t hidden_count_ = 0;
  // By the document that is shown: its docid, and behind it 1 for live.
  std::unordered_map<uint64_t, std::vector<storage::DocRef>> behind_;
  absl::Status status_;
};

// `query` without what is hidden. `copies` may be null, and outlives the result.
Xapian::Query WithoutHidden(MatchContext& context, const Xapian::Query& query,
                            const CollapsedCopies* copies);

}  // namespace broadsheet::query
