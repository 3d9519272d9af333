// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/json/ninjs_members.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "absl/strings/ascii.h"
#include "indexer/sources/article/note_name.h"
#include "indexer/sources/json/json_field.h"
#include "indexer/sources/markup/address.h"

namespace broadsheet::sources::ninjs {
namespace {

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

using StringField = std::string Item::*;

constexpr std::array<std::pair<std::string_view, StringField>, 22> kStrings = {{
    {"uri", &Item::uri},
    {"guid", &Item::guid},
    {"id", &Item::own_id},
    {"ednote", &Item::note},
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
    {"firstpublished", &Item::first_published},
    {"firstcreated", &Item::first_created},
    {"contentcreated", &Item::content_created},
    {"versioncreated", &Item::version_created},
}};

using TextField = std::vector<Variant> Item::*;

// "headline", "headline_main" of 1.x; "headlines" of 2.x and 3.x.
constexpr std::array<std::pair<std::string_view, TextField>, 4> kTexts = {{
    {"headline", &Item::headlines},
    {"abstract", &Item::descriptions},
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
      if (markup::IsWebAddress(href)) item->page_url = href;
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

// Whatever holds back is not to be undone by the same name, or another for the same, once more.
absl::Status ReadString(std::string_view key, const element& value, StringField field, Item* item) {
  const bool holds = field == &Item::status || field == &Item::embargoed;
  std::string& known = item->*field;
  std::string text;
  // Ids and versions may be numbers.
  int64_t number = 0;
  if (!holds && value.get(number) == simdjson::SUCCESS) {
    text = std::to_string(number);
  } else if (absl::Status read = ReadStringField(value, FieldPath(key), &text); !read.ok()) {
    return read;
  }
  if (holds && text.empty()) return absl::OkStatus();
  if (holds && !known.empty() && known != text) return StatedTwice(FieldPath(key));
  known = std::move(text);
  return absl::OkStatus();
}

// "keywords": strings. Other people's members of this name may be anything.
void ReadKeywords(const element& value, Item* item) {
  array words;
  std::string_view word;
  if (value.get(words) != simdjson::SUCCESS) return;
  for (const element entry : words) {
    if (entry.get(word) == simdjson::SUCCESS) item->tags.emplace_back(word);
  }
}

// Superdesk's: objects with a name and a role, or names.
void ReadAuthors(const element& value, Item* item) {
  array authors;
  object author;
  std::string_view name;
  if (value.get(authors) != simdjson::SUCCESS) return;
  for (const element entry : authors) {
    v1::Byline byline;
    if (entry.get(name) == simdjson::SUCCESS) {
      byline.set_name(std::string(name));
    } else if (entry.get(author) == simdjson::SUCCESS) {
      byline.set_name(StringMember(author, {"name", "displayname", "signoff", "byline"}));
      byline.set_role(StringMember(author, {"role", "jobtitle"}));
      byline.set_organisation(StringMember(author, {"organisation", "organization"}));
    }
    if (!byline.name().empty()) item->authors.push_back(std::move(byline));
  }
}

// "signals", "ednotes": strings, or objects of them.
void ReadSignals(const element& value, Item* item) {
  array entries;
  object members;
  std::string_view text;
  if (value.get(text) == simdjson::SUCCESS) {
    item->signals.emplace_back(text);
  } else if (value.get(entries) == simdjson::SUCCESS) {
    for (const element entry : entries) ReadSignals(entry, item);
  } else if (value.get(members) == simdjson::SUCCESS) {
    for (const auto& [name, member] : members) ReadSignals(member, item);
  }
}

using MemberReader = void (*)(const element&, Item*);

constexpr std::array<std::pair<std::string_view, MemberReader>, 5> kReaders = {{
    {"signal", &ReadSignals},
    {"signals", &ReadSignals},
    {"renditions", &ReadRenditions},
    {"authors", &ReadAuthors},
    {"keywords", &ReadKeywords},
}};

// "source": the publication; an object of this name is other people's.
bool ReadSource(std::string_view plain, const element& value, Item* item) {
  std::string_view text;
  if (plain != "source" || value.get(text) != simdjson::SUCCESS) return false;
  item->source = std::string(text);
  return true;
}

absl::Status ReadMember(std::string_view key, const element& value, Item* item) {
  const std::string plain = Plain(key);
  // Restrictions of use are notes, too, whatever else they are read as.
  if (plain != "ednote" && NamesNote(key, hold::Place::kRecord)) ReadSignals(value, item);
  for (const auto& [name, field] : kStrings) {
    if (plain == name) return ReadString(key, value, field, item);
  }
  for (const auto& [name, field] : kConcepts) {
    if (plain == name) return ReadNames(value, FieldPath(key), &(item->*field));
  }
  if (plain == "associations") return ReadAssociations(value, item);
  if (ReadSource(plain, value, item)) return absl::OkStatus();
  const auto* const reader = std::find_if(kReaders.begin(), kReaders.end(),
                                          [&](const auto& row) { return row.first == plain; });
  if (reader != kReaders.end()) reader->second(value, item);
  const absl::StatusOr<bool> is_text = ReadTextMember(key, value, item);
  if (is_text.ok() && !*is_text && !item->unread_hold.has_value()) {
    item->unread_hold = FindHold(key, value);
  }
  return is_text.status();
}

}  // namespace

absl::StatusOr<Item> ReadItem(const object& from) {
  Item item;
  for (const auto& [key, value] : from) {
    if (absl::Status read = ReadMember(key, value, &item); !read.ok()) return read;
  }
  return item;
}

}  // namespace broadsheet::sources::ninjs
