// SPDX-License-Identifier: GPL-3.0-or-later
// The query that matches every document. Xapian::Query::MatchAll is not to be used: it is one
// object for the whole process, copying it counts references without a lock, and with searches on
// several threads the count goes wrong and the object is freed under them.
#pragma once

#include <xapian.h>

#include <string>

namespace broadsheet::xapian {

// Returns a new object each time.
inline Xapian::Query EveryDocument() { return {std::string()}; }

}  // namespace broadsheet::xapian
