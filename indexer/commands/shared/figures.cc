// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/commands/shared/figures.h"

#include <array>

#include "absl/strings/str_format.h"

namespace broadsheet::commands {

std::string Count(uint64_t number) {
  std::string digits = std::to_string(number);
  for (size_t at = digits.size(); at > 3;) {
    at -= 3;
    digits.insert(at, 1, ',');
  }
  return digits;
}

std::string Counted(uint64_t number, const std::string& noun) {
  return Count(number) + " " + noun + (number == 1 ? "" : "s");
}

std::string Bytes(uint64_t bytes) {
  constexpr std::array<const char*, 4> kUnits = {"kB", "MB", "GB", "TB"};
  if (bytes < 1000) return Counted(bytes, "byte");
  double value = static_cast<double>(bytes) / 1000;
  size_t unit = 0;
  // 999.5 would be printed as 1000.
  while (value >= 999.5 && unit + 1 < kUnits.size()) {
    value /= 1000;
    ++unit;
  }
  return absl::StrFormat("%.*f %s", value < 9.95 ? 1 : 0, value, kUnits[unit]);
}

std::string Elapsed(absl::Duration duration) {
  const double seconds = absl::ToDoubleSeconds(duration);
  if (seconds < 59.95) return absl::StrFormat("%.1f s", seconds);
  const auto whole = static_cast<int64_t>(seconds + 0.5);
  if (whole < 3600) return absl::StrFormat("%d min %02d s", whole / 60, whole % 60);
  return absl::StrFormat("%d h %02d min", whole / 3600, whole / 60 % 60);
}

std::string DescribeWithheld(const schema::WithheldCounts& counts) {
  std::string text;
  const auto add = [&text](uint64_t number, const char* what) {
    if (number > 0) text += (text.empty() ? "" : ", ") + Count(number) + what;
  };
  add(counts.withheld, " withheld");
  add(counts.embargoed, " under embargo");
  add(counts.cancelled, " cancelled");
  return text;
}

}  // namespace broadsheet::commands
