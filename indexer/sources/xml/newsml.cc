// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/xml/newsml.h"

#include <array>

#include "indexer/sources/wording/word_set.h"
#include "indexer/sources/xml/named_release.h"
#include "indexer/sources/xml/newsml1_item.h"
#include "indexer/sources/xml/newsml_item.h"
#include "indexer/sources/xml/xml_source.h"

namespace broadsheet::sources {
namespace {

constexpr std::array<std::string_view, 7> kItems = {"newsItem", "packageItem", "conceptItem",
                                                    "knowledgeItem", "planningItem", "catalogItem",
                                                    // NewsML 1.x
                                                    "NewsItem"};

}  // namespace

absl::Status NewsmlSource::ReadAll(Input& input, const ArticleSink& articles,
                                   const RejectSink& rejects) {
  const XmlFormat format{
      .options = {.is_record =
                      [](const markup::Element& element, const markup::Element*) {
                        return IsOneOf(element.name, kItems);
                      }},
      .read = [this](const markup::XmlRecord& record, Draft& draft) -> absl::StatusOr<bool> {
        const markup::Element& item = *record.element;
        StateEnvelopes(record.envelopes, draft.release());
        if (item.name == "NewsItem") return ReadNewsml1Item(item, draft, counts_);
        if (item.name == "newsItem") return ReadNewsItem(item, draft, counts_);
        counts_.CountSkipped(item.name);
        return false;
      },
      .none = "no <newsItem> or other item of NewsML in it"};
  return ReadXmlArticles(input, format, hooks_, articles, rejects);
}

}  // namespace broadsheet::sources
