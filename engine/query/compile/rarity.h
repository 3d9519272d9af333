// SPDX-License-Identifier: GPL-3.0-or-later
// How much it tells about an article that it matches a part of a query.
#pragma once

#include <xapian.h>

namespace broadsheet::query {

// The sum of log(1 + articles / articles with the word) over what must all match; words that stand
// in for each other count as one, as frequent as all of them. Conditions of ours count nothing.
// Throws as Xapian does.
double RarityOf(const Xapian::Database& database, const Xapian::Query& query);

}  // namespace broadsheet::query
