// SPDX-License-Identifier: GPL-3.0-or-later
// Lines above a story that say that it may not be published (yet): "EMBARGOED UNTIL 5 JANUARY 2031,
// 06:00 GMT", "Sperrfrist: ...", "DRAFT - NOT FOR PUBLICATION". Pure; safe from any thread.
#pragma once

#include <optional>
#include <string_view>

namespace broadsheet::sources::page {

struct HoldNotice {
  // What stands behind the words for an embargo or a hold, a view into the line: until when,
  // mostly.
  std::string_view rest;
  // Of an embargo the rest is a time, or cannot be read; of another hold it may be anything.
  bool is_embargo = false;
};

// nullopt for other lines, such as "Embargo on coal lifted" or "Do not use tap water, city says".
std::optional<HoldNotice> ReadHoldNotice(std::string_view line);

}  // namespace broadsheet::sources::page
