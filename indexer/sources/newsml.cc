// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/newsml.h"

#include <algorithm>
#include <array>

#include "indexer/sources/newsml_item.h"
#include "indexer/sources/xml_source.h"

namespace broadsheet::sources {
namespace {

constexpr std::array<std::string_view, 6> kItems = {"newsItem",      "packageItem",  "conceptItem",
                                                    "knowledgeItem", "planningItem", "catalogItem"};

}  // namespace

absl::Status NewsmlSource::ReadAll(Input& input, const ArticleSink& articles,
                                   const RejectSink& rejects) {
  const markup::XmlOptions options{
      .is_record = [](const markup::Element& element, const markup::Element*) {
        return std::find(kItems.begin(), kItems.end(), element.name) != kItems.end();
      }};
  const auto read = [this](const markup::XmlRecord& record,
                           v1::Article* article) -> absl::StatusOr<bool> {
    const markup::Element& item = *record.element;
    if (item.name != "newsItem") {
      counts_.CountSkipped(item.name);
      return false;
    }
    if (const absl::Status done = ReadNewsItem(item, article); !done.ok()) return done;
    return true;
  };
  return ReadXmlArticles(input, options, read, "no <newsItem> or other item of NewsML-G2 in it",
                         articles, rejects);
}

}  // namespace broadsheet::sources
