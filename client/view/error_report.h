// SPDX-License-Identifier: GPL-3.0-or-later
// Prints the error of a failed call: what is wrong, where in the query, and the remedy.
#pragma once

#include <iosfwd>
#include <string>

#include "client/view/call_error.h"
#include "client/view/terminal.h"

namespace grpc {
class Status;
}

namespace broadsheet::client {

// Writes one line, the message and its remedy (remedy.h), and for a mistake in the query three: the
// query, a caret under the place, the hint. `query` may be nullptr for calls without one.
void ReportError(const grpc::Status& status, const SentQuery* query, const Terminal& terminal,
                 std::ostream& err);

// The whole query that the server suggests instead of the refused one; "" when it suggests none.
std::string MendedQuery(const grpc::Status& status);

}  // namespace broadsheet::client
