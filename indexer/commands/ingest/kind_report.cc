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

// ", 3 lost (3 …)"; "" when there are none and they need not be said.
template <typename Counts>
std::string Clause(uint64_t count, const std::string& what, const Counts& reasons) {
  if (count == 0) return "";
  return ", " + Count(count) + " " + what + " (" + MostFrequent(reasons) + ")";
}

std::string Fate(const sources::FormatTally& tally, uint64_t merged, uint64_t taken_down,
                 bool is_indexed) {
  if (!is_indexed) return Count(tally.articles) + " accepted";
  std::string fate = Count(tally.articles - merged - taken_down) + " indexed, " +
                     Counted(merged, "duplicate") + " merged";
  if (taken_down > 0) fate += ", " + Count(taken_down) + " taken down";
  return fate;
}

std::string KindLine(const std::string& name, const sources::FormatTally& tally,
                     const std::string& fate) {
  const uint64_t passed_over = tally.counts.passed_over;
  const uint64_t read = tally.articles + tally.rejects + tally.lost + passed_over;
  std::string line =
      name + ": " + Count(read) + " read from " + Counted(tally.files, "file") + ", " + fate + ", ";
  line += tally.rejects == 0
              ? "0 rejected"
              : Clause(tally.rejects, "rejected", tally.reasons).substr(std::string(", ").size());
  return line + Clause(tally.lost, "lost", tally.losses) +
         Clause(passed_over, "passed over as no articles", tally.counts.skipped);
}

}  // namespace

std::vector<std::string> KindLines(const sources::PathReader& reader,
                                   const IngestAccounts& accounts, bool is_indexed) {
  std::vector<std::string> lines;
  for (size_t i = 0; i < sources::kFormats; ++i) {
    const auto format = static_cast<sources::Format>(i);
    const sources::FormatTally& tally = reader.tally(format);
    if (tally.files == 0 && tally.rejects == 0) continue;
    lines.push_back(
        KindLine(std::string(sources::KindName(format)), tally,
                 Fate(tally, accounts.merged(format), accounts.taken_down(format), is_indexed)));
  }
  // Not the first thing that a person wants to see.
  if (!lines.empty() && lines.front().starts_with("other: ")) {
    std::rotate(lines.begin(), lines.begin() + 1, lines.end());
  }
  return lines;
}

}  // namespace broadsheet::commands
