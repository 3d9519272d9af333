// SPDX-License-Identifier: GPL-3.0-or-later
#include "arguments/nearest_name.h"

#include <algorithm>
#include <cstddef>

namespace broadsheet::arguments {
namespace {

// How many letters have to be put right, two in the wrong order counting as one. In bytes: names
// are ASCII.
size_t Slips(std::string_view a, std::string_view b) {
  std::vector<std::vector<size_t>> table(a.size() + 1, std::vector<size_t>(b.size() + 1));
  for (size_t i = 0; i <= a.size(); ++i) {
    for (size_t j = 0; j <= b.size(); ++j) {
      if (i == 0 || j == 0) {
        table[i][j] = i + j;
        continue;
      }
      const size_t change = a[i - 1] == b[j - 1] ? 0 : 1;
      table[i][j] =
          std::min({table[i - 1][j] + 1, table[i][j - 1] + 1, table[i - 1][j - 1] + change});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        table[i][j] = std::min(table[i][j], table[i - 2][j - 2] + 1);
      }
    }
  }
  return table[a.size()][b.size()];
}

}  // namespace

std::string NearestName(std::string_view typed, const std::vector<std::string>& names) {
  // What is much longer is no slip of a name, and would take long to compare.
  constexpr size_t kLongestTyped = 64;
  if (typed.size() > kLongestTyped) return "";
  size_t fewest = std::max<size_t>(typed.size() / 3, 1) + 1;
  std::string nearest;
  for (const std::string& name : names) {
    const size_t slips = Slips(typed, name);
    if (slips >= fewest) continue;
    fewest = slips;
    nearest = name;
  }
  if (!nearest.empty() || typed.size() < 3) return nearest;
  const auto begins = [&](const std::string& name) { return name.starts_with(typed); };
  if (std::count_if(names.begin(), names.end(), begins) != 1) return "";
  return *std::find_if(names.begin(), names.end(), begins);
}

}  // namespace broadsheet::arguments
