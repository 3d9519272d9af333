// SPDX-License-Identifier: GPL-3.0-or-later
// How the names of a byline are joined: "and", "with". Pure; returned views point into the
// argument.
#pragma once

#include <string_view>
#include <vector>

namespace broadsheet::sources::people {

// The parts of `segment` between "and" and its like, of all languages and of the page's own
// `language`. "Ortega y Gasset" is one name: a conjunction stands between whole names or houses. In
// a byline in capitals ("JANE DOE AND JOHN ROE") it is in capitals as well.
std::vector<std::string_view> SplitAtJoints(std::string_view segment, std::string_view language);

// A text without the agencies whose reports its authors used.
struct WithoutAgencies {
  std::string_view names;
  // The first of the agencies, "" without any.
  std::string_view agency;
};

// "Jeanne Dupont avec AFP", "Jana Roth mit Material von dpa", "Kari Nordmann / NTB".
WithoutAgencies StripAgencies(std::string_view text);

// The agency in "avec AFP", of brackets behind a name; "" for any other text.
std::string_view AgencyBehindWith(std::string_view text);

}  // namespace broadsheet::sources::people
