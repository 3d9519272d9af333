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

// Parts of base's docids, each from its first docid to before its end.
struct OldestPlaces {
  // In this order: of the key's time, those behind it; every newer time, which starts at 1 and has
  // the newest first; the undated.
  Xapian::docid same, same_end;
  Xapian::docid newer_end;
  Xapian::docid undated, undated_end;
};

// Not thread-safe. An article that cannot be read makes status() an error, and ids empty.
class DateOrder {
 public:
  DateOrder(MatchContext& context, bool newest) : context_(context), newest_(newest) {}

  DatedDoc Read(storage::DocRef doc) const;
  // The documents of base in `ascending`, which is in order of docid, with their times.
  std::vector<DatedDoc> ReadBase(const Xapian::MSet& ascending) const;
  // The documents of live in `ascending`, which is in order of docid, as the values are: one pass
  // reads all times and ids.
  std::vector<DatedDoc> ReadLive(const Xapian::MSet& ascending) const;
  const std::string& IdOf(const DatedDoc& doc);
  DateKey KeyOf(const DatedDoc& doc) { return {.seconds = doc.seconds, .id = IdOf(doc)}; }
  bool Before(const DatedDoc& a, const DatedDoc& b);
  bool After(const DatedDoc& doc, const DateKey& key);

  // The docids of base that come after `key` with the newest first.
  std::vector<DocidRangeSource::Range> RangesAfter(const DateKey& key);
  // Where in base that is which comes after `key`, or all of it, with the oldest first.
  OldestPlaces PlacesAfter(const std::optional<DateKey>& key);
  // The first docid of base with the time of `docid`.
  Xapian::docid StartOfTime(Xapian::docid docid) const;

  const absl::Status& status() const { return status_; }

 private:
  // -1, 0, 1 by time alone: undated last in either order.
  int CompareTimes(const std::optional<int64_t>& a, const std::optional<int64_t>& b) const;
  // Of a document of base.
  std::optional<int64_t> SecondsOf(Xapian::docid docid) const {
    return Read({.segment = storage::Segment::kBase, .docid = docid}).seconds;
  }
  // The documents of base that have the key's time, or none as it does, and where those start that
  // come behind it.
  struct SameTime {
    Xapian::docid first, behind, end;
  };
  SameTime FindSameTime(const DateKey& key);
  Xapian::docid FindUndated() const;
  Xapian::docid BaseEnd() const { return context_.snapshot.base().get_lastdocid() + 1; }

  MatchContext& context_;
  bool newest_;
  absl::Status status_;
};

}  // namespace broadsheet::query
