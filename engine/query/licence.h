// SPDX-License-Identifier: GPL-3.0-or-later
// What a reader is licensed to be told of: the articles that have, in each of some fields, one of
// some values. All others are to him as if they were not there.
#pragma once

#include <deque>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/statusor.h"
#include "engine/base/mutex.h"
#include "engine/query/compile/filters.h"
#include "engine/query/match/match_context.h"
#include "engine/storage/live/snapshot.h"

namespace broadsheet::query {

// Safe from any thread.
class Licence {
 public:
  // By the names of fields; case and accents of values are ignored, as in filters. An article
  // without a field has none of its values. INVALID_ARGUMENT when a field has no whole values or is
  // given none.
  static absl::StatusOr<std::shared_ptr<const Licence>> Make(
      const std::map<std::string, std::vector<std::string>>& values);

  // A checksum of the values, which tells licences apart.
  const std::string& key() const { return key_; }

  // The documents that it is for, in the state of context.snapshot. Those of base are looked for
  // once for each generation. Throws what Xapian and the deadline throw.
  storage::PermittedDocuments DocumentsOf(MatchContext& context) const ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  using BaseDocuments = std::shared_ptr<const storage::DocumentSet>;

  Licence(Filter filter, std::string key) : filter_(std::move(filter)), key_(std::move(key)) {}
  BaseDocuments FindKept(const std::string& build_id) const ABSL_LOCKS_EXCLUDED(mutex_);
  void Keep(const std::string& build_id, BaseDocuments base) const ABSL_LOCKS_EXCLUDED(mutex_);

  const Filter filter_;
  const std::string key_;
  mutable base::Mutex mutex_;
  // By build id, the last first; a server has two generations at a time.
  mutable std::deque<std::pair<std::string, BaseDocuments>> kept_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace broadsheet::query
