// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/commands/report/page_blocks.h"

#include <algorithm>
#include <vector>

#include "absl/strings/str_cat.h"
#include "indexer/commands/report/html_text.h"
#include "indexer/commands/shared/figures.h"

namespace broadsheet::commands {
namespace {

using sources::BlockUse;
using sources::TracedBlock;

// Of dropped blocks with one reason, such as a menu, only the first are shown at once.
constexpr size_t kShownAtOnce = 6;
constexpr size_t kMaxBlockReasonBytes = 300;
constexpr size_t kMaxRecordBytes = 24 << 10;

// Blocks [first, last) that have the same use and reason.
struct BlockGroup {
  size_t first;
  size_t last;
};

BlockGroup GroupAt(const std::vector<TracedBlock>& blocks, size_t first) {
  const TracedBlock& block = blocks[first];
  size_t last = first + 1;
  if (block.use == BlockUse::kText) return {first, last};
  while (last < blocks.size() && blocks[last].use == block.use &&
         blocks[last].reason == block.reason) {
    ++last;
  }
  return {first, last};
}

std::string Paragraphs(const std::vector<TracedBlock>& blocks, BlockGroup group) {
  std::string html;
  for (size_t at = group.first; at < group.last; ++at) {
    const bool dropped = blocks[at].use == BlockUse::kNone;
    absl::StrAppend(&html, "<p dir=auto>", dropped ? "<del>" : "", HtmlText(blocks[at].text),
                    dropped ? "</del>" : "", "</p>");
  }
  return html;
}

std::string RenderGroup(const std::vector<TracedBlock>& blocks, BlockGroup group) {
  const TracedBlock& block = blocks[group.first];
  const std::string reason = HtmlStart(block.reason, kMaxBlockReasonBytes);
  switch (block.use) {
    case BlockUse::kText:
      return absl::StrCat("<li class=keep>", Paragraphs(blocks, group), "</li>\n");
    case BlockUse::kField:
      return absl::StrCat("<li class=field><span class=why>", reason, "</span>",
                          Paragraphs(blocks, group), "</li>\n");
    case BlockUse::kNone:
      break;
  }
  std::string html = absl::StrCat("<li class=drop><span class=why>dropped: ", reason, "</span>");
  const size_t shown = std::min(group.last, group.first + kShownAtOnce);
  html += Paragraphs(blocks, {group.first, shown});
  if (shown < group.last) {
    absl::StrAppend(&html, "<details><summary>", group.last - shown, " more like these</summary>",
                    Paragraphs(blocks, {shown, group.last}), "</details>");
  }
  return html + "</li>\n";
}

std::string RenderBlocks(const sources::RecordTrace& trace) {
  std::string html = "<section><h4>The page, block by block</h4><ol class=blocks role=list>";
  for (size_t at = 0; at < trace.blocks().size();) {
    const BlockGroup group = GroupAt(trace.blocks(), at);
    html += RenderGroup(trace.blocks(), group);
    at = group.last;
  }
  html += "</ol>";
  if (trace.left_out() > 0) {
    absl::StrAppend(&html, "<p class=soft>and ", Counted(trace.left_out(), "block"),
                    " more that this report leaves out</p>");
  }
  return html + "</section>";
}

void StartLine(size_t depth, std::string* out) {
  constexpr size_t kMaxDepth = 20;
  *out += '\n';
  out->append(2 * std::min(depth, kMaxDepth), ' ');
}

}  // namespace

std::string IndentedRecord(std::string_view record) {
  if (!record.starts_with('{')) return std::string(record);
  std::string out;
  size_t depth = 0;
  bool in_string = false;
  for (size_t at = 0; at < record.size(); ++at) {
    const char c = record[at];
    if (in_string) {
      out += c;
      if (c == '\\' && at + 1 < record.size()) out += record[++at];
      in_string = c != '"';
      continue;
    }
    if (c == ' ' || c == '\n' || c == '\r' || c == '\t') continue;
    if (c == '}' || c == ']') StartLine(depth = std::max<size_t>(depth, 1) - 1, &out);
    out += c;
    if (c == '{' || c == '[') StartLine(++depth, &out);
    if (c == ',') StartLine(depth, &out);
    if (c == ':') out += ' ';
    in_string = c == '"';
  }
  return out;
}

std::string RenderOrigin(const sources::RecordTrace& trace) {
  if (!trace.blocks().empty()) return RenderBlocks(trace);
  if (trace.record().empty()) return "";
  // Indenting makes a record at most some twenty times as long.
  const std::string_view record = trace.record();
  const std::string shown = IndentedRecord(record.substr(0, kMaxRecordBytes));
  std::string html = absl::StrCat("<section><h4>The record</h4><pre dir=auto>",
                                  HtmlStart(shown, kMaxRecordBytes), "</pre>");
  if (shown.size() > kMaxRecordBytes || record.size() > kMaxRecordBytes) {
    html += "<p class=soft>Only its start is shown.</p>";
  }
  return html + "</section>";
}

}  // namespace broadsheet::commands
