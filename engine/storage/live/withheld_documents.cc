// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/storage/live/withheld_documents.h"

#include <algorithm>
#include <string>

#include "engine/schema/terms.h"

namespace broadsheet::storage {
namespace {

// Articles of a status that readers may see have no place in the list of kWithheldTerm; one that is
// there all the same counts as withheld, which it is for every search.
schema::Withholding StatusOf(const v1::Article& article) {
  return article.status() == v1::Article::STATUS_CANCELLED ? schema::Withholding::kCancelled
                                                           : schema::Withholding::kWithheld;
}

}  // namespace

absl::StatusOr<WithheldDocuments> WithheldDocuments::Find(const Xapian::Database& database,
                                                          const ArticleReader& read,
                                                          absl::Time now) {
  WithheldDocuments found;
  if (absl::Status status = found.FindByStatus(database, read); !status.ok()) return status;
  found.FindByEmbargo(database, now);
  return found;
}

absl::Status WithheldDocuments::FindByStatus(const Xapian::Database& database,
                                             const ArticleReader& read) {
  const Xapian::valueno slot = schema::SlotNumber(schema::Slot::kStatus);
  const std::string term(schema::kWithheldTerm);
  auto statuses = database.valuestream_begin(slot);
  const auto statuses_end = database.valuestream_end(slot);
  const auto end = database.postlist_end(term);
  for (auto at = database.postlist_begin(term); at != end; ++at) {
    const uint32_t docid = *at;
    if (statuses != statuses_end) statuses.skip_to(docid);
    if (statuses != statuses_end && statuses.get_docid() == docid) {
      by_status_.push_back({docid, *statuses == schema::kCancelledValue
                                       ? schema::Withholding::kCancelled
                                       : schema::Withholding::kWithheld});
      continue;
    }
    const absl::StatusOr<v1::Article> article = read(docid);
    if (!article.ok()) return article.status();
    by_status_.push_back({docid, StatusOf(*article)});
  }
  return absl::OkStatus();
}

void WithheldDocuments::FindByEmbargo(const Xapian::Database& database, absl::Time now) {
  const Xapian::valueno slot = schema::SlotNumber(schema::Slot::kEmbargo);
  const std::string ahead = schema::EncodeSeconds(absl::ToUnixSeconds(now) + 1);
  // Archives are full of embargoes that ended long ago.
  if (database.get_value_upper_bound(slot) < ahead) return;
  auto withheld = by_status_.begin();
  const auto end = database.valuestream_end(slot);
  for (auto at = database.valuestream_begin(slot); at != end; ++at) {
    const std::string value = *at;
    if (value < ahead) continue;
    const uint32_t docid = at.get_docid();
    while (withheld != by_status_.end() && withheld->docid < docid) ++withheld;
    if (withheld != by_status_.end() && withheld->docid == docid) continue;
    by_embargo_.push_back({docid, schema::DecodeSeconds(value)});
  }
}

void WithheldDocuments::ForEachByStatus(
    const std::function<void(uint32_t docid, schema::Withholding why)>& visit) const {
  for (const ByStatus& one : by_status_) visit(one.docid, one.why);
}

void WithheldDocuments::ForEachByEmbargo(
    const std::function<void(uint32_t docid, int64_t end)>& visit) const {
  for (const ByEmbargo& one : by_embargo_) visit(one.docid, one.end);
}

}  // namespace broadsheet::storage
