// SPDX-License-Identifier: GPL-3.0-or-later
// IPTC ninjs 1.x, 2.x and 3.x: one object, an array of objects, or objects one after the other;
// each an item, or a wrapper of items (wrapper.h).
#pragma once

#include <simdjson.h>

#include <string>
#include <utility>

#include "absl/status/status.h"
#include "indexer/sources/article/source.h"
#include "indexer/sources/json/json_parser.h"
#include "indexer/sources/json/json_records.h"
#include "indexer/sources/json/wrapper.h"

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
  // Where the record that is being read goes.
  struct Sinks {
    const std::string& input;
    const ArticleSink& articles;
    const RejectSink& rejects;
  };
  // Reads all records of `records`; `outer` is the record that they are in, if any.
  absl::Status ReadRecords(JsonRecords& records, const JsonRecord* outer, const Sinks& sinks);
  absl::Status ReadRecord(const JsonRecord& record, bool is_inner, const Sinks& sinks);
  absl::Status ReadObject(const JsonRecord& record, const simdjson::dom::object& object,
                          const Sinks& sinks);
  // A wrapper that is no valid JSON: the items in it that are.
  absl::Status ReadBrokenWrapper(const JsonRecord& record, const Sinks& sinks);
  absl::Status ReadWrapped(const JsonRecord& record, const Wrapped& wrapped, const Sinks& sinks);
  absl::Status ReadItem(const JsonRecord& record, const simdjson::dom::object& object,
                        const ReleaseStatement* outer, const Sinks& sinks);

  ReadCounts& counts_;
  const SourceHooks hooks_;
  JsonParser parser_;
};

}  // namespace broadsheet::sources
