// SPDX-License-Identifier: GPL-3.0-or-later
// The ways to rank that a request can name (SearchArticlesRequest.ranking_profile).
// docs/relevance.md says what each part does, how its parameters were found and what it costs.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "absl/time/time.h"

namespace broadsheet::query {

struct RankingProfile {
  std::string_view name;
  // Words match only in the form in which they are typed, accents included, as `=word` does.
  bool exact_words = false;
  // The best hits are scored again: by the form in which words were typed, by headlines, by the
  // nearness of words, and by what the best of them are about (ranked_search.h).
  bool rescored = false;
  // Newer articles count more (recency.h).
  bool recency = false;
};

// Settings of the administrator. A request may override them.
struct RankingOptions {
  // The time in which an article loses half of its gain for recency. More than zero. With a larger
  // value weeks and months matter rather than days.
  absl::Duration recency_half_life = absl::Hours(24 * 30);
  // The largest gain for recency, as a multiple of the score of an article of typical length that
  // has each word of the query once. 0 or greater. A larger value lets new articles outrank better
  // matches.
  double recency_cap = 1;
};

// All profiles, the default first.
std::span<const RankingProfile> RankingProfiles();

// "" finds the default; nullptr when there is no such profile.
const RankingProfile* FindRankingProfile(std::string_view name);

// "default, recent, ...": for error messages.
std::string NamesOfRankingProfiles();

}  // namespace broadsheet::query
