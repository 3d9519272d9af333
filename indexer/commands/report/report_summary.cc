// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/commands/report/report_summary.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "indexer/commands/report/html_text.h"
#include "indexer/commands/shared/figures.h"

namespace broadsheet::commands {
namespace {

constexpr size_t kMaxSampleBytes = 200;
constexpr size_t kMaxKinds = 12;

std::string Percent(uint64_t part, uint64_t whole) {
  if (whole == 0) return "";
  const uint64_t percent = (part * 200 + whole) / (2 * whole);
  if (part > 0 && percent == 0) return "under 1 %";
  if (part < whole && percent == 100) return "over 99 %";
  return absl::StrCat(percent, " %");
}

std::string Link(const ReportParts& parts, uint64_t number, const std::string& text) {
  const std::string shown = HtmlStart(text, kMaxSampleBytes);
  const bool is_there = number < parts.shown.size() && parts.shown[number];
  if (!is_there) return absl::StrCat("<bdi>", shown, "</bdi>");
  return absl::StrCat("<a href=\"#r", number, "\"><bdi>", shown, "</bdi></a>");
}

// A finding, and the first records of which it is true.
std::string Finding(const ReportParts& parts, const std::string& sentence, uint64_t count,
                    const std::vector<NamedEntry>& entries) {
  std::string html = absl::StrCat("<li><strong>", sentence, "</strong><ul>");
  for (const NamedEntry& entry : entries) {
    absl::StrAppend(&html, "<li>", Link(parts, entry.number, entry.headline), "</li>");
  }
  if (count > entries.size()) {
    absl::StrAppend(&html, "<li>and ", Count(count - entries.size()), " more</li>");
  }
  return html + "</ul></li>\n";
}

std::string Repeated(const ReportParts& parts, const RepeatedValue& repeated) {
  const std::string finding =
      absl::StrCat("<li><strong>", Counted(repeated.repeat.articles, "article"), " ",
                   repeated.sentence, "</strong>");
  if (repeated.repeat.first.empty()) return finding + "</li>\n";
  std::string links;
  for (const uint64_t number : repeated.repeat.first) {
    absl::StrAppend(&links, links.empty() ? "" : ", ",
                    Link(parts, number, "record " + std::to_string(number)));
  }
  if (repeated.repeat.articles > repeated.repeat.first.size()) links += ", ...";
  return absl::StrCat(finding, ": <q dir=auto>", HtmlStart(repeated.repeat.sample, kMaxSampleBytes),
                      "</q> (", links, ")</li>\n");
}

// Most first: "12 HTTP status 404, 1 warcinfo".
template <typename Counts>
std::string Kinds(const Counts& counts) {
  std::vector<std::pair<uint64_t, std::string>> order;
  for (const auto& [name, count] : counts) order.emplace_back(count, name);
  std::stable_sort(order.begin(), order.end(),
                   [](const auto& a, const auto& b) { return a.first > b.first; });
  std::string text;
  for (size_t i = 0; i < order.size() && i < kMaxKinds; ++i) {
    absl::StrAppend(&text, text.empty() ? "" : ", ", Count(order[i].first), " ",
                    HtmlStart(order[i].second, kMaxSampleBytes));
  }
  if (order.size() > kMaxKinds) text += ", ...";
  return text;
}

uint64_t PassedOverRecords(const sources::PathReader& reader) {
  return reader.counts().passed_over;
}

}  // namespace

std::string RenderFigures(const ReportParts& parts) {
  const ReportFigures& figures = parts.figures;
  std::string html = "<section><h2>At a glance</h2><dl class=figures>";
  const auto figure = [&html](std::string_view name, const std::string& value, bool bad) {
    absl::StrAppend(&html, bad ? "<div class=bad>" : "<div>", "<dt>", std::string(name),
                    "</dt><dd>", value, "</dd></div>");
  };
  figure("Files", Count(parts.reader.files()), false);
  figure("Bytes, unpacked", Bytes(parts.reader.bytes()), false);
  figure("Articles", Count(figures.articles), figures.articles == 0);
  figure("Rejected", Count(figures.rejects), figures.rejects > 0);
  figure("Lost", (figures.lost > 0 ? "at least " : "") + Count(figures.lost), figures.lost > 0);
  figure("Warnings", Count(figures.warnings), figures.warnings > 0);
  figure("Passed over", Count(PassedOverRecords(parts.reader)), false);
  figure("Not shown to readers", Count(figures.withheld.total()), false);
  html += "</dl>";
  const std::string hidden = DescribeWithheld(figures.withheld);
  if (!hidden.empty()) absl::StrAppend(&html, "<p>Not shown to readers: ", hidden, ".</p>");
  const sources::ReadCounts counts = parts.reader.counts();
  if (!counts.ignored_fields.empty()) {
    absl::StrAppend(&html,
                    "<p>Members that no article has, by records: ", Kinds(counts.ignored_fields),
                    ".</p>");
  }
  if (counts.repaired > 0) {
    absl::StrAppend(&html, "<p>Text that was not valid in its character set was mended in ",
                    Counted(counts.repaired, "record"), ".</p>");
  }
  return html + "</section>\n";
}

std::string RenderWorthALook(const ReportParts& parts) {
  const ReportFigures& figures = parts.figures;
  std::string list;
  if (!figures.refused.empty()) {
    const std::string lost =
        figures.lost > 0 ? ", and at least " + Count(figures.lost) + " lost" : "";
    list += Finding(parts, Counted(figures.rejects, "record") + " rejected" + lost, figures.rejects,
                    figures.refused);
  }
  if (!figures.warned.empty()) {
    list +=
        Finding(parts, Counted(figures.warnings, "warning"), figures.warned.size(), figures.warned);
  }
  for (size_t i = 0; i < kSuspicions; ++i) {
    const uint64_t count = figures.suspicions[i];
    if (count == 0) continue;
    list += Finding(parts,
                    absl::StrCat(Counted(count, "article"), " ",
                                 std::string(SuspicionSentence(static_cast<Suspicion>(i))), " (",
                                 Percent(count, figures.articles), ")"),
                    count, figures.suspects[i]);
  }
  for (const RepeatedValue& repeated : parts.repeats) list += Repeated(parts, repeated);
  if (list.empty()) list = "<li>Nothing stands out.</li>";
  return absl::StrCat("<section><h2>Worth a look</h2><ul class=look>\n", list, "</ul></section>\n");
}

std::string RenderFilledFields(const ReportParts& parts) {
  const ReportFigures& figures = parts.figures;
  if (figures.articles == 0) return "";
  std::string html =
      "<section><h2>Fields</h2><div class=wide><table><caption>How many articles have each "
      "field</caption><thead><tr><th scope=col>Field</th><th scope=col class=n>Articles</th><th "
      "scope=col class=n>Share</th><th scope=col>&nbsp;</th></tr></thead><tbody>\n";
  for (const auto& [name, count] : figures.filled) {
    absl::StrAppend(&html, "<tr><th scope=row>", HtmlStart(name, kMaxSampleBytes),
                    "</th><td class=n>", Count(count), "</td><td class=n>",
                    Percent(count, figures.articles),
                    "</td><td><meter aria-hidden=true max=", figures.articles, " value=", count,
                    "></meter></td></tr>\n");
  }
  return html + "</tbody></table></div></section>\n";
}

std::string RenderMappedPaths(const ReportParts& parts) {
  const std::vector<sources::PathUse> uses = parts.reader.counts().mapped_paths;
  if (uses.empty()) return "";
  std::string html =
      "<section><h2>Paths of the map</h2><div class=wide><table><caption>How many records have "
      "something at each path of the map; one that leads nowhere may have a slip in it</caption>"
      "<thead><tr><th scope=col>Field</th><th scope=col>Path</th><th scope=col class=n>Records</th>"
      "<th scope=col class=n>Share</th><th scope=col>&nbsp;</th></tr></thead><tbody>\n";
  for (size_t i = 0; i < uses.size(); ++i) {
    const sources::FieldMap::CountedPath& path = parts.reader.map()->counted_paths()[i];
    absl::StrAppend(&html, "<tr><th scope=row>", HtmlStart(path.key, kMaxSampleBytes), "</th><td>",
                    HtmlStart(path.path, kMaxSampleBytes), "</td><td class=n>",
                    Count(uses[i].found), "</td><td class=n>",
                    Percent(uses[i].found, uses[i].records),
                    "</td><td><meter aria-hidden=true max=", std::max<uint64_t>(uses[i].records, 1),
                    " value=", uses[i].found, "></meter></td></tr>\n");
  }
  return html + "</tbody></table></div></section>\n";
}

std::string RenderFormats(const ReportParts& parts) {
  std::string rows;
  for (size_t i = 0; i < sources::kFormats; ++i) {
    const auto format = static_cast<sources::Format>(i);
    const sources::FormatTally& tally = parts.reader.tally(format);
    if (tally.files == 0 && tally.rejects == 0) continue;
    const std::string name(format == sources::Format::kAuto ? "other"
                                                            : sources::FormatName(format));
    std::string remarks = Kinds(tally.reasons);
    for (const std::string& more : {Kinds(tally.losses), Kinds(tally.counts.skipped)}) {
      if (!more.empty()) absl::StrAppend(&remarks, remarks.empty() ? "" : "; ", more);
    }
    absl::StrAppend(&rows, "<tr><th scope=row>", name, "</th><td class=n>", Count(tally.files),
                    "</td><td class=n>", Count(tally.articles), "</td><td class=n>",
                    Count(tally.rejects), "</td><td class=n>", Count(tally.lost),
                    "</td><td class=n>", Count(tally.counts.passed_over), "</td>");
    absl::StrAppend(&rows, "<td>", remarks, "</td></tr>\n");
  }
  if (rows.empty()) return "";
  return absl::StrCat(
      "<section><h2>Formats</h2><div class=wide><table><caption>What became of the records of each "
      "format, and why</caption><thead><tr><th scope=col>Format</th><th scope=col class=n>Files"
      "</th><th scope=col class=n>Articles</th><th scope=col class=n>Rejected</th><th scope=col "
      "class=n>Lost</th><th scope=col class=n>Passed over</th><th scope=col>Reasons</th></tr>"
      "</thead><tbody>\n",
      rows, "</tbody></table></div></section>\n");
}

}  // namespace broadsheet::commands
