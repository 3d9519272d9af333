// SPDX-License-Identifier: GPL-3.0-or-later
// Members of JSON that may hold an article back under a name that its reader does not know:
// "embargoed", "pubStatus", "EMBARGO-UNTIL", {"rights": {"embargo": {"until": ...}}}.
//
// A reader that passed over such a member would show what nobody may see yet, so every reader of
// JSON asks here about each member that it does not read, and refuses the record. docs/formats.md
// lists the names; letter case and whatever is neither a letter nor a digit do not count in them.
#pragma once

#include <simdjson.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "indexer/sources/json/json_field.h"

namespace broadsheet::sources {

// Names from the outside in; arrays on the way are not counted.
using MemberPath = std::vector<std::string>;

// The values by which something is held back.
enum class HoldKind : uint8_t {
  kEmbargo,    // until a time, or by a word
  kStatus,     // a status other than one that shows the article
  kFlag,       // true where false would show it
  kNinjsMark,  // no hold itself: an item of ninjs, whose embargo and status only ninjs reads
  kRepeated,   // one that is read, but stands there twice
};

struct HoldingMember {
  MemberPath names;
  FieldPath path;  // for messages: "items[0].embargoed"
  HoldKind kind = HoldKind::kEmbargo;
};

// Who does not read the member: decides what the message advises.
enum class JsonReader : uint8_t { kLines, kMap, kNinjs };

// What holds back in a record's member `name`, which its reader does not know: the member itself or
// what is inside it, at any depth. What says nothing holds nothing back: null, false, 0, "", "no",
// empty arrays and objects; nor does a status that shows the article: "usable", "published".
std::optional<HoldingMember> FindHold(std::string_view name, const simdjson::dom::element& value);

// The same for a member inside another one that is known, such as labels; `outer` is the path of
// that. Less is taken for a hold there, since it may be about something else than the article.
std::optional<HoldingMember> FindInnerHold(const FieldPath& outer, std::string_view name,
                                           const simdjson::dom::element& value);

// The same for all members of `record`, of which a reader reads those at `read`, and nothing else,
// into the article's embargo and status.
std::optional<HoldingMember> FindUnreadHold(const simdjson::dom::object& record,
                                            const std::vector<MemberPath>& read);

// Whether only ninjs has that name, so that its record is none of another kind.
bool IsNinjsMark(std::string_view name);

// INVALID_ARGUMENT naming the member, that `reader` does not read it, and what to do.
absl::Status HoldNotRead(const HoldingMember& member, JsonReader reader);

// INVALID_ARGUMENT: the record states this field twice, and not alike.
absl::Status StatedTwice(const FieldPath& path);

}  // namespace broadsheet::sources
