// SPDX-License-Identifier: GPL-3.0-or-later
// Mends JSON that people and templates wrote with small mistakes, where it is clear what is meant.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace broadsheet::sources::html {

struct MendedJson {
  // "" when nothing is left to mend.
  std::string json = {};
  // What was mended, each kind once, for a person to read: "a comma too many".
  std::vector<std::string> what = {};
};

// Takes away comments, CDATA marks, a byte order mark, commas too many and what stands before and
// behind the JSON; escapes control characters and quotes within strings; resolves entities in a
// text that has them for quotes; adds missing commas and closing brackets; puts several values one
// behind the other into an array. The result may still be no JSON: the parser tells. Time and
// memory grow with the text. Pure; safe from any thread.
MendedJson MendJson(std::string_view script);

}  // namespace broadsheet::sources::html
