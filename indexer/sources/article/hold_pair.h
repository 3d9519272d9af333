// SPDX-License-Identifier: GPL-3.0-or-later
// Members that are written as pairs of a name and a value, as many systems keep what an editor
// added: {"key": "embargo_date", "value": "2031-01-01"}, <META NAME="embargo" CONTENT="2031"/>.
#pragma once

#include <simdjson.h>

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace broadsheet::sources::hold {

struct NamedValue {
  std::string_view name;
  simdjson::dom::element value;
  // Of the object: where the value stands.
  std::string_view member;
};

// The pair that an object is; nullopt for any other object. The views are the object's.
std::optional<NamedValue> PairIn(const simdjson::dom::object& members);

struct NamedText {
  std::string name;
  std::string value;
};

// The pair among what an XML element has, its attributes and elements by their names; `text`, its
// own, is the value where none of these is one. nullopt when it is no pair.
std::optional<NamedText> PairAmong(const std::vector<std::pair<std::string, std::string>>& parts,
                                   const std::string& text);

// Whether the name has a rule and the value holds back by it. A name may be a topic here, and the
// value its weight or its title ({"name": "Oil embargo", "value": 3}): of an embargo only a time, a
// flag or a word for holding back counts.
bool PairHoldsBack(const NamedValue& pair);

// The same of a pair that is text; what a pair of a name with such a rule says.
bool PairHoldsBack(std::string_view name, std::string_view value);

}  // namespace broadsheet::sources::hold
