// SPDX-License-Identifier: GPL-3.0-or-later
// XML of any dialect, read by a map of its names (json/field_map.h): each element that the map
// calls its record is an article.
#pragma once

#include <string_view>
#include <utility>

#include "indexer/sources/article/source.h"
#include "indexer/sources/json/field_map.h"
#include "indexer/sources/json/json_parser.h"
#include "indexer/sources/markup/xml_reader.h"

namespace broadsheet::sources {

// Whether XML that starts with `head` has an element of that name; prefixes do not count.
bool HasElement(std::string_view head, std::string_view name);

class MappedXmlSource : public ArticleSource {
 public:
  // `map` has a record, and must outlive this. Adds to `counts`, which must outlive this. `hooks`
  // may be empty.
  MappedXmlSource(ReadCounts* counts, const FieldMap& map, SourceHooks hooks = {})
      : counts_(*counts), map_(map), hooks_(std::move(hooks)) {}

  absl::Status ReadAll(Input& input, const ArticleSink& articles,
                       const RejectSink& rejects) override;

 private:
  absl::StatusOr<bool> ReadRecord(const markup::XmlRecord& record, Draft& draft);

  ReadCounts& counts_;
  const FieldMap& map_;
  const SourceHooks hooks_;
  JsonParser parser_;
};

}  // namespace broadsheet::sources
