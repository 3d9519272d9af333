// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/json/ninjs_marks.h"

#include <algorithm>
#include <array>
#include <set>
#include <string>

#include "absl/strings/ascii.h"
#include "indexer/sources/article/status_words.h"

namespace broadsheet::sources {
namespace {

using Names = std::set<std::string, std::less<>>;

// Members of ninjs objects, in lower case, that other people's JSON does not have.
constexpr std::array<std::string_view, 14> kNinjsNames = {
    "versioncreated",  "pubstatus",       "bodies",       "headlines",   "descriptions",
    "associations",    "renditions",      "infosource",   "infosources", "representationtype",
    "copyrightholder", "copyrightnotice", "eventdetails", "$standard"};

// Members that make ninjs of an object with a uri or a guid.
constexpr std::array<std::string_view, 6> kNinjsNamesBesideId = {
    "embargoed", "embargoeduntil", "firstcreated", "contentcreated", "slugline", "usageterms"};

// Members of an article of JSON lines that an object of ninjs does not have.
constexpr std::array<std::string_view, 17> kArticleNames = {
    "id",          "url",          "body",           "summary",     "bylines",      "captions",
    "tags",        "section",      "published",      "updatedTime", "updated_time", "publishedTime",
    "embargoTime", "embargo_time", "published_time", "labels",      "status"};

// Sorted. All other members that the schemas of ninjs and Superdesk have, in lower case.
constexpr auto kOtherNinjsNames = std::to_array<std::string_view>({"_id",
                                                                   "abstract",
                                                                   "advices",
                                                                   "altids",
                                                                   "annotations",
                                                                   "attachments",
                                                                   "authors",
                                                                   "by",
                                                                   "byline",
                                                                   "charcount",
                                                                   "contentcreated",
                                                                   "digitalsourcetype",
                                                                   "ednote",
                                                                   "embargoed",
                                                                   "embargoeduntil",
                                                                   "event",
                                                                   "events",
                                                                   "evolvedfrom",
                                                                   "expires",
                                                                   "extra",
                                                                   "firstcreated",
                                                                   "firstpublished",
                                                                   "genre",
                                                                   "genres",
                                                                   "guid",
                                                                   "headline",
                                                                   "keywords",
                                                                   "language",
                                                                   "located",
                                                                   "mimetype",
                                                                   "object",
                                                                   "objects",
                                                                   "organisation",
                                                                   "organisations",
                                                                   "people",
                                                                   "person",
                                                                   "place",
                                                                   "places",
                                                                   "plannedcoverage",
                                                                   "priority",
                                                                   "profile",
                                                                   "readtime",
                                                                   "rightsinfo",
                                                                   "service",
                                                                   "slugline",
                                                                   "source",
                                                                   "standard",
                                                                   "subject",
                                                                   "subjects",
                                                                   "title",
                                                                   "trustindicator",
                                                                   "trustindicators",
                                                                   "type",
                                                                   "urgency",
                                                                   "uri",
                                                                   "usageterms",
                                                                   "version",
                                                                   "wordcount"});
static_assert(std::is_sorted(kOtherNinjsNames.begin(), kOtherNinjsNames.end()));

bool IsNameOfSchemas(std::string_view name) {
  return std::binary_search(kOtherNinjsNames.begin(), kOtherNinjsNames.end(), name) ||
         name.starts_with("headline_");
}

// Sorted; in letters and digits.
constexpr std::array<std::string_view, 29> kWrapperNames = {
    "article",   "articles", "collection", "contents", "data",    "doc",      "docs",   "documents",
    "entries",   "hits",     "item",       "items",    "list",    "messages", "news",   "newsitem",
    "newsitems", "objects",  "payload",    "posts",    "records", "response", "result", "results",
    "rows",      "source",   "stories",    "story",    "value"};

static_assert(std::is_sorted(kWrapperNames.begin(), kWrapperNames.end()));

template <size_t N>
bool HasAnyOf(const Names& members, const std::array<std::string_view, N>& names) {
  return std::any_of(names.begin(), names.end(),
                     [&](std::string_view name) { return members.contains(name); });
}

// The place of the quote that ends the text of JSON that begins at `at`; text.size() without one.
size_t EndOfText(std::string_view text, size_t at) {
  for (size_t end = text.find('"', at); end != std::string_view::npos;
       end = text.find('"', end + 1)) {
    size_t escapes = 0;
    while (end - escapes > at && text[end - escapes - 1] == '\\') ++escapes;
    if (escapes % 2 == 0) return end;
  }
  return text.size();
}

// Goes through the names of the members of the object that starts at `at`, as far as they are in
// sight. `on_member` gets each name and where its value may start.
template <typename OnMember>
void ForEachMember(std::string_view text, size_t at, OnMember on_member) {
  int depth = 0;
  bool is_name = false;
  for (; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '{' || c == '[') {
      ++depth;
      is_name = c == '{';
    } else if (c == '}' || c == ']') {
      if (--depth == 0) return;
    } else if (c == ',') {
      is_name = true;
    } else if (c == ':') {
      is_name = false;
    } else if (c == '"') {
      const size_t begin = at + 1;
      at = EndOfText(text, begin);
      if (depth == 1 && is_name && at < text.size()) {
        on_member(text.substr(begin, at - begin), at + 1);
      }
    }
  }
}

// The rule for one object: it has a uri and a name that only ninjs has; or one of these names, or a
// guid and what an agency puts beside it, and none of those of JSON lines; or a uri or guid and
// nothing that ninjs does not have. Where a map reads other people's names, only the first holds.
bool HasMarks(const Names& members, bool is_mapped) {
  Names lower;
  for (const std::string& name : members) lower.insert(absl::AsciiStrToLower(name));
  const bool has_own = HasAnyOf(lower, kNinjsNames) ||
                       std::any_of(lower.begin(), lower.end(), [](const std::string& name) {
                         return name.starts_with("body_") || name.starts_with("description_");
                       });
  if (has_own && members.contains("uri")) return true;
  if (is_mapped || HasAnyOf(members, kArticleNames)) return false;
  const bool has_id = members.contains("uri") || members.contains("guid");
  return has_own || (has_id && (HasAnyOf(lower, kNinjsNamesBesideId) ||
                                std::all_of(lower.begin(), lower.end(), &IsNameOfSchemas)));
}

// The "{" of the first object in the value that starts about `at`, in arrays or not; npos for any
// other value.
size_t ObjectAt(std::string_view text, size_t at) {
  const size_t start = text.find_first_not_of(" \t\r\n:[", at);
  return start != std::string_view::npos && text[start] == '{' ? start : std::string_view::npos;
}

bool LooksLikeNinjsAt(std::string_view text, size_t at, bool is_mapped, int depth) {
  constexpr int kMaxDepth = 4;
  Names members;
  size_t wrapped = std::string_view::npos;
  ForEachMember(text, at, [&](std::string_view name, size_t behind) {
    members.emplace(name);
    if (wrapped == std::string_view::npos && IsWrapperName(name)) wrapped = ObjectAt(text, behind);
  });
  if (HasMarks(members, is_mapped)) return true;
  const bool is_item = std::any_of(members.begin(), members.end(), IsTextName);
  return !is_item && wrapped != std::string_view::npos && depth < kMaxDepth &&
         LooksLikeNinjsAt(text, wrapped, is_mapped, depth + 1);
}

}  // namespace

bool IsTextName(std::string_view name) {
  const std::string lower = absl::AsciiStrToLower(std::string(name));
  return lower == "headline" || lower == "headlines" || lower == "bodies" ||
         lower.starts_with("body") || lower.starts_with("headline_") ||
         lower.starts_with("description_") || lower == "descriptions";
}

bool IsWrapperName(std::string_view name) {
  constexpr size_t kMaxNameBytes = 40;
  return name.size() <= kMaxNameBytes &&
         std::binary_search(kWrapperNames.begin(), kWrapperNames.end(), PlainWord(name));
}

bool LooksLikeNinjs(std::string_view text, bool is_mapped) {
  const size_t start = ObjectAt(text, 0);
  return start != std::string_view::npos && LooksLikeNinjsAt(text, start, is_mapped, 0);
}

bool IsNinjsItem(const simdjson::dom::object& object) {
  Names members;
  for (const auto& [name, value] : object) members.emplace(name);
  const bool has_identity =
      members.contains("uri") || members.contains("guid") || members.contains("_id");
  return std::any_of(members.begin(), members.end(), IsTextName) ||
         (has_identity && HasMarks(members, /*is_mapped=*/false));
}

}  // namespace broadsheet::sources
