// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/rss.h"

#include "indexer/sources/feed_item.h"
#include "indexer/sources/xml_source.h"

namespace broadsheet::sources {

absl::Status RssSource::ReadAll(Input& input, const ArticleSink& articles,
                                const RejectSink& rejects) {
  const markup::XmlOptions options{.is_record =
                                       [](const markup::Element& element, const markup::Element*) {
                                         return element.name == "item" || element.name == "entry";
                                       },
                                   .recover = true};
  const auto read = [](const markup::XmlRecord& record,
                       v1::Article* article) -> absl::StatusOr<bool> {
    const absl::Status done = ReadFeedItem(*record.element, record.around, article);
    if (!done.ok()) return done;
    return true;
  };
  return ReadXmlArticles(input, options, read, "a feed without any item", articles, rejects);
}

}  // namespace broadsheet::sources
