// SPDX-License-Identifier: GPL-3.0-or-later
// What a page states that may hold its article back: a status, an embargo.
#pragma once

#include <simdjson.h>

#include <string_view>
#include <vector>

#include "indexer/sources/article/release.h"
#include "indexer/sources/html/metadata/metadata.h"

namespace broadsheet::sources::html {

// Adds the members of a statement of JSON-LD that may hold it back, such as creativeWorkStatus, and
// those that article/hold_rule.h knows.
void AddHoldMembers(simdjson::dom::object of, std::vector<HoldStatement>* holds);

// Adds a meta element, or a property of microdata, if its name tells that it may hold the article
// back: "prism.embargoDate", "dcterms.available", "article:status". `kind` says what it is, for
// messages. An empty value states nothing: templates leave them behind.
void AddHoldMeta(std::string_view kind, std::string_view name, std::string_view value,
                 std::vector<HoldStatement>* holds);

// The same in JSON-LD that cannot be read: what its text has of such names and their values.
void AddHoldsInText(std::string_view script, std::vector<HoldStatement>* holds);

// States what `holds` say.
void StateHolds(const std::vector<HoldStatement>& holds, ReleaseStatement& release);

}  // namespace broadsheet::sources::html
