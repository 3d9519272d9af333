// SPDX-License-Identifier: GPL-3.0-or-later
// JSON lines: one article a line, with the names of json_article.h or of a field map.
#pragma once

#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "indexer/sources/article/draft.h"
#include "indexer/sources/article/source.h"
#include "indexer/sources/input/line_reader.h"
#include "indexer/sources/json/field_map.h"
#include "indexer/sources/json/json_parser.h"

namespace broadsheet::sources {

// A longer line is refused without being read into memory. Twice the largest article, for escapes.
inline constexpr size_t kMaxJsonLineBytes = 16 << 20;

class JsonlSource : public ArticleSource {
 public:
  // Adds to `counts`. With `map`, lines have its names, else those of an Article. Both must outlive
  // this. `hooks` may be empty.
  explicit JsonlSource(ReadCounts* counts, const FieldMap* map = nullptr, SourceHooks hooks = {})
      : counts_(*counts), map_(map), hooks_(std::move(hooks)) {}

  absl::Status ReadAll(Input& input, const ArticleSink& articles,
                       const RejectSink& rejects) override;

 private:
  // False when the map passes over it. INVALID_ARGUMENT says what is wrong with the line.
  absl::StatusOr<bool> ReadLine(const TextLine& line, Draft& draft);

  ReadCounts& counts_;
  const FieldMap* const map_;
  const SourceHooks hooks_;
  JsonParser parser_;
};

}  // namespace broadsheet::sources
