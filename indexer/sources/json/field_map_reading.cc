// SPDX-License-Identifier: GPL-3.0-or-later
// Reading by a map that field_map.cc has parsed.
#include <google/protobuf/timestamp.pb.h>

#include <array>
#include <optional>
#include <utility>

#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/time/time.h"
#include "indexer/sources/article/article_fields.h"
#include "indexer/sources/article/wire_date.h"
#include "indexer/sources/json/field_map.h"
#include "indexer/sources/json/held_back.h"
#include "indexer/sources/json/json_field.h"
#include "indexer/sources/markup/flow_text.h"

namespace broadsheet::sources {
namespace {

using simdjson::dom::array;
using simdjson::dom::element;
using simdjson::dom::object;
using Path = FieldMap::Path;
using Rule = FieldMap::Rule;

// Everything that `path`, from its part `at` on, leads to from `value`.
void Resolve(const element& value, const Path& path, size_t at, std::vector<element>* found) {
  array items;
  if (value.get(items) == simdjson::SUCCESS) {
    for (const element item : items) Resolve(item, path, at, found);
    return;
  }
  if (value.is_null()) return;
  if (at == path.size()) {
    found->push_back(value);
    return;
  }
  object members;
  element next;
  if (value.get(members) == simdjson::SUCCESS && members[path[at]].get(next) == simdjson::SUCCESS) {
    Resolve(next, path, at + 1, found);
  }
}

struct Values {
  std::vector<element> values;
  FieldPath path;  // for messages
};

Values ResolveFirst(const object& from, const std::vector<Path>& paths) {
  for (const Path& path : paths) {
    Values found{.values = {}, .path = absl::StrJoin(path, ".")};
    element next;
    if (from[path[0]].get(next) == simdjson::SUCCESS) Resolve(next, path, 1, &found.values);
    // An empty string is no better than none: the next path may have more.
    std::erase_if(found.values, [](const element& value) {
      std::string_view text;
      return value.get(text) == simdjson::SUCCESS &&
             text.find_first_not_of(" \t\r\n") == std::string_view::npos;
    });
    if (!found.values.empty()) return found;
  }
  return {};
}

// A string, or a number as it is written: ids often are; of an XML element its `xml_member`.
absl::StatusOr<std::string> TextOf(const element& value, const FieldPath& path,
                                   std::string_view xml_member = FieldMap::kTextMember) {
  int64_t number = 0;
  object xml_element;
  std::string_view xml_text;
  if (value.get(xml_element) == simdjson::SUCCESS &&
      xml_element[xml_member].get(xml_text) == simdjson::SUCCESS) {
    return std::string(xml_text);
  }
  if (value.get(number) == simdjson::SUCCESS) return std::to_string(number);
  std::string text;
  if (absl::Status read = ReadStringField(value, path, &text); !read.ok()) return read;
  return text;
}

absl::StatusOr<std::vector<std::string>> TextsOf(
    const object& from, const Rule& rule, std::string_view xml_member = FieldMap::kTextMember) {
  if (!rule.constant.empty()) return std::vector<std::string>{rule.constant};
  const Values found = ResolveFirst(from, rule.paths);
  std::vector<std::string> texts;
  for (const element& value : found.values) {
    absl::StatusOr<std::string> text = TextOf(value, found.path, xml_member);
    if (!text.ok()) return text.status();
    texts.push_back(*std::move(text));
  }
  return texts;
}

// A number counts from 1970 (TimeOfNumber).
absl::StatusOr<std::string> DateText(const element& value, const FieldPath& path) {
  double number = 0;
  if (value.get(number) != simdjson::SUCCESS) return TextOf(value, path);
  return absl::FormatTime("%Y-%m-%dT%H:%M:%SZ", TimeOfNumber(number), absl::UTCTimeZone());
}

// Which of several values at one path holds an article back, nobody can say.
absl::Status CheckIsOne(const Values& found) {
  if (found.values.size() == 1) return absl::OkStatus();
  return WrongField(found.path,
                    absl::StrFormat("expected one value, found %d", found.values.size()));
}

// What is at `path` states the article's embargo: a date, or a flag that says that there is one, or
// none.
absl::Status StateEmbargoAt(const object& from, const Path& path, Draft& draft) {
  const Values found = ResolveFirst(from, {path});
  if (found.values.empty()) return absl::OkStatus();
  if (absl::Status one = CheckIsOne(found); !one.ok()) return one;
  bool flag = false;
  absl::StatusOr<std::string> text = found.values[0].get(flag) == simdjson::SUCCESS
                                         ? absl::StatusOr<std::string>(flag ? "true" : "false")
                                         : DateText(found.values[0], found.path);
  if (!text.ok()) return text.status();
  if (!text->empty()) draft.release().StateEmbargo(found.path, *text);
  return absl::OkStatus();
}

absl::Status StateStatusAt(const object& from, const Path& path, Draft& draft) {
  const Values found = ResolveFirst(from, {path});
  if (found.values.empty()) return absl::OkStatus();
  if (absl::Status one = CheckIsOne(found); !one.ok()) return one;
  const absl::StatusOr<std::string> text = TextOf(found.values[0], found.path);
  if (!text.ok()) return text.status();
  draft.release().StateStatus(found.path, *text);
  return absl::OkStatus();
}

// Every path of the rule states something, not only the first: of several embargoes the last to end
// counts, of several statuses the strictest.
absl::Status StateRelease(const std::string& field, const object& from, const Rule& rule,
                          Draft& draft) {
  const bool is_embargo = field == "embargoTime";
  if (!rule.constant.empty()) {
    is_embargo ? draft.release().StateEmbargo(field, rule.constant)
               : draft.release().StateStatus(field, rule.constant);
  }
  for (const Path& path : rule.paths) {
    const absl::Status stated =
        is_embargo ? StateEmbargoAt(from, path, draft) : StateStatusAt(from, path, draft);
    if (!stated.ok()) return stated;
  }
  return absl::OkStatus();
}

absl::Status ReadDate(const std::string& field, const object& from, const Rule& rule,
                      v1::Article* article) {
  const Values found = ResolveFirst(from, rule.paths);
  absl::StatusOr<std::string> text = rule.constant;
  if (!found.values.empty()) text = DateText(found.values[0], found.path);
  if (!text.ok()) return text.status();
  if (text->empty()) return absl::OkStatus();
  const absl::StatusOr<schema::PublishedTime> date = ParseWireDate(*text);
  if (!date.ok()) {
    return WrongField(found.path.empty() ? field : found.path,
                      std::string(date.status().message()));
  }
  if (field == "published") {
    schema::SetPublishedTime(*date, article);
    return absl::OkStatus();
  }
  ReadInstant(*text, article->mutable_updated_time());
  return absl::OkStatus();
}

// One object's member, or "".
absl::StatusOr<std::string> MemberText(const object& from, const Rule& rule,
                                       std::string_view member) {
  const auto found = rule.members.find(member);
  if (found == rule.members.end()) return std::string();
  const Values values = ResolveFirst(from, found->second);
  if (values.values.empty()) return std::string();
  return TextOf(values.values[0], values.path);
}

absl::Status AddObject(const std::string& field, const object& from, const Rule& rule,
                       v1::Article* article) {
  std::array<std::string, 3> texts;
  const std::vector<std::string_view> members = FieldMap::MembersOf(field);
  for (size_t i = 0; i < texts.size(); ++i) {
    absl::StatusOr<std::string> text = MemberText(from, rule, members[i]);
    if (!text.ok()) return text.status();
    texts[i] = *std::move(text);
  }
  if (field == "bylines") {
    AddByline(texts[0], texts[1], texts[2], article);
    return absl::OkStatus();
  }
  v1::Caption caption;
  caption.set_text(texts[0]);
  caption.set_credit(texts[1]);
  caption.set_media_url(texts[2]);
  AddCaption(std::move(caption), article);
  return absl::OkStatus();
}

// bylines, captions and tags: one of each value, or of each object.
absl::Status ReadList(const std::string& field, const object& from, const Rule& rule,
                      v1::Article* article) {
  if (!rule.members.empty()) {
    const Values found = ResolveFirst(from, rule.paths);
    for (const element& value : found.values) {
      object item;
      if (value.get(item) != simdjson::SUCCESS) {
        return WrongFieldType(found.path, "an array of objects", value);
      }
      if (absl::Status added = AddObject(field, item, rule, article); !added.ok()) return added;
    }
    return absl::OkStatus();
  }
  const absl::StatusOr<std::vector<std::string>> texts = TextsOf(from, rule);
  if (!texts.ok()) return texts.status();
  for (const std::string& text : *texts) {
    if (field == "tags") {
      AddTag(text, article);
    } else if (field == "bylines") {
      AddBylines(text, article);
    } else {
      v1::Caption caption;
      caption.set_text(text);
      AddCaption(std::move(caption), article);
    }
  }
  return absl::OkStatus();
}

// Fields that may be HTML.
bool IsRunningText(std::string_view field) { return field == "body" || field == "summary"; }

absl::Status SetTextField(const std::string& field, const std::vector<std::string>& texts,
                          v1::Article* article) {
  if (field == "version") {
    article->set_version(ReadVersion(texts[0]));
    return absl::OkStatus();
  }
  std::string text = texts[0];
  if (IsRunningText(field)) {
    const absl::StatusOr<markup::FlowText> flow =
        markup::ReadHtmlFlow(absl::StrJoin(texts, "\n\n"));
    if (!flow.ok()) return WrongField(field, std::string(flow.status().message()));
    text = flow->Body();
  }
  article->GetReflection()->SetString(article, v1::Article::descriptor()->FindFieldByName(field),
                                      std::move(text));
  return absl::OkStatus();
}

// "content.html or text", as the map says it.
std::string Origin(const Rule& rule) {
  if (!rule.constant.empty()) return "the map itself";
  return absl::StrJoin(rule.paths, " or ", [](std::string* out, const Path& path) {
    *out += absl::StrJoin(path, ".");
  });
}

absl::Status ReadRule(const std::string& field, const object& from, const Rule& rule,
                      Draft& draft) {
  if (field == "bylines" || field == "captions" || field == "tags") {
    return ReadList(field, from, rule, draft.article());
  }
  if (field == "published" || field == "updatedTime") {
    return ReadDate(field, from, rule, draft.article());
  }
  if (field == "status" || field == "embargoTime") return StateRelease(field, from, rule, draft);
  const absl::StatusOr<std::vector<std::string>> texts =
      TextsOf(from, rule, IsRunningText(field) ? FieldMap::kHtmlMember : FieldMap::kTextMember);
  if (!texts.ok()) return texts.status();
  return texts->empty() ? absl::OkStatus() : SetTextField(field, *texts, draft.article());
}

}  // namespace

absl::Status FieldMap::ReadArticle(const object& from, Draft& draft) const {
  const std::optional<HoldingMember> hold = FindUnreadHold(from, holds_);
  if (hold.has_value()) return HoldNotRead(*hold, JsonReader::kMap);
  for (const auto& [field, rule] : rules_) {
    if (absl::Status read = ReadRule(field, from, rule, draft); !read.ok()) return read;
    draft.GivenBy(Origin(rule));
  }
  draft.release().StateHeading("headline", draft->headline());
  for (const auto& [name, rule] : labels_) {
    const absl::StatusOr<std::vector<std::string>> texts = TextsOf(from, rule);
    if (!texts.ok()) return texts.status();
    if (!texts->empty()) (*draft->mutable_labels())[name] = texts->front();
  }
  return absl::OkStatus();
}

}  // namespace broadsheet::sources
