// SPDX-License-Identifier: GPL-3.0-or-later
// Reads the members of a ninjs object, and unifies the names and shapes of all versions.
#pragma once

#include <simdjson.h>

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "broadsheet/v1/article.pb.h"
#include "indexer/sources/json/held_back.h"

namespace broadsheet::sources::ninjs {

// A text with its stated kind: "xhtml", "html", "text", a media type, or "".
struct Variant {
  std::string kind;
  std::string role;
  std::string text;

  bool IsMarkup() const {
    return kind.find("html") != std::string::npos || kind.find("xml") != std::string::npos;
  }
};

// The members of an object by meaning, the same for all versions.
struct Item {
  std::string uri, guid, type, version, language, by, located, title, slugline, notice, holder,
      credit, own_id, source;
  std::string status, embargoed, note;
  std::string first_published, first_created, content_created, version_created;
  std::vector<v1::Byline> authors;
  std::vector<Variant> headlines, descriptions, bodies;
  std::vector<std::string> tags, sources, genres;
  // What signals and further notes say, each string of them.
  std::vector<std::string> signals;
  std::string media_url, page_url;
  std::vector<simdjson::dom::object> associations;
  // A member that may hold the item back under a name that ninjs does not have.
  std::optional<HoldingMember> unread_hold;
};

// INVALID_ARGUMENT naming the member and what is wrong with it, for the members that are used. If a
// member occurs twice, the last value counts, but a status or an embargo must be the same both
// times.
absl::StatusOr<Item> ReadItem(const simdjson::dom::object& from);

}  // namespace broadsheet::sources::ninjs
