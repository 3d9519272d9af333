// SPDX-License-Identifier: GPL-3.0-or-later
// An XML element as JSON, for maps of fields.
#pragma once

#include <string>

#include "indexer/sources/json/field_map.h"
#include "indexer/sources/markup/element.h"

namespace broadsheet::sources {

// An element is an object: its children by their names (arrays where a name occurs more than once),
// its attributes as "@name", its text as FieldMap::kTextMember. Where `map` takes text, that is the
// text of the elements inside as well, and kHtmlMember is the content as HTML. An element without
// children and attributes is a string, unless `map` takes objects there. Blocks of a dialect become
// <div>, inline elements <span>.
//
// The text of an element occurs once for each path of `map` that leads to it or to one around it.
// Pure; safe from any thread.
std::string ElementJson(const markup::Element& element, const FieldMap& map);

// The attributes of `element` alone.
std::string AttributesJson(const markup::Element& element);

}  // namespace broadsheet::sources
