// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/xml/json_feed.h"

#include <simdjson.h>

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_format.h"
#include "indexer/sources/article/article_fields.h"
#include "indexer/sources/article/draft.h"
#include "indexer/sources/article/wire_date.h"
#include "indexer/sources/json/held_back.h"
#include "indexer/sources/json/hold_in_text.h"
#include "indexer/sources/json/json_field.h"
#include "indexer/sources/json/json_parser.h"
#include "indexer/sources/json/json_records.h"
#include "indexer/sources/json/wrapper.h"
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
    const bool is_usable = !stated.empty() && markup::IsWebAddress(address);
    if (draft->url().empty() && is_usable) draft->set_url(address);
    draft.GivenBy(name);
    if (!stated.empty() && !is_usable) {
      draft.Warn("the " + std::string(name) + " is no address of a page: left out");
    }
  }
  std::string id = TextOf(item, "id");
  if (id.starts_with("http://") || id.starts_with("https://")) id = markup::ResolveAddress("", id);
  if (markup::NamesNoDocument(id)) id.clear();
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

absl::Status ReadItem(const object& item, const object& feed, Draft& draft) {
  const std::optional<HoldingMember> hold = FindUnreadHold(item, {});
  if (hold.has_value()) return HoldNotRead(*hold, JsonReader::kLines);
  StateNotesOf(item, draft.release());
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

// Whether what was found behind a break is an item, and no part of one such as an attachment.
bool IsItem(const object& from) {
  const auto has = [&](std::string_view name) { return from[name].error() == simdjson::SUCCESS; };
  return has("content_html") || has("content_text") || (has("id") && has("title"));
}

class FeedReading {
 public:
  FeedReading(std::string name, const SourceHooks& hooks, const RejectSink& rejects)
      : name_(std::move(name)), hooks_(hooks), rejects_(rejects) {}

  absl::Status Refuse(const absl::Status& why, uint64_t lost, std::string record = {},
                      uint64_t line = 0) {
    if (!absl::IsInvalidArgument(why) && !absl::IsDataLoss(why)) return why;
    return rejects_({.input = name_,
                     .line = line,
                     .reason = std::string(why.message()),
                     .record = std::move(record),
                     .lost = lost});
  }

  // Before the first item is taken.
  void TakeFeed(const object& feed) { feed_shown_ = CheckFeed(feed); }

  absl::Status Take(const element& one, const object& feed, uint64_t line = 0) {
    const RecordPlace place{.input = name_, .line = line};
    std::string record = simdjson::minify(one);
    if (hooks_.on_trace) hooks_.on_trace(TraceOfRecord(place, record));
    object item;
    auto draft = std::make_unique<Draft>(hooks_, place);
    absl::Status read = absl::InvalidArgumentError("an item that is no object");
    if (one.get(item) == simdjson::SUCCESS) {
      read = feed_shown_.ok() ? ReadItem(item, feed, *draft) : feed_shown_;
    }
    if (!read.ok()) return Refuse(read, 0, std::move(record), line);
    drafts_.push_back(std::move(draft));
    records_.push_back(std::move(record));
    return absl::OkStatus();
  }

  // Takes the items of a feed that is no valid JSON one by one; what is broken is lost.
  absl::Status TakeBroken(const std::string& json, const absl::Status& why);

  absl::Status HandOver(const ArticleSink& articles) {
    FeedIdentity().Settle(drafts_);
    for (size_t i = 0; i < drafts_.size(); ++i) {
      const absl::Status handed = drafts_[i]->HandOver(articles);
      if (handed.ok()) continue;
      absl::Status refused = Refuse(handed, 0, std::move(records_[i]));
      if (!refused.ok()) return refused;
    }
    return absl::OkStatus();
  }

 private:
  absl::Status TakeRecord(const JsonRecord& record, const object& feed, JsonParser& parser);
  absl::Status Withhold(const absl::Status& why, const std::string& hold);

  const std::string name_;
  const SourceHooks& hooks_;
  const RejectSink& rejects_;
  // Why no item of the feed may be shown.
  absl::Status feed_shown_;
  std::vector<std::unique_ptr<Draft>> drafts_;
  std::vector<std::string> records_;  // of each draft
};

absl::Status FeedReading::TakeRecord(const JsonRecord& record, const object& feed,
                                     JsonParser& parser) {
  std::string text(record.text);
  if (!record.whole.ok()) return Refuse(record.whole, 1, std::move(text), record.line);
  bool repaired = false;
  const absl::StatusOr<element> one = parser.Parse(record.text, &repaired);
  if (!one.ok()) return Refuse(one.status(), 1, std::move(text), record.line);
  object item;
  if (record.salvaged && (one->get(item) != simdjson::SUCCESS || !IsItem(item))) {
    return absl::OkStatus();
  }
  return Take(*one, feed, record.line);
}

absl::Status FeedReading::TakeBroken(const std::string& json, const absl::Status& why) {
  const size_t first = FindWrapped(json);
  if (first == std::string::npos) return Refuse(why, 1);
  const std::string_view text = json;
  if (const auto hold = FindHoldInText(text.substr(0, first)); hold.has_value()) {
    return Withhold(why, *hold);
  }
  JsonParser head_parser;
  bool repaired = false;
  std::string head = json.substr(0, first) + "]}";
  head.reserve(head.size() + JsonParser::kPadding);
  const absl::StatusOr<element> head_root = head_parser.Parse(head, &repaired);
  object feed;
  array items;
  if (!head_root.ok() || head_root->get(feed) != simdjson::SUCCESS ||
      feed["items"].get(items) != simdjson::SUCCESS) {
    return Refuse(why, 1);
  }
  TakeFeed(feed);
  const absl::StatusOr<std::unique_ptr<Input>> input = Input::OpenBytes(json, name_);
  if (!input.ok()) return input.status();
  JsonRecords records(**input, kMaxFeedBytes, /*enters_wrappers=*/true);
  JsonParser parser;
  JsonRecord record;
  size_t behind = first;
  bool is_whole = true;
  while (true) {
    const absl::StatusOr<bool> more = records.Next(&record);
    if (!more.ok()) return Refuse(more.status(), 1);
    if (!*more) break;
    behind = record.byte_offset + record.text.size();
    is_whole = record.whole.ok();
    if (absl::Status taken = TakeRecord(record, feed, parser); !taken.ok()) return taken;
  }
  const bool breaks_off = records.ends_in_array();
  // A member of the feed may stand behind its items.
  if (is_whole || !breaks_off) {
    if (const auto hold = FindHoldInText(text.substr(behind)); hold.has_value()) {
      return Withhold(why, *hold);
    }
  }
  // The item that is broken was told.
  return breaks_off && is_whole ? Refuse(why, 1) : absl::OkStatus();
}

absl::Status FeedReading::Withhold(const absl::Status& why, const std::string& hold) {
  drafts_.clear();
  records_.clear();
  return Refuse(
      absl::InvalidArgumentError(absl::StrFormat(
          "%s; none of its items is read, since \"%s\" may hold them back", why.message(), hold)),
      1);
}

// The text of the feed as far as it can be read, and what is wrong behind it.
absl::Status ReadFeedText(Input& input, std::string* json) {
  constexpr size_t kReadBytes = 64 << 10;
  while (json->size() <= kMaxFeedBytes) {
    const absl::StatusOr<std::string_view> bytes = input.Next(kReadBytes);
    if (!bytes.ok() || bytes->empty()) return bytes.status();
    *json += *bytes;
  }
  json->clear();
  return absl::InvalidArgumentError(
      absl::StrFormat("a JSON Feed of more than %d bytes cannot be read at once", kMaxFeedBytes));
}

}  // namespace

absl::Status ReadJsonFeed(Input& input, const SourceHooks& hooks, const ArticleSink& articles,
                          const RejectSink& rejects) {
  FeedReading reading(input.name(), hooks, rejects);
  std::string json;
  const absl::Status read = ReadFeedText(input, &json);
  if (!read.ok() && json.empty()) return reading.Refuse(read, 1);
  if (!read.ok() && !absl::IsDataLoss(read)) return read;
  json.reserve(json.size() + JsonParser::kPadding);
  JsonParser parser;
  bool repaired = false;
  const absl::StatusOr<element> root = parser.Parse(json, &repaired);
  absl::Status taken;
  if (!read.ok() || !root.ok()) {
    taken = reading.TakeBroken(json, read.ok() ? root.status() : read);
    if (!taken.ok()) return taken;
    return reading.HandOver(articles);
  }
  object feed;
  array items;
  if (root->get(feed) != simdjson::SUCCESS || feed["items"].get(items) != simdjson::SUCCESS ||
      items.size() == 0) {
    return reading.Refuse(absl::InvalidArgumentError("a feed without any item"), 0);
  }
  reading.TakeFeed(feed);
  for (const element& one : items) {
    if (taken = reading.Take(one, feed); !taken.ok()) return taken;
  }
  return reading.HandOver(articles);
}

}  // namespace broadsheet::sources
