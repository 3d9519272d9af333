// SPDX-License-Identifier: GPL-3.0-or-later
// Reading by a map that field_map.cc has parsed.
#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "engine/text/clean.h"
#include "engine/text/utf8.h"
#include "indexer/sources/article/article_fields.h"
#include "indexer/sources/article/hold_rule.h"
#include "indexer/sources/article/wire_date.h"
#include "indexer/sources/json/field_map.h"
#include "indexer/sources/json/held_back.h"
#include "indexer/sources/json/mapped_value.h"
#include "indexer/sources/markup/flow_text.h"
#include "indexer/sources/wording/word_set.h"

namespace broadsheet::sources {
namespace {

using simdjson::dom::element;
using simdjson::dom::object;
using Path = FieldMap::Path;
using Rule = FieldMap::Rule;

// What gave a field: paths of the map, for `parse --explain`; "" when nothing did.
using Origin = std::string;
constexpr const char* kOfTheMap = "the map itself";

struct FoundTexts {
  std::vector<std::string> texts = {};
  Origin origin = {};
};

absl::StatusOr<FoundTexts> TextsOf(const object& from, const Rule& rule,
                                   std::string_view xml_member = FieldMap::kTextMember) {
  if (!rule.constant.empty()) return FoundTexts{.texts = {rule.constant}, .origin = kOfTheMap};
  const MappedValues found = FirstValues(from, rule.paths);
  FoundTexts texts{.texts = {}, .origin = found.path};
  for (const element& value : found.values) {
    absl::StatusOr<std::string> text = MappedText(value, found.path, xml_member);
    if (!text.ok()) return text.status();
    texts.texts.push_back(*std::move(text));
  }
  return texts;
}

// Which of several values at one path holds an article back, nobody can say.
absl::Status CheckIsOne(const MappedValues& found) {
  if (found.values.size() == 1) return absl::OkStatus();
  return WrongField(found.path,
                    absl::StrFormat("expected one value, found %d", found.values.size()));
}

// An element of XML without text may say in an attribute what the map looks for in the text.
absl::Status CheckIsStated(const element& value, const FieldPath& path) {
  constexpr std::array<std::string_view, 4> kOfOtherUse = {"@lang", "@nil", "@id", "@type"};
  object members;
  if (value.get(members) != simdjson::SUCCESS) return absl::OkStatus();
  for (const auto& [name, member] : members) {
    const bool is_other = IsOneOf(name, kOfOtherUse);
    if (!name.starts_with('@') || is_other || hold::SaysNothing(member)) continue;
    return WrongField(path + "." + std::string(name),
                      "may hold the article back, but the map reads the element's text, which is "
                      "empty: name the attribute in the map");
  }
  return absl::OkStatus();
}

// What is at `path` states the article's embargo: a date, or a flag that says that there is one, or
// none.
absl::Status StateEmbargoAt(const object& from, const Path& path, Draft& draft) {
  const MappedValues found = FirstValues(from, {path});
  if (found.values.empty()) return absl::OkStatus();
  if (absl::Status one = CheckIsOne(found); !one.ok()) return one;
  bool flag = false;
  absl::StatusOr<std::string> text = found.values[0].get(flag) == simdjson::SUCCESS
                                         ? absl::StatusOr<std::string>(flag ? "true" : "false")
                                         : MappedDate(found.values[0], found.path);
  if (!text.ok()) return text.status();
  if (text->empty()) return CheckIsStated(found.values[0], found.path);
  draft.release().StateEmbargo(found.path, *text);
  return absl::OkStatus();
}

absl::Status StateStatusAt(const object& from, const Path& path, Draft& draft) {
  const MappedValues found = FirstValues(from, {path});
  if (found.values.empty()) return absl::OkStatus();
  if (absl::Status one = CheckIsOne(found); !one.ok()) return one;
  const absl::StatusOr<std::string> text = MappedText(found.values[0], found.path);
  if (!text.ok()) return text.status();
  if (text->empty()) return CheckIsStated(found.values[0], found.path);
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

// Every note counts, wherever the map finds it.
absl::Status StateNotes(const object& from, const std::vector<Path>& paths, Draft& draft) {
  for (const Path& path : paths) {
    const MappedValues found = FirstValues(from, {path});
    for (const element& value : found.values) {
      const absl::StatusOr<std::string> note = MappedText(value, found.path);
      if (!note.ok()) return note.status();
      draft.release().StateNote(found.path, *note);
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<Origin> ReadDate(const std::string& field, const object& from, const Rule& rule,
                                v1::Article* article) {
  const MappedValues found = FirstValues(from, rule.paths);
  absl::StatusOr<std::string> text = rule.constant;
  if (!found.values.empty()) text = MappedDate(found.values[0], found.path);
  if (!text.ok()) return text.status();
  if (text->empty()) return Origin();
  const absl::StatusOr<schema::PublishedTime> date = ParseWireDate(*text);
  if (!date.ok()) {
    return WrongField(found.path.empty() ? field : found.path,
                      std::string(date.status().message()));
  }
  if (field == "published") {
    schema::SetPublishedTime(*date, article);
  } else {
    ReadInstant(*text, article->mutable_updated_time());
  }
  return found.path.empty() ? kOfTheMap : found.path;
}

// The members of one object that has them, in the order of FieldMap::MembersOf.
struct ObjectTexts {
  std::array<std::string, 3> texts = {};
  // The paths of the members inside the object.
  std::vector<FieldPath> paths = {};
};

absl::StatusOr<ObjectTexts> MemberTexts(const std::string& field, const object& from,
                                        const Rule& rule) {
  ObjectTexts members;
  const std::vector<std::string_view> names = FieldMap::MembersOf(field);
  for (size_t i = 0; i < members.texts.size(); ++i) {
    const auto found = rule.members.find(names[i]);
    if (found == rule.members.end()) continue;
    const MappedValues values = FirstValues(from, found->second);
    if (values.values.empty()) continue;
    absl::StatusOr<std::string> text = MappedText(values.values[0], values.path);
    if (!text.ok()) return text.status();
    members.texts[i] = *std::move(text);
    members.paths.push_back(values.path);
  }
  return members;
}

void AddObject(const std::string& field, ObjectTexts members, v1::Article* article) {
  std::array<std::string, 3>& texts = members.texts;
  if (field == "bylines") return AddByline(texts[0], texts[1], texts[2], article);
  v1::Caption caption;
  caption.set_text(texts[0]);
  caption.set_credit(texts[1]);
  caption.set_media_url(texts[2]);
  AddCaption(std::move(caption), article);
}

// One of each object that "each" leads to.
absl::StatusOr<Origin> ReadObjects(const std::string& field, const object& from, const Rule& rule,
                                   v1::Article* article) {
  const MappedValues found = FirstValues(from, rule.paths);
  std::vector<FieldPath> origins;
  for (const element& value : found.values) {
    object item;
    if (value.get(item) != simdjson::SUCCESS) {
      return WrongFieldType(found.path, "an array of objects", value);
    }
    absl::StatusOr<ObjectTexts> members = MemberTexts(field, item, rule);
    if (!members.ok()) return members.status();
    for (const FieldPath& path : members->paths) {
      const FieldPath whole = found.path + "." + path;
      if (std::find(origins.begin(), origins.end(), whole) == origins.end()) {
        origins.push_back(whole);
      }
    }
    AddObject(field, *std::move(members), article);
  }
  return absl::StrJoin(origins, ", ");
}

// bylines, captions and tags: one of each value.
absl::StatusOr<Origin> ReadList(const std::string& field, const object& from, const Rule& rule,
                                v1::Article* article) {
  if (!rule.members.empty()) return ReadObjects(field, from, rule, article);
  const absl::StatusOr<FoundTexts> found = TextsOf(from, rule);
  if (!found.ok()) return found.status();
  for (const std::string& text : found->texts) {
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
  return found->origin;
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

absl::StatusOr<Origin> ReadRule(const std::string& field, const object& from, const Rule& rule,
                                Draft& draft) {
  if (field == "bylines" || field == "captions" || field == "tags") {
    return ReadList(field, from, rule, draft.article());
  }
  if (field == "published" || field == "updatedTime") {
    return ReadDate(field, from, rule, draft.article());
  }
  if (field == "status" || field == "embargoTime") {
    // The draft itself says what decided.
    if (absl::Status stated = StateRelease(field, from, rule, draft); !stated.ok()) return stated;
    return Origin();
  }
  const absl::StatusOr<FoundTexts> found =
      TextsOf(from, rule, IsRunningText(field) ? FieldMap::kHtmlMember : FieldMap::kTextMember);
  if (!found.ok()) return found.status();
  if (found->texts.empty()) return Origin();
  if (absl::Status set = SetTextField(field, found->texts, draft.article()); !set.ok()) return set;
  return found->origin;
}

// As a count may name it: of any bytes, of any length.
std::string NameOfChoice(const FieldPath& path, const std::string& value) {
  constexpr size_t kMaxValueBytes = 80;
  std::string name = path + " \"" + std::string(text::PrefixOf(value, kMaxValueBytes)) + "\"";
  text::CleanLine(&name);
  return name;
}

struct ChosenValues {
  // Of the record, at the path of the choice; the first that is one of its values.
  std::string first = {};
  std::string chosen = {};
};

absl::StatusOr<ChosenValues> ValuesAt(const object& from, const FieldMap::Choice& choice) {
  const MappedValues found = FirstValues(from, {choice.path});
  ChosenValues values;
  for (const element& value : found.values) {
    absl::StatusOr<std::string> text = ChosenText(value, found.path);
    if (!text.ok()) return text.status();
    const bool is_chosen = std::any_of(
        choice.values.begin(), choice.values.end(),
        [&](const std::string& wanted) { return absl::EqualsIgnoreCase(*text, wanted); });
    if (is_chosen && values.chosen.empty()) values.chosen = *text;
    if (values.first.empty()) values.first = *std::move(text);
  }
  return values;
}

}  // namespace

absl::StatusOr<std::string> FieldMap::WhyPassedOver(const object& from) const {
  for (const Choice& choice : passed_over_) {
    const absl::StatusOr<ChosenValues> values = ValuesAt(from, choice);
    if (!values.ok()) return values.status();
    if (!values->chosen.empty()) {
      return NameOfChoice(absl::StrJoin(choice.path, "."), values->chosen);
    }
  }
  for (const Choice& choice : only_) {
    const absl::StatusOr<ChosenValues> values = ValuesAt(from, choice);
    if (!values.ok()) return values.status();
    if (!values->chosen.empty()) continue;
    const FieldPath path = absl::StrJoin(choice.path, ".");
    return values->first.empty() ? "without " + path : NameOfChoice(path, values->first);
  }
  return std::string();
}

void FieldMap::CountPaths(const object& from, bool of_choices, ReadCounts* counts) const {
  counts->mapped_paths.resize(counted_.size());
  for (size_t i = 0; i < counted_.size(); ++i) {
    if (counted_[i].is_choice != of_choices) continue;
    PathUse& use = counts->mapped_paths[i];
    ++use.records;
    const std::vector<Path>& whole = counted_[i].whole;
    const bool leads = std::any_of(whole.begin(), whole.end(),
                                   [&](const Path& path) { return LeadsToValue(from, path); });
    if (leads) ++use.found;
  }
}

absl::StatusOr<bool> FieldMap::ReadArticle(const object& from, Draft& draft,
                                           ReadCounts* counts) const {
  CountPaths(from, /*of_choices=*/true, counts);
  const absl::StatusOr<std::string> passed_over = WhyPassedOver(from);
  if (!passed_over.ok()) return passed_over.status();
  if (!passed_over->empty()) {
    counts->CountSkipped(*passed_over);
    return false;
  }
  CountPaths(from, /*of_choices=*/false, counts);
  const std::optional<HoldingMember> hold = FindUnreadHold(from, holds_);
  if (hold.has_value()) return HoldNotRead(*hold, JsonReader::kMap);
  for (const auto& [field, rule] : rules_) {
    const absl::StatusOr<Origin> origin = ReadRule(field, from, rule, draft);
    if (!origin.ok()) return origin.status();
    draft.GivenBy(*origin);
  }
  // A map that names the notes knows which they are.
  if (notes_.empty()) StateNotesOf(from, draft.release());
  if (absl::Status stated = StateNotes(from, notes_, draft); !stated.ok()) return stated;
  for (const auto& [name, rule] : labels_) {
    absl::StatusOr<FoundTexts> found = TextsOf(from, rule);
    if (!found.ok()) return found.status();
    if (found->texts.empty()) continue;
    draft.SetLabel(name, std::move(found->texts.front()), found->origin);
  }
  return true;
}

}  // namespace broadsheet::sources
