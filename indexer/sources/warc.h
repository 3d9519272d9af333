// SPDX-License-Identifier: GPL-3.0-or-later
// Web archives: WARC and ARC. Every HTML page that was answered with success is one article; all
// else is counted and passed over.
#pragma once

#include <functional>
#include <string_view>
#include <utility>

#include "absl/status/statusor.h"
#include "indexer/sources/source.h"
#include "indexer/sources/warc/record_reader.h"

namespace broadsheet::sources {

// The article of a page; INVALID_ARGUMENT when it has none. `charset` and `url` are what came with
// it and may be empty.
using PageReader = std::function<absl::StatusOr<v1::Article>(
    std::string_view bytes, std::string_view charset, std::string_view url)>;

class WarcSource : public ArticleSource {
 public:
  // `counts` is added to, and outlives this.
  WarcSource(ReadCounts* counts, PageReader read_page)
      : counts_(*counts), read_page_(std::move(read_page)) {}

  absl::Status ReadAll(Input& input, const ArticleSink& articles,
                       const RejectSink& rejects) override;

 private:
  absl::Status ReadRecord(const warc::Record& record, const ArticleSink& articles);
  absl::Status ReadPage(std::string_view media_type, std::string_view charset,
                        std::string_view bytes, const warc::Record& record,
                        const ArticleSink& articles);

  ReadCounts& counts_;
  const PageReader read_page_;
};

}  // namespace broadsheet::sources
