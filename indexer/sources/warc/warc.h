// SPDX-License-Identifier: GPL-3.0-or-later
// Web archives: WARC and ARC. Every HTML page with a successful response is one article; all other
// records are counted and skipped.
#pragma once

#include <functional>
#include <string_view>
#include <utility>

#include "absl/status/statusor.h"
#include "indexer/sources/article/source.h"
#include "indexer/sources/html/read_html.h"
#include "indexer/sources/warc/record_reader.h"

namespace broadsheet::sources {

// Reads the article of a page; INVALID_ARGUMENT when it has none. It is html::ReadHtml except in
// tests.
using PageReader = std::function<absl::StatusOr<html::HtmlArticle>(const html::HtmlPage& page)>;

class WarcSource : public ArticleSource {
 public:
  // Adds to `counts`, which must outlive this. `hooks` may be empty.
  WarcSource(ReadCounts* counts, PageReader read_page, SourceHooks hooks = {})
      : counts_(*counts), read_page_(std::move(read_page)), hooks_(std::move(hooks)) {}

  absl::Status ReadAll(Input& input, const ArticleSink& articles,
                       const RejectSink& rejects) override;

 private:
  absl::Status ReadRecord(const warc::Record& record, const RecordPlace& place,
                          const ArticleSink& articles);
  absl::Status ReadPage(std::string_view media_type, std::string_view charset,
                        std::string_view bytes, const warc::Record& record,
                        const RecordPlace& place, const ArticleSink& articles);

  ReadCounts& counts_;
  const PageReader read_page_;
  const SourceHooks hooks_;
};

}  // namespace broadsheet::sources
