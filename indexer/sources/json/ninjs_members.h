// SPDX-License-Identifier: GPL-3.0-or-later
// What a ninjs object says, by what it means: names and shapes of all versions become one.
#pragma once

#include <simdjson.h>

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "indexer/sources/json/held_back.h"

namespace broadsheet::sources::ninjs {

// A text with what it says it is: "xhtml", "html", "text", a media type, or "".
struct Variant {
  std::string kind;
  std::string role;
  std::string text;

  bool IsMarkup() const {
    return kind.find("html") != std::string::npos || kind.find("xml") != std::string::npos;
  }
};

// What an object says, by what it means; everything the versions write differently is alike here.
struct Item {
  std::string uri, guid, type, version, language, by, located, title, slugline, notice, holder,
      credit;
  std::string status, embargoed, first_created, content_created, version_created;
  std::vector<Variant> headlines, descriptions, bodies;
  std::vector<std::string> tags, sources, genres;
  std::string media_url, page_url;
  std::vector<simdjson::dom::object> associations;
  // What may hold the item back under a name that ninjs does not have.
  std::optional<HoldingMember> unread_hold;
};

// INVALID_ARGUMENT naming the member and what is wrong with it, for the members that are used. Of
// one that is there twice the last counts, but a status or an embargo has to be alike both times.
absl::StatusOr<Item> ReadItem(const simdjson::dom::object& from);

}  // namespace broadsheet::sources::ninjs
