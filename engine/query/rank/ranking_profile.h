// SPDX-License-Identifier: GPL-3.0-or-later
// The ways to rank that a request can name (SearchArticlesRequest.ranking_profile). What each part
// does, how its parameters were found and what it costs is in docs/relevance.md.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "absl/time/time.h"

namespace broadsheet::query {

struct RankingProfile {
  std::string_view name;
  std::string_view help;  // one line
  // Words match only in the form in which they are typed, accents included, as `=word` does.
  bool exact_words = false;
  // Words that follow each other in the query count more where they stand near each other
  // (word_pairs.h).
  bool pairs = false;
  // When any word is enough, the words of the best hits count a little, too (feedback.h).
  bool feedback = false;
  // Newer articles count more (recency.h).
  bool recency = false;
};

// What an administrator can set. A request may say otherwise.
struct RankingOptions {
  // How long it takes until an article has lost half of what being new gave it. More than zero.
  // Raising it makes weeks and months count rather than days.
  absl::Duration recency_half_life = absl::Hours(24 * 30);
  // The most that being new gives, as a share of the score of an article of usual length that has
  // each word of the query once. 0 or greater; raising it lets news outrank better matches.
  double recency_cap = 1;
};

// The default first.
std::span<const RankingProfile> RankingProfiles();

// "" finds the default; nullptr when there is no such profile.
const RankingProfile* FindRankingProfile(std::string_view name);

// "default, recent, ...": for help and error messages.
std::string NamesOfRankingProfiles();

}  // namespace broadsheet::query
