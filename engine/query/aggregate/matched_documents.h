// SPDX-License-Identifier: GPL-3.0-or-later
// All documents that match, to be counted: a bit for each document of base and of live.
#pragma once

#include <xapian.h>

#include <cstdint>

#include "absl/time/time.h"
#include "engine/query/match/match_context.h"
#include "engine/storage/live/document_set.h"

namespace broadsheet::query {

using storage::DocumentSet;

struct MatchedDocuments {
  DocumentSet base;
  DocumentSet live;  // empty without live

  uint64_t Count() const { return base.Count() + live.Count(); }
};

// None, with room for all documents of the snapshot.
MatchedDocuments NoDocuments(const storage::Snapshot& snapshot);

// Adds what `query` matches in `database`, base or live, to `documents`: barred documents, too.
// Throws what Xapian and the deadline throw.
void CollectFrom(MatchContext& context, const Xapian::Database& database,
                 const Xapian::Query& query, DocumentSet* documents);

// What `query` matches, without barred documents. Throws what Xapian and the deadline throw.
MatchedDocuments CollectMatches(MatchContext& context, const Xapian::Query& query);

// All that readers may see at `now`, without asking Xapian document by document. Throws likewise.
MatchedDocuments CollectVisible(MatchContext& context, absl::Time now);

}  // namespace broadsheet::query
