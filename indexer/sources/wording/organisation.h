// SPDX-License-Identifier: GPL-3.0-or-later
// Houses that sign articles: news agencies, papers, desks.
#pragma once

#include <string_view>

namespace broadsheet::sources::people {

// A news agency by any of its names and short forms ("dpa", "Associated Press", "The AP").
bool IsAgency(std::string_view name);

// By its words a house or a desk rather than a person: "Varnholm Herald", "News Desk", "Redaktion",
// "lantern.example"; agencies among them.
bool IsOrganisation(std::string_view name);

}  // namespace broadsheet::sources::people
