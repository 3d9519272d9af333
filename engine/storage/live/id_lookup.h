// SPDX-License-Identifier: GPL-3.0-or-later
// Finds an article by its id in one database.
#pragma once

#include <xapian.h>
#include <cstdint>
#include <functional>
#include <string_view>

#include "absl/status/statusor.h"
#include "broadsheet/v1/article.pb.h"

namespace broadsheet::storage {

struct FoundArticle {
  uint32_t docid = 0;
  v1::Article article;
};

// Reads the article of a document; a document for which this returns NOT_FOUND is skipped.
using ArticleReader = std::function<absl::StatusOr<v1::Article>(uint32_t docid)>;

// NOT_FOUND when no document that `read` returns has this id; other errors of `read`. Throws
// Xapian's exceptions: call it under Guard.
absl::StatusOr<FoundArticle> FindArticle(const Xapian::Database& database, std::string_view id,
                                         const ArticleReader& read);

// DATA_LOSS, naming the document.
absl::Status DamagedLiveArticle(uint32_t docid);

// The Article of a document of live/. DATA_LOSS when it does not parse; throws Xapian's exceptions,
// among them DocNotFoundError for an unknown docid.
absl::StatusOr<v1::Article> ReadLiveArticle(const Xapian::Database& live, uint32_t docid);

}  // namespace broadsheet::storage
