// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/make_source.h"

#include "indexer/sources/html/read_html.h"
#include "indexer/sources/json/jsonl.h"
#include "indexer/sources/json/ninjs.h"
#include "indexer/sources/page_source.h"
#include "indexer/sources/warc/warc.h"
#include "indexer/sources/xml/mapped_xml.h"
#include "indexer/sources/xml/newsml.h"
#include "indexer/sources/xml/nitf.h"
#include "indexer/sources/xml/rss.h"

namespace broadsheet::sources {

std::unique_ptr<ArticleSource> MakeSource(Format format, const SourceOptions& options,
                                          ReadCounts* counts) {
  switch (format) {
    case Format::kHtml:
      return std::make_unique<PageSource>(PageKind::kHtml, counts, options.hooks);
    case Format::kJsonl:
      return std::make_unique<JsonlSource>(counts, options.map, options.hooks);
    case Format::kNinjs:
      return std::make_unique<NinjsSource>(counts, options.hooks);
    case Format::kNitf:
      return std::make_unique<NitfSource>(options.hooks);
    case Format::kNewsml:
      return std::make_unique<NewsmlSource>(counts, options.hooks);
    case Format::kRss:
      return std::make_unique<RssSource>(counts, options.hooks);
    case Format::kXml:
      return std::make_unique<MappedXmlSource>(counts, *options.map, options.hooks);
    case Format::kWarc:
      return std::make_unique<WarcSource>(counts, &html::ReadHtml, options.hooks);
    case Format::kAuto:
    case Format::kText:
      break;
  }
  return std::make_unique<PageSource>(PageKind::kText, counts, options.hooks);
}

}  // namespace broadsheet::sources
