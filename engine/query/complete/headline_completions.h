// SPDX-License-Identifier: GPL-3.0-or-later
// Headlines that begin with what was typed.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "engine/query/complete/allowed_documents.h"
#include "engine/query/complete/visible_vocabulary.h"
#include "engine/query/match/match_context.h"

namespace broadsheet::query {

// The newest headlines of allowed articles that begin with `prefix` (folded), those that were
// written since the generation was built first; equal ones once. Errors of reading articles; throws
// what the deadline throws.
absl::StatusOr<std::vector<std::string>> HeadlinesWithPrefix(MatchContext& context,
                                                             const VisibleVocabulary& vocabulary,
                                                             const AllowedDocuments& allowed,
                                                             const std::string& prefix,
                                                             size_t most);

}  // namespace broadsheet::query
