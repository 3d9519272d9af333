// SPDX-License-Identifier: GPL-3.0-or-later
// What of a query was read as text, or as an operator, although it may have been meant otherwise.
// Pasted text is never refused for such things, and nothing is read otherwise in silence.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/query/syntax/lexer.h"

namespace broadsheet::query {

enum class RemarkKind : uint8_t {
  kReadAsText,      // Source: a pact; fraud | tax
  kReadAsOperator,  // SIMPSON FOUND NOT GUILTY BY JURY
};

struct Remark {
  RemarkKind kind;
  std::string word;        // what it is about, as typed
  std::string message;     // a sentence without a final period
  std::string suggestion;  // the whole query for the other meaning; "" = none
};

// At most one of each sort. `tokens` are TokensOf(query). The suggestions have not been tried: what
// one of a query that is refused is about cannot have been meant.
std::vector<Remark> RemarksOn(std::string_view query, const std::vector<Token>& tokens);

}  // namespace broadsheet::query
