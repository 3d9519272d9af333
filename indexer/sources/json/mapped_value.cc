// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/json/mapped_value.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_join.h"
#include "absl/time/time.h"
#include "indexer/sources/article/wire_date.h"

namespace broadsheet::sources {
namespace {

using simdjson::dom::array;
using simdjson::dom::element;
using simdjson::dom::object;
using Path = MappedPath;

// An empty string is no better than none: another path may have more.
bool IsNoValue(const element& value) {
  std::string_view text;
  if (value.get(text) != simdjson::SUCCESS) return value.is_null();
  return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

// Calls `take` for every value that `path`, from its part `at` on, leads to from `value`, until it
// returns false. Returns false when it did.
template <typename Take>
bool Follow(const element& value, const Path& path, size_t at, const Take& take) {
  array items;
  if (value.get(items) == simdjson::SUCCESS) {
    return std::all_of(items.begin(), items.end(),
                       [&](const element& item) { return Follow(item, path, at, take); });
  }
  if (at == path.size()) return IsNoValue(value) || take(value);
  object members;
  element next;
  if (value.get(members) != simdjson::SUCCESS || members[path[at]].get(next) != simdjson::SUCCESS) {
    return true;
  }
  return Follow(next, path, at + 1, take);
}

template <typename Take>
bool FollowFrom(const object& from, const Path& path, const Take& take) {
  element next;
  return from[path[0]].get(next) != simdjson::SUCCESS || Follow(next, path, 1, take);
}

}  // namespace

MappedValues FirstValues(const object& from, const std::vector<Path>& paths) {
  MappedValues found;
  for (const Path& path : paths) {
    FollowFrom(from, path, [&](const element& value) {
      found.values.push_back(value);
      return true;
    });
    if (found.values.empty()) continue;
    found.path = absl::StrJoin(path, ".");
    break;
  }
  return found;
}

bool LeadsToValue(const object& from, const Path& path) {
  return !FollowFrom(from, path, [](const element& /*value*/) { return false; });
}

absl::StatusOr<std::string> MappedText(const element& value, const FieldPath& path,
                                       std::string_view xml_member) {
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

absl::StatusOr<std::string> MappedDate(const element& value, const FieldPath& path) {
  double number = 0;
  if (value.get(number) != simdjson::SUCCESS) return MappedText(value, path);
  return absl::FormatTime("%Y-%m-%dT%H:%M:%SZ", TimeOfNumber(number), absl::UTCTimeZone());
}

absl::StatusOr<std::string> ChosenText(const element& value, const FieldPath& path) {
  bool flag = false;
  if (value.get(flag) == simdjson::SUCCESS) return flag ? "true" : "false";
  absl::StatusOr<std::string> text = MappedText(value, path);
  if (text.ok()) absl::StripAsciiWhitespace(&*text);
  return text;
}

}  // namespace broadsheet::sources
