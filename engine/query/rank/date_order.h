// SPDX-License-Identifier: GPL-3.0-or-later
// The date order of documents: compares documents, and finds places in base's docid order by
// bisection.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "engine/query/match/match_context.h"
#include "engine/query/match/posting_sources.h"
#include "engine/query/rank/page_token.h"

namespace broadsheet::query {

// A document with its time.
struct DatedDoc {
  storage::DocRef doc;
  std::optional<int64_t> seconds = {};  // absent = undated
  // Empty until DateOrder needs it to compare equal times: in base, reading it costs reading an
  // article.
  mutable std::string id = {};
};

// Not thread-safe. An article that cannot be read makes status() an error, and ids empty.
class DateOrder {
 public:
  DateOrder(MatchContext& context, bool newest) : context_(context), newest_(newest) {}

  DatedDoc Read(storage::DocRef doc) const;
  // The documents of live in `ascending`, which is in order of docid, as the values are: one pass
  // reads all times and ids.
  std::vector<DatedDoc> ReadLive(const Xapian::MSet& ascending) const;
  const std::string& IdOf(const DatedDoc& doc);
  DateKey KeyOf(const DatedDoc& doc) { return {.seconds = doc.seconds, .id = IdOf(doc)}; }
  bool Before(const DatedDoc& a, const DatedDoc& b);
  bool After(const DatedDoc& doc, const DateKey& key);

  // The docids of base that come after `key`.
  std::vector<DocidRangeSource::Range> RangesAfter(const DateKey& key);

  const absl::Status& status() const { return status_; }

 private:
  // -1, 0, 1 by time alone: undated last in either order.
  int CompareTimes(const std::optional<int64_t>& a, const std::optional<int64_t>& b) const;

  MatchContext& context_;
  bool newest_;
  absl::Status status_;
};

}  // namespace broadsheet::query
