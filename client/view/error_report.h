// SPDX-License-Identifier: GPL-3.0-or-later
// Prints the error of a failed call: what is wrong, where in the query, and the remedy.
#pragma once

#include <iosfwd>
#include <string>

#include "broadsheet/v1/search_service.pb.h"
#include "client/view/terminal.h"

namespace grpc {
class Status;
}

namespace broadsheet::client {

// A query as it was sent, and the part that the user typed.
struct SentQuery {
  std::string text;
  size_t typed_begin = 0;  // bytes [typed_begin, typed_end) of text
  size_t typed_end = 0;
  // Whether a mended query mends what was typed: nothing was added behind it.
  bool mendable = true;
};

// Writes one line, the message and its remedy (remedy.h), and for a mistake in the query three: the
// query, a caret under the place, the hint. `query` may be nullptr for calls without one.
void ReportError(const grpc::Status& status, const SentQuery* query, const Terminal& terminal,
                 std::ostream& err);

// The whole query that the server suggests instead of the refused one; "" when it suggests none.
std::string MendedQuery(const grpc::Status& status);

}  // namespace broadsheet::client
