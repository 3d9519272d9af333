// SPDX-License-Identifier: GPL-3.0-or-later
// What readers can find in one state of the index, in figures: for the status of a server.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "engine/base/call_control.h"
#include "engine/query/search_context.h"

namespace broadsheet::query {

// Of visible articles, but for live_articles.
struct Overview {
  uint64_t articles = 0;
  uint64_t undated = 0;
  // The first and the last published time, in seconds since 1970; absent when all are undated.
  std::optional<int64_t> oldest;
  std::optional<int64_t> newest;
  // In how many articles each is, as most of them spell it. Languages by their primary subtag; ""
  // are the articles without one.
  std::map<std::string, uint64_t> languages;
  std::map<std::string, uint64_t> sources;
  // Articles that are stored in live, whether readers may see them or not.
  uint64_t live_articles = 0;
};

// Walks over the dates of all articles: about a millisecond for each hundred thousand, and some for
// each thousand in live. DATA_LOSS when live is damaged; throws what Xapian and the deadline throw.
absl::StatusOr<Overview> MakeOverview(const SearchContext& context, const base::CallControl& call);

}  // namespace broadsheet::query
