// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/rank/ranking_profile.h"

#include <algorithm>
#include <array>

namespace broadsheet::query {
namespace {

constexpr std::array kProfiles = {
    RankingProfile{.name = "default", .rescored = true},
    RankingProfile{.name = "recent", .rescored = true, .recency = true},
    RankingProfile{.name = "exact", .exact_words = true},
    RankingProfile{.name = "plain"},
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
