// SPDX-License-Identifier: GPL-3.0-or-later
// Recognises organisations that sign articles: news agencies, papers, desks.
#pragma once

#include <string_view>

namespace broadsheet::sources::people {

// True for any name or short form of a news agency ("dpa", "Associated Press", "The AP").
bool IsAgency(std::string_view name);

// True if the words of the name are those of an organisation or desk rather than a person:
// "Varnholm Herald", "News Desk", "Redaktion", "lantern.example", or an agency.
bool IsOrganisation(std::string_view name);

}  // namespace broadsheet::sources::people
