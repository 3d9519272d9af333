// SPDX-License-Identifier: GPL-3.0-or-later
// Filling fields that every format fills alike: each puts in what is not empty and not there yet.
#pragma once

#include <string_view>

#include "broadsheet/v1/article.pb.h"

namespace broadsheet::sources {

// The people of a byline as printed, with or without "By": one Byline a person.
void AddBylines(std::string_view printed, v1::Article* article);
// One name, with what is known of it.
void AddByline(std::string_view name, std::string_view role, std::string_view organisation,
               v1::Article* article);
void AddTag(std::string_view tag, v1::Article* article);
void AddCaption(v1::Caption caption, v1::Article* article);

// "usable", "withheld", "canceled" (or "cancelled", "killed"), in any case, with or without a
// scheme before it ("stat:usable"); STATUS_UNSPECIFIED for anything else.
v1::Article::Status ReadStatus(std::string_view text);

// A version that is a whole number; 0 for any other ("1.2" and "2013-07-09" have no order with
// them).
int64_t ReadVersion(std::string_view text);

}  // namespace broadsheet::sources
