// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/nitf.h"

#include "indexer/sources/nitf_article.h"
#include "indexer/sources/xml_source.h"

namespace broadsheet::sources {

absl::Status NitfSource::ReadAll(Input& input, const ArticleSink& articles,
                                 const RejectSink& rejects) {
  const markup::XmlOptions options{
      .is_record = [](const markup::Element& element, const markup::Element*) {
        return element.name == "nitf";
      }};
  const auto read = [](const markup::XmlRecord& record, v1::Article* article) {
    ReadNitfArticle(*record.element, article);
    return true;
  };
  return ReadXmlArticles(input, options, read, "no <nitf> element in it", articles, rejects);
}

}  // namespace broadsheet::sources
