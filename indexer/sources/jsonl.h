// SPDX-License-Identifier: GPL-3.0-or-later
// JSON lines: one article a line, as json_article.h describes.
#pragma once

#include <simdjson.h>

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "indexer/sources/line_reader.h"
#include "indexer/sources/source.h"

namespace broadsheet::sources {

// A line over this is refused without being held in memory. Twice what an article may hold, for
// escapes.
inline constexpr size_t kMaxJsonLineBytes = 16 << 20;

class JsonlSource : public ArticleSource {
 public:
  // `counts` is added to, and outlives this.
  explicit JsonlSource(ReadCounts* counts) : counts_(*counts) {}

  absl::Status ReadAll(Input& input, const ArticleSink& articles,
                       const RejectSink& rejects) override;

 private:
  // INVALID_ARGUMENT says what is wrong with the line.
  absl::Status ReadLine(const TextLine& line, v1::Article* article);
  absl::StatusOr<simdjson::dom::element> Parse(std::string_view line);

  ReadCounts& counts_;
  simdjson::dom::parser parser_;
  // Holds a line that had to be repaired.
  std::string repaired_;
};

// Replaces each \u escape of a lone surrogate, which no UTF-8 can express, by \ufffd. Returns how
// many; the length never changes.
size_t RepairSurrogateEscapes(std::string* json);

}  // namespace broadsheet::sources
