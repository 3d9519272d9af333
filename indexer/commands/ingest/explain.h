// SPDX-License-Identifier: GPL-3.0-or-later
// The table of `parse --explain`.
#pragma once

#include <ostream>

#include "absl/status/status.h"
#include "broadsheet/v1/article.pb.h"
#include "indexer/sources/article/field_rule.h"

namespace broadsheet::commands {

// A line for each field that `article` has: its name, the rule, the value's start. Fields that no
// rule speaks of were stated by the source as they are. The article is first put into the form in
// which it would be indexed; errors of schema::PrepareArticle. UNAVAILABLE when `out` fails.
absl::Status Explain(v1::Article& article, const sources::FieldRules& rules, std::ostream& out);

}  // namespace broadsheet::commands
