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
absl::Status Explain(v1::Article& article, const sources::FieldRules& rules, std::ostream& out);

}  // namespace broadsheet::commands
