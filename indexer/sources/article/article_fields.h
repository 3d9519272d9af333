// SPDX-License-Identifier: GPL-3.0-or-later
// Fills fields in the same way for every format. Each function adds a value that is not empty and
// not present yet.
#pragma once

#include <string_view>

#include "broadsheet/v1/article.pb.h"

namespace broadsheet::sources {

// The people of a byline as printed, with or without "By": one Byline a person.
void AddBylines(std::string_view printed, v1::Article* article);
// The same; who has no role or organisation in the line has this one.
void AddBylines(std::string_view printed, std::string_view role, std::string_view organisation,
                v1::Article* article);
// Adds one name, with its role and organisation, which may be empty; of "jane@wire.example (Jane
// Doe)" the name. Here and above a notice of copyright becomes the article's where it has none.
void AddByline(std::string_view name, std::string_view role, std::string_view organisation,
               v1::Article* article);
// The same where a field for one name may have several: "Jane Doe and John Roe".
void AddStatedName(std::string_view name, std::string_view role, std::string_view organisation,
                   v1::Article* article);
// Takes authors off that are notices of copyright: nobody is called "© 2026 Lantern Wire".
void DropNotices(v1::Article* article);
void AddTag(std::string_view tag, v1::Article* article);
void AddCaption(v1::Caption caption, v1::Article* article);

// Reads a version that is a whole number; 0 for any other text ("1.2" and "2013-07-09" cannot be
// ordered with whole numbers).
int64_t ReadVersion(std::string_view text);

}  // namespace broadsheet::sources
