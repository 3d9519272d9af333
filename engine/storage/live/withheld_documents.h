// SPDX-License-Identifier: GPL-3.0-or-later
// Which documents of a snapshot readers may not see, to count them: from the index's own lists, so
// that it costs as much as there are such documents, and never a walk over all articles.
#pragma once

#include <xapian.h>

#include <cstdint>
#include <functional>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "engine/schema/withheld.h"
#include "engine/storage/live/id_lookup.h"

namespace broadsheet::storage {

// Those of one database, as it was when they were looked for. Immutable.
class WithheldDocuments {
 public:
  // `read` is asked only for documents that were indexed before kStatus was: they do not tell
  // withheld from cancelled. Embargoes that have ended at `now` are left out. Errors of `read`;
  // throws Xapian's exceptions: call it under Guard.
  static absl::StatusOr<WithheldDocuments> Find(const Xapian::Database& database,
                                                const ArticleReader& read, absl::Time now);

  // Calls `visit` with each document that its status withholds.
  void ForEachByStatus(
      const std::function<void(uint32_t docid, schema::Withholding why)>& visit) const;
  // Calls `visit` with each document that only an embargo withholds, and its end in seconds since
  // 1970.
  void ForEachByEmbargo(const std::function<void(uint32_t docid, int64_t end)>& visit) const;

 private:
  struct ByStatus {
    uint32_t docid = 0;
    schema::Withholding why = schema::Withholding::kWithheld;
  };
  struct ByEmbargo {
    uint32_t docid = 0;
    int64_t end = 0;
  };

  absl::Status FindByStatus(const Xapian::Database& database, const ArticleReader& read);
  void FindByEmbargo(const Xapian::Database& database, absl::Time now);

  // Both in the order of docids.
  std::vector<ByStatus> by_status_;
  std::vector<ByEmbargo> by_embargo_;
};

}  // namespace broadsheet::storage
