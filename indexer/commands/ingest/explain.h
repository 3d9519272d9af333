// SPDX-License-Identifier: GPL-3.0-or-later
// Prints the table of `parse --explain`.
#pragma once

#include <ostream>

#include "absl/status/status.h"
#include "broadsheet/v1/article.pb.h"
#include "indexer/sources/article/field_rule.h"

namespace broadsheet::commands {

// Prints a line for each field that `article` has: its name, the rule, the start of the value. A
// field without a rule was stated by the source under its own name. Prepares the article first, as
// for the index; errors of schema::PrepareArticle. UNAVAILABLE when `out` fails.
//
// With `considered` a line follows for each value that a rule weighed, the one that was taken
// first: its score, what speaks for and against it, and two blanks before the whole value.
absl::Status Explain(v1::Article& article, const sources::FieldRules& rules, bool considered,
                     std::ostream& out);

}  // namespace broadsheet::commands
