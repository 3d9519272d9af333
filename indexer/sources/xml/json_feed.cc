// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/xml/json_feed.h"

#include <simdjson.h>

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "indexer/sources/article/article_fields.h"
#include "indexer/sources/article/draft.h"
#include "indexer/sources/article/whole_input.h"
#include "indexer/sources/article/wire_date.h"
#include "indexer/sources/json/held_back.h"
#include "indexer/sources/json/json_field.h"
#include "indexer/sources/json/json_parser.h"
#include "indexer/sources/markup/address.h"
#include "indexer/sources/markup/flow_text.h"
#include "indexer/sources/markup/html_fragment.h"
#include "indexer/sources/xml/feed_identity.h"

namespace broadsheet::sources {
namespace {

using simdjson::dom::array;
using simdjson::dom::element;
using simdjson::dom::object;

constexpr size_t kMaxFeedBytes = 16 << 20;

// The text of a member, or its number as text; "" when it is neither.
std::string TextOf(const object& from, std::string_view name) {
  std::string_view text;
  int64_t number = 0;
  const auto member = from[name];
  if (member.get(text) == simdjson::SUCCESS) return std::string(text);
  if (member.get(number) == simdjson::SUCCESS) return std::to_string(number);
  return "";
}

void AddAuthors(const object& from, Draft& draft) {
  array authors;
  object author;
  if (from["authors"].get(authors) == simdjson::SUCCESS) {
    for (const element& one : authors) {
      if (one.get(author) == simdjson::SUCCESS) AddBylines(TextOf(author, "name"), draft.article());
    }
  }
  if (draft->bylines_size() == 0 && from["author"].get(author) == simdjson::SUCCESS) {
    AddBylines(TextOf(author, "name"), draft.article());
  }
}

void ReadIdentity(const object& item, const object& feed, Draft& draft) {
  std::string base = TextOf(feed, "home_page_url");
  if (!markup::IsAbsoluteAddress(base)) base = TextOf(feed, "feed_url");
  for (const char* name : {"url", "external_url"}) {
    const std::string stated = TextOf(item, name);
    const std::string address = markup::ResolveAddress(base, stated);
    const bool is_usable = !stated.empty() && markup::IsAbsoluteAddress(address);
    if (draft->url().empty() && is_usable) draft->set_url(address);
    draft.GivenBy(name);
  }
  const std::string id = TextOf(item, "id");
  if (markup::IsAbsoluteAddress(id)) {
    draft->set_id(id);
  } else if (!id.empty() && draft->url().empty() && markup::IsAbsoluteAddress(base)) {
    draft->set_id(base + "#" + id);
  }
  draft.GivenBy("id");
}

absl::Status ReadText(const object& item, Draft& draft) {
  draft->set_headline(markup::PlainLine(TextOf(item, "title")));
  draft.GivenBy("title");
  draft->set_summary(markup::ReadPlainFlow(TextOf(item, "summary")).Body());
  draft.GivenBy("summary");
  const absl::StatusOr<markup::FlowText> flow = markup::ReadHtmlFlow(TextOf(item, "content_html"));
  if (!flow.ok()) return flow.status();
  draft->set_body(flow->Body());
  for (const v1::Caption& caption : flow->captions) AddCaption(caption, draft.article());
  draft.GivenBy("content_html");
  if (draft->body().empty()) {
    draft->set_body(markup::ReadPlainFlow(TextOf(item, "content_text")).Body());
  }
  draft.GivenBy("content_text");
  return absl::OkStatus();
}

absl::Status ReadItem(const object& item, const object& feed, Draft& draft) {
  const std::optional<HoldingMember> hold = FindUnreadHold(item, {});
  if (hold.has_value()) return HoldNotRead(*hold, JsonReader::kLines);
  ReadIdentity(item, feed, draft);
  AddAuthors(item, draft);
  draft.GivenBy("authors");
  if (draft->bylines_size() == 0) AddAuthors(feed, draft);
  draft.GivenBy("authors of the feed");
  SetPublishedFrom(TextOf(item, "date_published"), draft.article());
  draft.GivenBy("date_published");
  const std::string updated = TextOf(item, "date_modified");
  google::protobuf::Timestamp time;
  if (ReadInstant(updated, &time)) *draft->mutable_updated_time() = time;
  SetPublishedFrom(updated, draft.article());
  draft.GivenBy("date_modified");
  array tags;
  if (item["tags"].get(tags) == simdjson::SUCCESS) {
    for (const element& tag : tags) {
      std::string_view text;
      if (tag.get(text) == simdjson::SUCCESS) AddTag(text, draft.article());
    }
  }
  draft.GivenBy("tags");
  draft->set_language(TextOf(item, "language"));
  draft.GivenBy("language");
  if (draft->language().empty()) draft->set_language(TextOf(feed, "language"));
  draft->set_source(TextOf(feed, "title"));
  draft.GivenBy("stated by the feed");
  return ReadText(item, draft);
}

absl::Status ReadEntry(const element& entry, const object& feed, Draft& draft) {
  object item;
  if (entry.get(item) == simdjson::SUCCESS) return ReadItem(item, feed, draft);
  return absl::InvalidArgumentError("an item that is no object");
}

// What the feed states of its release holds for all of its items.
absl::Status CheckFeed(const object& feed) {
  for (const auto& [name, value] : feed) {
    if (name == "items") continue;
    const std::optional<HoldingMember> hold = FindInnerHold("", name, value);
    if (!hold.has_value()) continue;
    return WrongField(hold->path,
                      "may hold back all items of the feed, and a feed has no such name");
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status ReadJsonFeed(Input& input, const SourceHooks& hooks, const ArticleSink& articles,
                          const RejectSink& rejects) {
  const auto refuse = [&](const absl::Status& why, uint64_t lost, std::string record = {}) {
    if (!absl::IsInvalidArgument(why) && !absl::IsDataLoss(why)) return why;
    return rejects({.input = input.name(),
                    .reason = std::string(why.message()),
                    .record = std::move(record),
                    .lost = lost});
  };
  absl::StatusOr<std::string> json = ReadWhole(input, kMaxFeedBytes, "a JSON Feed");
  if (!json.ok()) return refuse(json.status(), 1);
  json->reserve(json->size() + JsonParser::kPadding);
  JsonParser parser;
  bool repaired = false;
  const absl::StatusOr<element> root = parser.Parse(*json, &repaired);
  if (!root.ok()) return refuse(root.status(), 1);
  object feed;
  array items;
  if (root->get(feed) != simdjson::SUCCESS || feed["items"].get(items) != simdjson::SUCCESS ||
      items.size() == 0) {
    return refuse(absl::InvalidArgumentError("a feed without any item"), 0);
  }
  const absl::Status shown = CheckFeed(feed);
  std::vector<std::unique_ptr<Draft>> drafts;
  std::vector<element> records;  // of each draft
  for (const element& one : items) {
    if (hooks.on_trace)
      hooks.on_trace(TraceOfRecord(RecordPlace{.input = input.name()}, simdjson::minify(one)));
    auto draft = std::make_unique<Draft>(hooks, RecordPlace{.input = input.name()});
    const absl::Status read = shown.ok() ? ReadEntry(one, feed, *draft) : shown;
    if (read.ok()) {
      drafts.push_back(std::move(draft));
      records.push_back(one);
    } else if (absl::Status refused = refuse(read, 0, simdjson::minify(one)); !refused.ok()) {
      return refused;
    }
  }
  FeedIdentity().Settle(drafts);
  for (size_t i = 0; i < drafts.size(); ++i) {
    const absl::Status handed = drafts[i]->HandOver(articles);
    if (handed.ok()) continue;
    if (absl::Status refused = refuse(handed, 0, simdjson::minify(records[i])); !refused.ok()) {
      return refused;
    }
  }
  return absl::OkStatus();
}

}  // namespace broadsheet::sources
