// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/ninjs_item.h"

#include <google/protobuf/timestamp.pb.h>

#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "engine/text/utf8.h"
#include "indexer/sources/article_fields.h"
#include "indexer/sources/json_field.h"
#include "indexer/sources/markup/flow_text.h"
#include "indexer/sources/markup/html_fragment.h"
#include "indexer/sources/wire_date.h"

namespace broadsheet::sources {
namespace {

using markup::FlowText;
using simdjson::dom::array;
using simdjson::dom::element;
using simdjson::dom::object;

// Names of all versions become one: "versionCreated", "versioncreated" -> "versioncreated";
// "body_xhtml" -> "bodyxhtml".
std::string Plain(std::string_view key) {
  std::string plain = absl::AsciiStrToLower(std::string(key));
  std::erase(plain, '_');
  std::erase(plain, '$');
  return plain;
}

// A text with what it says it is: "xhtml", "html", "text", a media type, or "".
struct Variant {
  std::string kind;
  std::string role;
  std::string text;

  bool IsMarkup() const {
    return kind.find("html") != std::string::npos || kind.find("xml") != std::string::npos;
  }
};

// What an object says, by what it means; everything the versions write differently is alike here.
struct Item {
  std::string uri, type, version, language, by, located, title, slugline, notice, holder, credit;
  std::string status, embargoed, first_created, content_created, version_created;
  std::vector<Variant> headlines, descriptions, bodies;
  std::vector<std::string> tags, sources, genres;
  std::string media_url, page_url;
  std::vector<object> associations;
};

using StringField = std::string Item::*;

constexpr std::array<std::pair<std::string_view, StringField>, 18> kStrings = {{
    {"uri", &Item::uri},
    {"type", &Item::type},
    {"version", &Item::version},
    {"language", &Item::language},
    {"byline", &Item::by},
    {"by", &Item::by},
    {"located", &Item::located},
    {"title", &Item::title},
    {"slugline", &Item::slugline},
    {"copyrightnotice", &Item::notice},
    {"copyrightholder", &Item::holder},
    {"creditline", &Item::credit},
    {"pubstatus", &Item::status},
    {"embargoed", &Item::embargoed},
    {"embargoeduntil", &Item::embargoed},
    {"firstcreated", &Item::first_created},
    {"contentcreated", &Item::content_created},
    {"versioncreated", &Item::version_created},
}};

using TextField = std::vector<Variant> Item::*;

// "headline", "headline_main" of 1.x; "headlines" of 2.x and 3.x.
constexpr std::array<std::pair<std::string_view, TextField>, 3> kTexts = {{
    {"headline", &Item::headlines},
    {"description", &Item::descriptions},
    {"body", &Item::bodies},
}};

using NamesField = std::vector<std::string> Item::*;

constexpr std::array<std::pair<std::string_view, NamesField>, 16> kConcepts = {{
    {"person", &Item::tags},
    {"people", &Item::tags},
    {"organisation", &Item::tags},
    {"organisations", &Item::tags},
    {"place", &Item::tags},
    {"places", &Item::tags},
    {"subject", &Item::tags},
    {"subjects", &Item::tags},
    {"event", &Item::tags},
    {"events", &Item::tags},
    {"object", &Item::tags},
    {"objects", &Item::tags},
    {"infosource", &Item::sources},
    {"infosources", &Item::sources},
    {"genre", &Item::genres},
    {"genres", &Item::genres},
}};

// An array's objects, or the one object that stands in its place.
template <typename OnItem>
absl::Status ForEachObject(const element& value, const FieldPath& path, OnItem on_item) {
  if (value.is_null()) return absl::OkStatus();
  object single;
  if (value.get(single) == simdjson::SUCCESS) return on_item(single, path);
  array items;
  if (value.get(items) != simdjson::SUCCESS) {
    return WrongFieldType(path, "an array of objects", value);
  }
  size_t index = 0;
  for (const element entry : items) {
    const FieldPath at = path + "[" + std::to_string(index++) + "]";
    if (entry.get(single) != simdjson::SUCCESS) return WrongFieldType(at, "an object", entry);
    if (absl::Status read = on_item(single, at); !read.ok()) return read;
  }
  return absl::OkStatus();
}

// The first of the members `names` (plain) that is a string and not empty.
std::string StringMember(const object& from, std::initializer_list<std::string_view> names) {
  for (const std::string_view name : names) {
    for (const auto& [key, value] : from) {
      std::string_view text;
      if (Plain(key) == name && value.get(text) == simdjson::SUCCESS && !text.empty()) {
        return std::string(text);
      }
    }
  }
  return "";
}

absl::Status ReadVariants(const element& value, const FieldPath& path,
                          std::vector<Variant>* variants) {
  return ForEachObject(value, path, [&](const object& from, const FieldPath&) {
    Variant variant{.kind = absl::AsciiStrToLower(StringMember(from, {"contenttype"})),
                    .role = absl::AsciiStrToLower(StringMember(from, {"role"})),
                    .text = StringMember(from, {"value"})};
    if (variant.kind.empty()) variant.kind = variant.role;
    if (!variant.text.empty()) variants->push_back(std::move(variant));
    return absl::OkStatus();
  });
}

// "headlines": [...], "headline": "...", "headline_main": "..."; whether `key` is one of these.
absl::StatusOr<bool> ReadTextMember(std::string_view key, const element& value, Item* item) {
  const std::string plain = Plain(key);
  for (const auto& [stem, field] : kTexts) {
    const bool is_list = plain == std::string(stem) + "s" || (stem == "body" && plain == "bodies");
    if (is_list) {
      absl::Status read = ReadVariants(value, FieldPath(key), &(item->*field));
      if (!read.ok()) return read;
      return true;
    }
    const bool is_own = plain == stem || key.starts_with(std::string(stem) + "_");
    if (!is_own) continue;
    Variant variant{
        .kind = plain.substr(stem.size()), .role = plain.substr(stem.size()), .text = {}};
    absl::Status read = ReadStringField(value, FieldPath(key), &variant.text);
    if (!read.ok()) return read;
    if (!variant.text.empty()) (item->*field).push_back(std::move(variant));
    return true;
  }
  return false;
}

// The renditions: an object of names in 1.x, an array since.
void ReadRenditions(const element& value, Item* item) {
  std::vector<object> renditions;
  object named;
  array listed;
  object rendition;
  if (value.get(named) == simdjson::SUCCESS) {
    for (const auto& [name, entry] : named) {
      if (entry.get(rendition) == simdjson::SUCCESS) renditions.push_back(rendition);
    }
  } else if (value.get(listed) == simdjson::SUCCESS) {
    for (const element entry : listed) {
      if (entry.get(rendition) == simdjson::SUCCESS) renditions.push_back(rendition);
    }
  }
  double largest = -1;
  for (const object& entry : renditions) {
    const std::string href = StringMember(entry, {"href"});
    const std::string type = StringMember(entry, {"contenttype", "mimetype"});
    if (type.find("html") != std::string::npos) {
      item->page_url = href;
      continue;
    }
    double width = 0;
    if (entry["width"].get(width) != simdjson::SUCCESS) width = 0;
    if (!href.empty() && width > largest) {
      item->media_url = href;
      largest = width;
    }
  }
}

absl::Status ReadAssociations(const element& value, Item* item) {
  array listed;
  if (value.get(listed) == simdjson::SUCCESS) {
    return ForEachObject(value, "associations", [&](const object& entry, const FieldPath&) {
      item->associations.push_back(entry);
      return absl::OkStatus();
    });
  }
  object named;
  if (value.is_null()) return absl::OkStatus();
  if (value.get(named) != simdjson::SUCCESS) {
    return WrongFieldType("associations", "an object or an array", value);
  }
  for (const auto& [name, entry] : named) {
    const FieldPath path = "associations." + std::string(name);
    absl::Status read = ForEachObject(entry, path, [&](const object& one, const FieldPath&) {
      item->associations.push_back(one);
      return absl::OkStatus();
    });
    if (!read.ok()) return read;
  }
  return absl::OkStatus();
}

absl::Status ReadNames(const element& value, const FieldPath& path,
                       std::vector<std::string>* names) {
  return ForEachObject(value, path, [&](const object& entry, const FieldPath&) {
    std::string name = StringMember(entry, {"name", "literal"});
    if (!name.empty()) names->push_back(std::move(name));
    return absl::OkStatus();
  });
}

absl::Status ReadMember(std::string_view key, const element& value, Item* item) {
  const std::string plain = Plain(key);
  for (const auto& [name, field] : kStrings) {
    if (plain == name) return ReadStringField(value, FieldPath(key), &(item->*field));
  }
  for (const auto& [name, field] : kConcepts) {
    if (plain == name) return ReadNames(value, FieldPath(key), &(item->*field));
  }
  if (plain == "renditions") ReadRenditions(value, item);
  if (plain == "associations") return ReadAssociations(value, item);
  return ReadTextMember(key, value, item).status();
}

absl::StatusOr<Item> ReadItem(const object& from) {
  Item item;
  for (const auto& [key, value] : from) {
    if (absl::Status read = ReadMember(key, value, &item); !read.ok()) return read;
  }
  return item;
}

// The best of the variants: what `role` says first, then what is marked up, since paragraphs are
// lost in plain text.
const Variant* Best(const std::vector<Variant>& variants, std::string_view role) {
  const Variant* best = nullptr;
  int best_score = -1;
  for (const Variant& variant : variants) {
    const int score = (variant.role == role ? 2 : 0) + (variant.IsMarkup() ? 1 : 0);
    if (score <= best_score) continue;
    best = &variant;
    best_score = score;
  }
  return best;
}

// "body, xhtml", "headline": for a person to read.
std::string Named(std::string_view field, const Variant& variant) {
  const std::string& which = variant.role.empty() ? variant.kind : variant.role;
  return std::string(field) + (which.empty() ? "" : ", " + which);
}

absl::StatusOr<FlowText> Flow(const Variant* variant) {
  if (variant == nullptr) return FlowText();
  return markup::ReadHtmlFlow(variant->text);
}

// "Jane Doe / The Wire", unless the one names the other already.
std::string Credit(const Item& item) {
  if (!item.credit.empty()) return item.credit;
  if (item.by.empty()) return item.holder;
  if (item.holder.empty() || item.by.find(item.holder) != std::string::npos) return item.by;
  return item.by + " / " + item.holder;
}

bool IsMedium(const Item& item) {
  for (const char* type : {"picture", "graphic", "video", "audio"}) {
    if (item.type == type) return true;
  }
  return item.type.empty() && !item.media_url.empty();
}

absl::StatusOr<v1::Caption> CaptionOf(const Item& item) {
  const absl::StatusOr<FlowText> flow = Flow(Best(item.descriptions, "caption"));
  if (!flow.ok()) return flow.status();
  v1::Caption caption;
  caption.set_text(flow->Body());
  if (caption.text().empty() && !item.headlines.empty()) {
    caption.set_text(markup::PlainLine(item.headlines[0].text));
  }
  caption.set_credit(Credit(item));
  caption.set_media_url(item.media_url);
  return caption;
}

absl::Status SetTimes(const Item& item, Draft& draft) {
  const auto publish = [&](const std::string& time, const char* name) {
    SetPublishedFrom(time, draft.article());
    draft.GivenBy(name);
  };
  publish(item.first_created, "firstcreated");
  publish(item.content_created, "contentcreated");
  publish(item.version_created, "versioncreated");
  google::protobuf::Timestamp time;
  if (ReadInstant(item.version_created, &time)) *draft->mutable_updated_time() = time;
  draft.GivenBy("versioncreated");
  if (item.embargoed.empty()) return absl::OkStatus();
  // What cannot be kept back until its time must not be shown before it.
  const absl::StatusOr<schema::Published> embargo = ParseWireDate(item.embargoed);
  if (!embargo.ok()) return WrongField("embargoed", std::string(embargo.status().message()));
  ReadInstant(item.embargoed, draft->mutable_embargo_time());
  draft.GivenBy("embargoed");
  return absl::OkStatus();
}

absl::Status SetStatus(const Item& item, Draft& draft) {
  draft->set_version(ReadVersion(item.version));
  draft.GivenBy("version");
  if (item.status.empty()) return absl::OkStatus();
  draft->set_status(ReadStatus(item.status));
  // Taken for usable, a misspelt "canceled" would be shown.
  draft.GivenBy("pubstatus");
  if (draft->status() != v1::Article::STATUS_UNSPECIFIED) return absl::OkStatus();
  constexpr size_t kMaxQuotedBytes = 80;
  return WrongField("pubstatus", "expected usable, withheld or canceled, found \"" +
                                     std::string(text::PrefixOf(item.status, kMaxQuotedBytes)) +
                                     "\"");
}

absl::Status SetNinjsText(const Item& item, Draft& draft) {
  const Variant* headline = Best(item.headlines, "main");
  draft->set_headline(markup::PlainLine(headline == nullptr ? item.title : headline->text));
  draft.GivenBy(headline == nullptr ? "title" : Named("headline", *headline));
  const Variant* text = Best(item.bodies, "main");
  const absl::StatusOr<FlowText> body = Flow(text);
  if (!body.ok()) return body.status();
  draft->set_body(body->Body());
  for (const v1::Caption& caption : body->captions) AddCaption(caption, draft.article());
  if (text != nullptr) draft.GivenBy(Named("body", *text));
  if (IsMedium(item)) {
    absl::StatusOr<v1::Caption> caption = CaptionOf(item);
    if (!caption.ok()) return caption.status();
    AddCaption(*std::move(caption), draft.article());
    draft.GivenBy("description of the medium");
    return absl::OkStatus();
  }
  const Variant* description = Best(item.descriptions, "summary");
  const absl::StatusOr<FlowText> summary = Flow(description);
  if (!summary.ok()) return summary.status();
  draft->set_summary(summary->Body());
  if (description != nullptr) draft.GivenBy(Named("description", *description));
  return absl::OkStatus();
}

absl::Status AddAssociations(const Item& item, Draft& draft) {
  for (const object& entry : item.associations) {
    const absl::StatusOr<Item> medium = ReadItem(entry);
    if (!medium.ok()) return medium.status();
    // Another story that goes with this one is none of its captions.
    if (!IsMedium(*medium)) continue;
    absl::StatusOr<v1::Caption> caption = CaptionOf(*medium);
    if (!caption.ok()) return caption.status();
    AddCaption(*std::move(caption), draft.article());
  }
  draft.GivenBy("associations");
  return absl::OkStatus();
}

void SetRest(const Item& item, Draft& draft) {
  draft->set_id(item.uri);
  draft.GivenBy("uri");
  draft->set_url(item.page_url);
  draft.GivenBy("renditions");
  draft->set_language(item.language);
  draft.GivenBy("language");
  draft->set_dateline(item.located);
  draft.GivenBy("located");
  draft->set_source(item.sources.empty() ? item.holder : item.sources[0]);
  draft.GivenBy(item.sources.empty() ? "copyrightholder" : "infosource");
  draft->set_copyright(item.notice);
  draft.GivenBy("copyrightnotice");
  if (item.notice.empty() && !item.holder.empty()) {
    draft->set_copyright("Copyright " + item.holder);
  }
  draft.GivenBy("copyrightholder");
  AddBylines(item.by, draft.article());
  draft.GivenBy("byline");
  for (const std::string& tag : item.tags) AddTag(tag, draft.article());
  draft.GivenBy("subject, person, organisation, place, event, object");
  auto& labels = *draft->mutable_labels();
  if (!item.slugline.empty()) labels["slugline"] = item.slugline;
  if (!item.genres.empty()) labels["genre"] = item.genres[0];
  if (!item.type.empty() && item.type != "text") labels["type"] = item.type;
}

}  // namespace

absl::Status ReadNinjsItem(const object& from, Draft& draft) {
  const absl::StatusOr<Item> item = ReadItem(from);
  if (!item.ok()) return item.status();
  for (const auto step : {&SetTimes, &SetStatus, &SetNinjsText, &AddAssociations}) {
    if (absl::Status done = step(*item, draft); !done.ok()) return done;
  }
  SetRest(*item, draft);
  return absl::OkStatus();
}

}  // namespace broadsheet::sources
