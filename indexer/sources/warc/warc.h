// SPDX-License-Identifier: GPL-3.0-or-later
// Web archives: WARC and ARC. Every HTML page with a successful response is one article; all other
// records are counted and skipped. A response that is not all there is read, with a warning; one
// whose record is damaged is lost.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

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
  // What a record holds; views into it.
  struct Page {
    std::string_view bytes = {};
    std::string media_type = {};
    std::string charset = {};
    std::vector<std::string> warnings = {};
  };

  absl::Status ReadRecord(const warc::Record& record, const RecordPlace& place,
                          const ArticleSink& articles);
  absl::Status ReadPage(Page&& page, const warc::Record& record, const RecordPlace& place,
                        const ArticleSink& articles);

  ReadCounts& counts_;
  const PageReader read_page_;
  const SourceHooks hooks_;
};

}  // namespace broadsheet::sources
