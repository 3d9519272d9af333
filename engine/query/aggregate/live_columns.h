// SPDX-License-Identifier: GPL-3.0-or-later
// The values and dates of documents of live, from their value slots.
#pragma once

#include <xapian.h>

#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/str_format.h"
#include "engine/query/aggregate/matched_documents.h"
#include "engine/query/match/match_context.h"
#include "engine/schema/terms.h"
#include "engine/storage/columns/article_columns.h"

namespace broadsheet::query {

// Calls `visit(columns)` for each document of `documents`, which are live's. DATA_LOSS for one that
// has none. Throws what Xapian and the deadline throw.
template <typename Visit>
absl::Status ForEachOfLive(MatchContext& context, const DocumentSet& documents, Visit visit) {
  if (!context.snapshot.has_live()) return absl::OkStatus();
  const Xapian::valueno slot = schema::SlotNumber(schema::Slot::kColumns);
  auto value = context.snapshot.live().valuestream_begin(slot);
  const auto end = context.snapshot.live().valuestream_end(slot);
  absl::Status status;
  documents.ForEach(context.deadline, [&](uint32_t docid) {
    if (!status.ok()) return;
    if (value != end) value.skip_to(docid);
    std::optional<storage::ArticleColumns> columns;
    if (value != end && value.get_docid() == docid) columns = storage::DecodeColumns(*value);
    if (columns.has_value()) return visit(*columns);
    status = absl::DataLossError(
        absl::StrFormat("live/ is damaged: document %d has no values to count", docid));
  });
  return status;
}

}  // namespace broadsheet::query
