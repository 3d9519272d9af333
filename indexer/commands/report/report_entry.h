// SPDX-License-Identifier: GPL-3.0-or-later
// One record in the report of `parse --html`: the article that was made of it on the left, on the
// right what it was made from.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "indexer/commands/report/explained_fields.h"
#include "indexer/sources/article/record_place.h"
#include "indexer/sources/article/trace.h"

namespace broadsheet::commands {

enum class FlagKind : uint8_t { kInfo, kSuspicion, kBad };

// A word or two beside an article: "no date".
struct EntryFlag {
  std::string text = {};
  FlagKind kind = FlagKind::kSuspicion;
};

struct ReportEntry {
  // From 1, in the order of reading; the record is at "#r<number>".
  uint64_t number = 0;
  sources::RecordPlace place = {};
  std::string format = {};
  std::string headline = {};
  std::vector<EntryFlag> flags = {};
  std::vector<std::string> warnings = {};
  // Of an article; none when the record was refused.
  std::vector<ExplainedField> fields = {};
  // Why the record was refused or lost; "" for an article.
  std::string refusal = {};
  sources::RecordTrace trace = sources::RecordTrace();
};

// "news/a.jsonl, line 3".
std::string PlaceText(const sources::RecordPlace& place);

// HTML of bounded size.
std::string RenderEntry(const ReportEntry& entry);
// Its line in the index.
std::string RenderIndexRow(const ReportEntry& entry);

}  // namespace broadsheet::commands
