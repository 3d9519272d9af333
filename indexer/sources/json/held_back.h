// SPDX-License-Identifier: GPL-3.0-or-later
// Finds members of JSON that may hold an article back under a name that its reader does not know:
// "embargoed", "pubStatus", "EMBARGO-UNTIL", {"rights": {"embargo": {"until": ...}}}.
//
// A reader that ignored such a member would show an article that nobody may see yet. So every
// reader of JSON checks each member that it does not read, and refuses the record if the member may
// hold it back. docs/formats.md lists the names; only letters (in any case) and digits count in
// them.
#pragma once

#include <simdjson.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "indexer/sources/article/hold_rule.h"
#include "indexer/sources/article/release.h"
#include "indexer/sources/json/json_field.h"

namespace broadsheet::sources {

// Names from the outside in; arrays add no name.
using MemberPath = std::vector<std::string>;

// How a member holds an article back.
enum class HoldKind : uint8_t {
  kEmbargo,    // until a time, or with a word
  kStatus,     // a status that does not release the article
  kFlag,       // a flag that is true
  kNinjsMark,  // not a hold: shows that the item is ninjs, whose holds only that reader reads
  kRepeated,   // a member that is read, but occurs twice
};

struct HoldingMember {
  MemberPath names;
  FieldPath path;  // for messages: "items[0].embargoed"
  HoldKind kind = HoldKind::kEmbargo;
};

// The reader that does not know the member; the message's advice depends on it.
enum class JsonReader : uint8_t { kLines, kMap, kNinjs };

// Finds a hold in the record's member `name`, which its reader does not know: the member itself or
// a member inside it, at any depth. Empty values are no hold (null, false, 0, "", "no", empty
// arrays and objects), nor is a status that releases the article ("usable", "published").
std::optional<HoldingMember> FindHold(std::string_view name, const simdjson::dom::element& value);

// The same for a member inside a known one, such as labels, whose path is `outer`, or for one of a
// wrapper, whose path may be "". Fewer names count as a hold there, since the member may not be
// about the article.
std::optional<HoldingMember> FindInnerHold(const FieldPath& outer, std::string_view name,
                                           const simdjson::dom::element& value);

// The same for all members of `record` except those at `read`, from which the reader takes the
// article's embargo and status.
std::optional<HoldingMember> FindUnreadHold(const simdjson::dom::object& record,
                                            const std::vector<MemberPath>& read);

// Whether only ninjs has this name, so that a record with it must be ninjs.
bool IsNinjsMark(std::string_view name);

// INVALID_ARGUMENT that names the member, says that `reader` does not read it, and gives the
// remedy.
absl::Status HoldNotRead(const HoldingMember& member, JsonReader reader);

// INVALID_ARGUMENT: the record states this field twice, with different values.
absl::Status StatedTwice(const FieldPath& path);

// What editors write to each other ("ednote", "editorsNote"; note_members.cc) holds back as well.
// States every note in the member `name`, which stands in `place`: the member itself or one inside
// it. "note" and "instructions" are notes of editors only in the record itself and in members that
// say more about the article.
void StateNotesIn(std::string_view name, const simdjson::dom::element& value, hold::Place place,
                  ReleaseStatement& release);

// The same for all members of `record`.
void StateNotesOf(const simdjson::dom::object& record, ReleaseStatement& release);

}  // namespace broadsheet::sources
