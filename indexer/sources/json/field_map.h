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
#include "indexer/sources/article/source.h"
#include "indexer/sources/json/mapped_value.h"

namespace broadsheet::sources {

// Immutable; safe from any thread.
class FieldMap {
 public:
  // NOT_FOUND or UNAVAILABLE when `file` cannot be read, else as Parse; messages name the file.
  static absl::StatusOr<FieldMap> Load(const std::filesystem::path& file);

  // INVALID_ARGUMENT, naming the key and its mistake.
  static absl::StatusOr<FieldMap> Parse(std::string_view json);

  // Reads `object` into `draft`; false when the map passes over such records, which is counted as
  // skipped. INVALID_ARGUMENT naming the path of a value that does not fit its field, or of one
  // that may hold the article back (held_back.h) and that the map does not read as an embargo or a
  // status. A path without a value leaves the field empty. Adds to ReadCounts::mapped_paths.
  absl::StatusOr<bool> ReadArticle(const simdjson::dom::object& object, Draft& draft,
                                   ReadCounts* counts) const;

  // "content.text".
  using Path = MappedPath;

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

  // Records are told apart by the values at a path.
  struct Choice {
    Path path;
    std::vector<std::string> values;
  };

  // A path of the map, whose use is counted.
  struct CountedPath {
    // "headline", "captions.each", "captions.text".
    std::string key;
    // As the map writes it, with a backslash before a dot in a name.
    std::string path;
    // From the record on; several in an object whose "each" has several paths.
    std::vector<Path> whole;
    // The places in counted_paths() of the paths of that "each".
    std::vector<size_t> outer;
    // It decides whether a record is read: "passOver", "only".
    bool is_choice = false;
  };
  // In the order of the map; ReadCounts::mapped_paths has the same.
  const std::vector<CountedPath>& counted_paths() const { return counted_; }

  // The XML element that holds an article; "" in a map for JSON only.
  const std::string& record() const { return record_; }

  // Whether a rule takes the text at `path`, or members of the objects there.
  bool TakesTextAt(const Path& path) const { return text_paths_.contains(path); }
  bool TakesObjectsAt(const Path& path) const { return object_paths_.contains(path); }

  // An object that stands for an XML element has its text here, and its content as HTML.
  static constexpr std::string_view kTextMember = kXmlTextMember;
  static constexpr std::string_view kHtmlMember = "#html";

  // The members that objects of `field` have besides "each", in the order of the proto; none for
  // most fields.
  static std::vector<std::string_view> MembersOf(std::string_view field);

 private:
  absl::Status AddMember(const std::string& key, const simdjson::dom::element& value);
  absl::Status AddChoices(const std::string& key, const simdjson::dom::element& value,
                          std::vector<Choice>* choices);
  void NotePaths(const std::string& key, const Rule& rule);
  void NoteHolds(const std::string& key, const Rule& rule);
  // Counts the paths of `of_choices`, which decide which records are read, or all others.
  void CountPaths(const simdjson::dom::object& from, bool of_choices, ReadCounts* counts) const;
  // Why the map passes over the record, `type "picture"`; "" when it does not. INVALID_ARGUMENT for
  // a value that cannot be compared.
  absl::StatusOr<std::string> WhyPassedOver(const simdjson::dom::object& from) const;

  std::vector<std::pair<std::string, Rule>> rules_;
  // labels.NAME
  std::vector<std::pair<std::string, Rule>> labels_;
  // Editors' notes; all of them are read.
  std::vector<Path> notes_;
  // Records with one of these are passed over; and those that lack one of these.
  std::vector<Choice> passed_over_;
  std::vector<Choice> only_;
  std::vector<CountedPath> counted_;
  std::string record_;
  std::set<Path> text_paths_;
  std::set<Path> object_paths_;
  // The paths from which the map reads an embargo or a status.
  std::vector<Path> holds_;
};

}  // namespace broadsheet::sources
