// SPDX-License-Identifier: GPL-3.0-or-later
// IPTC ninjs 1.x, 2.x and 3.x: one object, an array of objects, or objects one after the other.
#pragma once

#include <utility>

#include "absl/status/status.h"
#include "indexer/sources/article/source.h"
#include "indexer/sources/json/json_parser.h"
#include "indexer/sources/json/json_records.h"

namespace broadsheet::sources {

// A larger object is not an article. Twice the largest article, for escapes.
inline constexpr size_t kMaxNinjsBytes = 16 << 20;

class NinjsSource : public ArticleSource {
 public:
  // Adds to `counts`, which must outlive this. `hooks` may be empty.
  explicit NinjsSource(ReadCounts* counts, SourceHooks hooks = {})
      : counts_(*counts), hooks_(std::move(hooks)) {}

  absl::Status ReadAll(Input& input, const ArticleSink& articles,
                       const RejectSink& rejects) override;

 private:
  absl::Status ReadRecord(const std::string& name, const JsonRecord& record,
                          const ArticleSink& articles);

  ReadCounts& counts_;
  const SourceHooks hooks_;
  JsonParser parser_;
};

}  // namespace broadsheet::sources
