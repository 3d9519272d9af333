// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/rank/ranking_profile.h"

#include <algorithm>
#include <array>

namespace broadsheet::query {
namespace {

constexpr std::array kProfiles = {
    RankingProfile{
        .name = "default",
        .help = "the words and their nearness; where any word will do, the best hits' words",
        .pairs = true,
        .feedback = true},
    RankingProfile{.name = "recent",
                   .help = "the same, and newer articles count more",
                   .pairs = true,
                   .feedback = true,
                   .recency = true},
    RankingProfile{.name = "exact",
                   .help = "words match only in the form in which they are typed",
                   .exact_words = true},
    RankingProfile{.name = "plain", .help = "the words alone: the cheapest"},
};

}  // namespace

std::span<const RankingProfile> RankingProfiles() { return kProfiles; }

const RankingProfile* FindRankingProfile(std::string_view name) {
  if (name.empty()) return kProfiles.data();
  const auto found =
      std::find_if(kProfiles.begin(), kProfiles.end(),
                   [name](const RankingProfile& profile) { return profile.name == name; });
  return found == kProfiles.end() ? nullptr : &*found;
}

std::string NamesOfRankingProfiles() {
  std::string names;
  for (const RankingProfile& profile : kProfiles) {
    if (!names.empty()) names += ", ";
    names += profile.name;
  }
  return names;
}

}  // namespace broadsheet::query
