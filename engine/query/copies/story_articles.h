// SPDX-License-Identifier: GPL-3.0-or-later
// The articles of a story that readers may see.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "engine/query/match/match_context.h"

namespace broadsheet::query {

struct StoryArticle {
  storage::DocRef doc;
  int64_t seconds = 0;  // when it was published, since 1970
  std::string id;
  std::string source;
};

// All articles that tell the same story as `doc` and may be seen at `now`, first published first,
// of one time in order of their ids; `doc` among them if it may be seen. An article without copies
// is alone. Errors of reading articles; throws what Xapian and the deadline throw.
absl::StatusOr<std::vector<StoryArticle>> ReadStory(MatchContext& context, storage::DocRef doc,
                                                    absl::Time now);

}  // namespace broadsheet::query
