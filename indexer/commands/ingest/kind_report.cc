// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/commands/ingest/kind_report.h"

#include <algorithm>
#include <map>

#include "absl/strings/str_format.h"
#include "indexer/commands/shared/figures.h"

namespace broadsheet::commands {
namespace {

// The most frequent ones say what is wrong; all are in the file of rejects.
constexpr size_t kNamed = 4;

// "12 not valid JSON, 3 empty file and 2 more"
template <typename Counts>
std::string MostFrequent(const Counts& counts) {
  std::vector<std::pair<uint64_t, std::string>> order;
  for (const auto& [name, count] : counts) order.emplace_back(count, name);
  std::stable_sort(order.begin(), order.end(),
                   [](const auto& a, const auto& b) { return a.first > b.first; });
  std::string text;
  uint64_t others = 0;
  for (size_t i = 0; i < order.size(); ++i) {
    if (i >= kNamed) {
      others += order[i].first;
      continue;
    }
    text += absl::StrFormat("%s%s %s", i == 0 ? "" : ", ", Count(order[i].first), order[i].second);
  }
  if (others > 0) text += " and " + Count(others) + " more";
  return text;
}

std::string KindLine(const std::string& name, const sources::FormatTally& tally, uint64_t merged) {
  uint64_t skipped = 0;
  for (const auto& [kind, count] : tally.counts.skipped) skipped += count;
  std::string line = absl::StrFormat("%s: %s read from %s, %s indexed, %s merged, %s rejected",
                                     name, Count(tally.articles + tally.rejects + skipped),
                                     Counted(tally.files, "file"), Count(tally.articles - merged),
                                     Counted(merged, "duplicate"), Count(tally.rejects));
  if (tally.rejects > 0) line += " (" + MostFrequent(tally.reasons) + ")";
  if (skipped > 0) {
    line += absl::StrFormat(", %s passed over as no articles (%s)", Count(skipped),
                            MostFrequent(tally.counts.skipped));
  }
  return line;
}

}  // namespace

void ArticleOrigins::Add(sources::Format format) {
  if (runs_.empty() || runs_.back().second != format) runs_.emplace_back(articles_, format);
  ++articles_;
}

void ArticleOrigins::CountMerged(uint64_t number) {
  const auto after =
      std::upper_bound(runs_.begin(), runs_.end(), number,
                       [](uint64_t wanted, const auto& run) { return wanted < run.first; });
  if (after != runs_.begin()) ++merged_[static_cast<size_t>(std::prev(after)->second)];
}

std::vector<std::string> KindLines(const sources::PathReader& reader,
                                   const ArticleOrigins& origins) {
  std::vector<std::string> lines;
  for (size_t i = 0; i < sources::kFormats; ++i) {
    const auto format = static_cast<sources::Format>(i);
    const sources::FormatTally& tally = reader.tally(format);
    if (tally.files == 0 && tally.rejects == 0) continue;
    const std::string name(format == sources::Format::kAuto ? "other"
                                                            : sources::FormatName(format));
    lines.push_back(KindLine(name, tally, origins.merged(format)));
  }
  // Not the first thing that a person wants to see.
  if (!lines.empty() && lines.front().starts_with("other: ")) {
    std::rotate(lines.begin(), lines.begin() + 1, lines.end());
  }
  return lines;
}

}  // namespace broadsheet::commands
