// SPDX-License-Identifier: GPL-3.0-or-later
// JSON lines: one article a line, as json_article.h describes or a field map says.
#pragma once

#include <utility>

#include "absl/status/status.h"
#include "indexer/sources/article/draft.h"
#include "indexer/sources/article/source.h"
#include "indexer/sources/input/line_reader.h"
#include "indexer/sources/json/field_map.h"
#include "indexer/sources/json/json_parser.h"

namespace broadsheet::sources {

// A line over this is refused without being held in memory. Twice what an article may hold, for
// escapes.
inline constexpr size_t kMaxJsonLineBytes = 16 << 20;

class JsonlSource : public ArticleSource {
 public:
  // `counts` is added to, and outlives this, as does `map`; with it lines are read by its names,
  // without by those of an Article. `on_rules` may be empty.
  explicit JsonlSource(ReadCounts* counts, const FieldMap* map = nullptr, RuleSink on_rules = {})
      : counts_(*counts), map_(map), on_rules_(std::move(on_rules)) {}

  absl::Status ReadAll(Input& input, const ArticleSink& articles,
                       const RejectSink& rejects) override;

 private:
  // INVALID_ARGUMENT says what is wrong with the line.
  absl::Status ReadLine(const TextLine& line, Draft& draft);

  ReadCounts& counts_;
  const FieldMap* const map_;
  const RuleSink on_rules_;
  JsonParser parser_;
};

}  // namespace broadsheet::sources
