// SPDX-License-Identifier: GPL-3.0-or-later
// Maps the names in foreign JSON, or XML (xml/mapped_xml.h), to the fields of an article.
// docs/formats.md describes the file; an example:
//   {"headline": "title", "body": ["content.text", "text"],
//    "captions": {"each": "images", "text": "caption", "credit": "photographer"}}
#pragma once

#include <simdjson.h>

#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "indexer/sources/article/draft.h"

namespace broadsheet::sources {

// Immutable; safe from any thread.
class FieldMap {
 public:
  // NOT_FOUND or UNAVAILABLE when `file` cannot be read, else as Parse; messages name the file.
  static absl::StatusOr<FieldMap> Load(const std::filesystem::path& file);

  // INVALID_ARGUMENT, naming the key and its mistake.
  static absl::StatusOr<FieldMap> Parse(std::string_view json);

  // Reads `object` into `draft`. INVALID_ARGUMENT naming the path of a value that does not fit its
  // field, or of one that may hold the article back (held_back.h) and that the map does not read as
  // an embargo or a status. A path without a value leaves the field empty.
  absl::Status ReadArticle(const simdjson::dom::object& object, Draft& draft) const;

  // "content.text": names from the outside in. A path applies to each item of an array.
  using Path = std::vector<std::string>;

  // The source of a field's value.
  struct Rule {
    // The first path that has a value is used.
    std::vector<Path> paths;
    // With "each": the members of each object at `paths`, by their names in Article ("text",
    // "credit").
    std::map<std::string, std::vector<Path>, std::less<>> members;
    // {"value": "The Example Times"}: the same value for all articles.
    std::string constant;
  };

  // The XML element that holds an article; "" in a map for JSON only.
  const std::string& record() const { return record_; }

  // Whether a rule takes the text at `path`, or members of the objects there.
  bool TakesTextAt(const Path& path) const { return text_paths_.contains(path); }
  bool TakesObjectsAt(const Path& path) const { return object_paths_.contains(path); }

  // An object that stands for an XML element has its text here, and its content as HTML.
  static constexpr std::string_view kTextMember = "#text";
  static constexpr std::string_view kHtmlMember = "#html";

  // The members that objects of `field` have besides "each", in the order of the proto; none for
  // most fields.
  static std::vector<std::string_view> MembersOf(std::string_view field);

 private:
  absl::Status AddMember(const std::string& key, const simdjson::dom::element& value);
  void NotePaths(const Rule& rule);
  void NoteHolds(const std::string& key, const Rule& rule);

  std::vector<std::pair<std::string, Rule>> rules_;
  // labels.NAME
  std::vector<std::pair<std::string, Rule>> labels_;
  // Editors' notes; all of them are read.
  std::vector<Path> notes_;
  std::string record_;
  std::set<Path> text_paths_;
  std::set<Path> object_paths_;
  // The paths from which the map reads an embargo or a status.
  std::vector<Path> holds_;
};

}  // namespace broadsheet::sources
