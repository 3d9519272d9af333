// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/xml/rss.h"

#include <string>
#include <string_view>

#include "indexer/sources/xml/feed_identity.h"
#include "indexer/sources/xml/feed_item.h"
#include "indexer/sources/xml/feed_release.h"
#include "indexer/sources/xml/json_feed.h"
#include "indexer/sources/xml/named_release.h"
#include "indexer/sources/xml/xml_source.h"

namespace broadsheet::sources {

namespace {

// An error of the input is found when it is read.
bool IsJson(Input& input) {
  constexpr size_t kLongestStart = 64;
  const absl::StatusOr<std::string_view> start = input.Peek(kLongestStart);
  if (!start.ok()) return false;
  const size_t first = start->find_first_not_of("\xef\xbb\xbf \t\r\n");
  return first != std::string_view::npos && (*start)[first] == '{';
}

}  // namespace

absl::Status RssSource::ReadAll(Input& input, const ArticleSink& articles,
                                const RejectSink& rejects) {
  if (IsJson(input)) return ReadJsonFeed(input, hooks_, articles, rejects);
  FeedIdentity identity;
  const XmlFormat format{
      .options = {.is_record =
                      [](const markup::Element& element, const markup::Element*) {
                        return element.name == "item" || element.name == "entry" ||
                               element.name == "ITEM";
                      },
                  .recover = true},
      .read = [this](const markup::XmlRecord& record, Draft& draft) -> absl::StatusOr<bool> {
        if (const std::string kind = NoArticleKind(*record.element); !kind.empty()) {
          counts_.CountSkipped(kind);
          return false;
        }
        StateEnvelopes(record.envelopes, draft.release());
        const absl::Status done = ReadFeedItem(*record.element, record.around, draft);
        if (!done.ok()) return done;
        return true;
      },
      .none = "a feed without any item",
      .settle = [&identity](const auto& drafts) { identity.Settle(drafts); }};
  return ReadXmlArticles(input, format, hooks_, articles, rejects);
}

}  // namespace broadsheet::sources
