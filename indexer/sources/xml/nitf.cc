// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/xml/nitf.h"

#include "indexer/sources/xml/named_release.h"
#include "indexer/sources/xml/nitf_article.h"
#include "indexer/sources/xml/xml_source.h"

namespace broadsheet::sources {

absl::Status NitfSource::ReadAll(Input& input, const ArticleSink& articles,
                                 const RejectSink& rejects) {
  const XmlFormat format{
      .options = {.is_record = [](const markup::Element& element,
                                  const markup::Element*) { return element.name == "nitf"; }},
      .read =
          [](const markup::XmlRecord& record, Draft& draft) {
            StateEnvelopes(record.envelopes, draft.release());
            ReadNitfArticle(*record.element, draft);
            return true;
          },
      .none = "no <nitf> element in it"};
  return ReadXmlArticles(input, format, hooks_, articles, rejects);
}

}  // namespace broadsheet::sources
