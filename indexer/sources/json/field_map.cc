// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/json/field_map.h"

#include <algorithm>
#include <array>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "indexer/sources/input/input.h"
#include "indexer/sources/json/held_back.h"
#include "indexer/sources/json/json_field.h"
#include "indexer/sources/wording/word_set.h"

namespace broadsheet::sources {
namespace {

using simdjson::dom::array;
using simdjson::dom::element;
using simdjson::dom::object;
using Path = FieldMap::Path;
using Rule = FieldMap::Rule;

constexpr size_t kMaxMapBytes = 1 << 20;

// The article's fields that a map may fill.
constexpr std::array<std::string_view, 18> kFields = {
    "id",        "url",       "headline",    "summary",     "bylines",  "tags",
    "captions",  "body",      "section",     "source",      "language", "dateline",
    "copyright", "published", "updatedTime", "embargoTime", "version",  "status"};

// Debian's absl::StrJoin does not take std::string_view.
template <typename Names>
std::string Listed(const Names& names) {
  std::string list;
  for (const std::string_view name : names) {
    if (!list.empty()) list += ", ";
    list += name;
  }
  return list;
}

absl::Status Wrong(std::string_view key, const std::string& what) {
  return absl::InvalidArgumentError(absl::StrFormat("key \"%s\": %s", std::string(key), what));
}

// "a.b" are two names, "a\\.b" is one with a dot in it.
absl::StatusOr<Path> ParsePath(std::string_view key, std::string_view text) {
  Path path(1);
  for (size_t at = 0; at < text.size(); ++at) {
    if (text.substr(at).starts_with("\\.")) {
      path.back() += text[++at];
    } else if (text[at] == '.') {
      path.emplace_back();
    } else {
      path.back() += text[at];
    }
  }
  const auto is_empty = [](const std::string& name) { return name.empty(); };
  if (std::none_of(path.begin(), path.end(), is_empty)) return path;
  return Wrong(key, "a path is names with dots between them, as in \"content.text\"");
}

// A path as ParsePath takes it.
std::string WrittenPath(const Path& path) {
  return absl::StrJoin(path, ".", [](std::string* out, const std::string& name) {
    absl::StrAppend(out, absl::StrReplaceAll(name, {{".", "\\."}}));
  });
}

// "a.b" or ["a.b", "c"].
absl::StatusOr<std::vector<Path>> ParsePaths(std::string_view key, const element& value) {
  std::vector<Path> paths;
  array alternatives;
  std::string_view text;
  const auto add = [&](std::string_view one) {
    absl::StatusOr<Path> path = ParsePath(key, one);
    if (path.ok()) paths.push_back(*std::move(path));
    return path.status();
  };
  if (value.get(text) == simdjson::SUCCESS) {
    if (absl::Status added = add(text); !added.ok()) return added;
    return paths;
  }
  if (value.get(alternatives) != simdjson::SUCCESS || alternatives.size() == 0) {
    return Wrong(key, absl::StrFormat("expected a path or an array of paths, found %s",
                                      std::string(JsonKind(value))));
  }
  for (const element one : alternatives) {
    if (one.get(text) != simdjson::SUCCESS) {
      return Wrong(key, absl::StrFormat("expected a path, found %s", std::string(JsonKind(one))));
    }
    if (absl::Status added = add(text); !added.ok()) return added;
  }
  return paths;
}

absl::StatusOr<Rule> ParseObjectRule(const std::string& key, const object& from) {
  Rule rule;
  const std::vector<std::string_view> members = FieldMap::MembersOf(key);
  for (const auto& [name, value] : from) {
    const std::string at = key + "." + std::string(name);
    std::string_view text;
    if (name == "value") {
      if (value.get(text) != simdjson::SUCCESS) return Wrong(at, "expected a string");
      rule.constant = std::string(text);
      continue;
    }
    const bool known =
        name == "each" || std::find(members.begin(), members.end(), name) != members.end();
    if (!known || members.empty()) {
      return Wrong(at, members.empty()
                           ? std::string("expected a path, an array of paths or {\"value\": ...}")
                           : "no such member; there are each, " + Listed(members));
    }
    absl::StatusOr<std::vector<Path>> paths = ParsePaths(at, value);
    if (!paths.ok()) return paths.status();
    if (name == "each") {
      rule.paths = *std::move(paths);
    } else {
      rule.members[std::string(name)] = *std::move(paths);
    }
  }
  if (rule.constant.empty() && rule.paths.empty()) {
    return Wrong(key, "an object needs \"each\", the path of an array, or \"value\"");
  }
  return rule;
}

absl::StatusOr<Rule> ParseRule(const std::string& key, const element& value) {
  object members;
  if (value.get(members) == simdjson::SUCCESS) return ParseObjectRule(key, members);
  Rule rule;
  absl::StatusOr<std::vector<Path>> paths = ParsePaths(key, value);
  if (!paths.ok()) return paths.status();
  rule.paths = *std::move(paths);
  return rule;
}

// One or more values to compare with: strings, numbers, true and false.
absl::StatusOr<std::vector<std::string>> ParseChosen(const std::string& key, const element& value) {
  std::vector<std::string> chosen;
  array several;
  const bool is_array = value.get(several) == simdjson::SUCCESS;
  const auto add = [&](const element& one) {
    absl::StatusOr<std::string> text = ChosenText(one, key);
    if (!text.ok() || text->empty()) return false;
    chosen.push_back(*std::move(text));
    return true;
  };
  const bool fits = is_array
                        ? several.size() > 0 && std::all_of(several.begin(), several.end(), add)
                        : add(value);
  if (fits) return chosen;
  return Wrong(key, R"(expected a value or an array of values, as in {"type": ["picture"]})");
}

}  // namespace

void FieldMap::NotePaths(const std::string& key, const Rule& rule) {
  const bool has_members = !rule.members.empty();
  std::vector<size_t> outer;
  for (const Path& path : rule.paths) {
    (has_members ? object_paths_ : text_paths_).insert(path);
    outer.push_back(counted_.size());
    counted_.push_back({.key = has_members ? key + ".each" : key,
                        .path = WrittenPath(path),
                        .whole = {path},
                        .outer = {}});
  }
  for (const auto& [name, alternatives] : rule.members) {
    for (const Path& member : alternatives) {
      CountedPath counted{
          .key = key + "." + name, .path = WrittenPath(member), .whole = {}, .outer = outer};
      for (const Path& path : rule.paths) {
        counted.whole.push_back(path);
        counted.whole.back().insert(counted.whole.back().end(), member.begin(), member.end());
        text_paths_.insert(counted.whole.back());
      }
      counted_.push_back(std::move(counted));
    }
  }
}

void FieldMap::NoteHolds(const std::string& key, const Rule& rule) {
  const bool holds = key == "status" || key == "embargoTime";
  for (const Path& path : rule.paths) {
    if (!holds && !IsNinjsMark(path.back())) continue;
    holds_.push_back(path);
    // Where an XML element has its text.
    holds_.push_back(path);
    holds_.back().emplace_back(kTextMember);
  }
}

std::vector<std::string_view> FieldMap::MembersOf(std::string_view field) {
  if (field == "captions") return {"text", "credit", "mediaUrl"};
  if (field == "bylines") return {"name", "role", "organisation"};
  return {};
}

absl::StatusOr<FieldMap> FieldMap::Load(const std::filesystem::path& file) {
  const auto named = [&](const absl::Status& status) {
    return absl::Status(status.code(),
                        "--map " + file.string() + ": " + std::string(status.message()));
  };
  absl::StatusOr<std::unique_ptr<Input>> input = Input::OpenFile(file, {});
  if (!input.ok()) return named(input.status());
  std::string json(kMaxMapBytes + 1, '\0');
  size_t size = 0;
  while (size < json.size()) {
    const absl::StatusOr<size_t> more = (*input)->Read(std::span(json).subspan(size));
    if (!more.ok()) return named(more.status());
    if (*more == 0) break;
    size += *more;
  }
  if (size > kMaxMapBytes) return named(absl::InvalidArgumentError("more than 1 MiB is no map"));
  absl::StatusOr<FieldMap> map = Parse(std::string_view(json).substr(0, size));
  if (!map.ok()) return named(map.status());
  return map;
}

absl::StatusOr<FieldMap> FieldMap::Parse(std::string_view json) {
  simdjson::dom::parser parser;
  element root;
  object members;
  const auto error = parser.parse(std::string(json)).get(root);
  if (error != simdjson::SUCCESS) {
    return absl::InvalidArgumentError(
        absl::StrFormat("not valid JSON: %s", simdjson::error_message(error)));
  }
  if (root.get(members) != simdjson::SUCCESS || members.size() == 0) {
    return absl::InvalidArgumentError(
        "expected a JSON object of the article's fields, as in {\"headline\": \"title\"}");
  }
  FieldMap map;
  for (const auto& [name, value] : members) {
    if (absl::Status added = map.AddMember(std::string(name), value); !added.ok()) return added;
  }
  return map;
}

absl::Status FieldMap::AddMember(const std::string& key, const element& value) {
  if (key == "record") {
    std::string_view record;
    if (value.get(record) != simdjson::SUCCESS || record.empty()) {
      return Wrong(key, "expected the name of an XML element, such as \"STORY\"");
    }
    record_ = std::string(record);
    return absl::OkStatus();
  }
  if (key == "passOver") return AddChoices(key, value, &passed_over_);
  if (key == "only") return AddChoices(key, value, &only_);
  constexpr std::string_view kLabels = "labels.";
  const bool is_label = key.starts_with(kLabels) && key.size() > kLabels.size();
  const bool is_note = key == "editorsNote";
  if (!is_label && !is_note && !IsOneOf(key, kFields)) {
    return Wrong(key, "no field of an article; there are " + Listed(kFields) +
                          ", labels.NAME, editorsNote, only, passOver, and record for XML");
  }
  absl::StatusOr<Rule> rule = ParseRule(key, value);
  if (!rule.ok()) return rule.status();
  if (is_note && rule->paths.empty()) return Wrong(key, "expected a path or an array of paths");
  NotePaths(key, *rule);
  NoteHolds(key, *rule);
  if (is_note) {
    notes_.insert(notes_.end(), rule->paths.begin(), rule->paths.end());
  } else if (is_label) {
    labels_.emplace_back(key.substr(kLabels.size()), *std::move(rule));
  } else {
    rules_.emplace_back(key, *std::move(rule));
  }
  return absl::OkStatus();
}

absl::Status FieldMap::AddChoices(const std::string& key, const element& value,
                                  std::vector<Choice>* choices) {
  object members;
  if (value.get(members) != simdjson::SUCCESS || members.size() == 0) {
    return Wrong(key, R"(expected an object of a path and its values, as in {"type": "picture"})");
  }
  for (const auto& [name, chosen] : members) {
    absl::StatusOr<Path> path = ParsePath(key, name);
    if (!path.ok()) return path.status();
    absl::StatusOr<std::vector<std::string>> values =
        ParseChosen(key + "." + std::string(name), chosen);
    if (!values.ok()) return values.status();
    counted_.push_back(
        {.key = key, .path = WrittenPath(*path), .whole = {*path}, .outer = {}, .is_choice = true});
    choices->push_back({.path = *std::move(path), .values = *std::move(values)});
  }
  return absl::OkStatus();
}

}  // namespace broadsheet::sources
