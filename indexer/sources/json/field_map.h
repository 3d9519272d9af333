// SPDX-License-Identifier: GPL-3.0-or-later
// Which names other people's JSON has for the fields of an article. docs/formats.md describes the
// file for its writers; an example:
//   {"headline": "title", "body": ["content.text", "text"],
//    "captions": {"each": "images", "text": "caption", "credit": "photographer"}}
#pragma once

#include <simdjson.h>

#include <filesystem>
#include <map>
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

  // INVALID_ARGUMENT, naming the key and what is wrong with it.
  static absl::StatusOr<FieldMap> Parse(std::string_view json);

  // Reads `object` into `draft`. INVALID_ARGUMENT naming the path of a value that does not fit
  // its field, or of one that may hold the article back (held_back.h) and that the map does not
  // read as an embargo or a status; a path that leads nowhere leaves the field empty.
  absl::Status ReadArticle(const simdjson::dom::object& object, Draft& draft) const;

  // "content.text": names from the outside in. Through an array it leads to each of its items.
  using Path = std::vector<std::string>;

  // Where a field's value comes from.
  struct Rule {
    // The first that leads to something counts.
    std::vector<Path> paths;
    // With "each": the members of each object that `paths` lead to, by the article's names for
    // them ("text", "credit").
    std::map<std::string, std::vector<Path>, std::less<>> members;
    // {"value": "The Example Times"}: the same for all.
    std::string constant;
  };

  // The members that objects of `field` have besides "each", in the order of the proto; none for
  // most fields.
  static std::vector<std::string_view> MembersOf(std::string_view field);

 private:
  std::vector<std::pair<std::string, Rule>> rules_;
  // labels.NAME
  std::vector<std::pair<std::string, Rule>> labels_;
  // Where an embargo or a status is read from.
  std::vector<Path> holds_;
};

}  // namespace broadsheet::sources
