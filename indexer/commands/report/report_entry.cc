// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/commands/report/report_entry.h"

#include "absl/strings/str_cat.h"
#include "indexer/commands/report/html_text.h"
#include "indexer/commands/report/page_blocks.h"
#include "indexer/commands/shared/figures.h"

namespace broadsheet::commands {
namespace {

constexpr size_t kMaxHeadlineBytes = 300;
constexpr size_t kMaxRuleBytes = 300;
constexpr size_t kMaxFieldBytes = 2000;
constexpr size_t kMaxBodyBytes = 8000;
constexpr size_t kMaxReasonBytes = 1000;
constexpr size_t kMaxShownWarnings = 20;

std::string Headline(const ReportEntry& entry) {
  if (!entry.headline.empty()) return HtmlStart(entry.headline, kMaxHeadlineBytes);
  return entry.refusal.empty() ? "(no headline)" : "(no article)";
}

std::string Flags(const ReportEntry& entry) {
  std::string html;
  for (const EntryFlag& flag : entry.flags) {
    const char* const kind = flag.kind == FlagKind::kInfo  ? " info"
                             : flag.kind == FlagKind::kBad ? " bad"
                                                           : "";
    absl::StrAppend(&html, " <span class=\"flag", kind, "\">", HtmlText(flag.text), "</span>");
  }
  return html;
}

std::string Warnings(const ReportEntry& entry) {
  if (entry.warnings.empty()) return "";
  std::string html = "<ul class=warnings>";
  for (size_t i = 0; i < entry.warnings.size() && i < kMaxShownWarnings; ++i) {
    absl::StrAppend(&html, "<li dir=auto>Warning: ", HtmlStart(entry.warnings[i], kMaxReasonBytes),
                    "</li>");
  }
  if (entry.warnings.size() > kMaxShownWarnings) {
    absl::StrAppend(&html, "<li>and ", entry.warnings.size() - kMaxShownWarnings, " more</li>");
  }
  return html + "</ul>";
}

std::string Fields(const ReportEntry& entry) {
  std::string html = "<section><h4>What was read</h4><dl class=fields>";
  std::string missing;
  for (const ExplainedField& field : entry.fields) {
    if (field.value.empty()) {
      absl::StrAppend(&missing, missing.empty() ? "" : ", ", HtmlStart(field.name, kMaxRuleBytes));
      continue;
    }
    const size_t most = field.name == "body" ? kMaxBodyBytes : kMaxFieldBytes;
    absl::StrAppend(&html, "<div><dt>", HtmlStart(field.name, kMaxRuleBytes), " <span class=rule>",
                    HtmlStart(field.rule, kMaxRuleBytes), "</span></dt><dd dir=auto>",
                    HtmlStart(field.value, most), "</dd>");
    if (field.value.size() > most) {
      absl::StrAppend(&html, "<dd class=soft>", Bytes(field.value.size()), " in all</dd>");
    }
    html += "</div>";
  }
  html += "</dl>";
  if (!missing.empty()) absl::StrAppend(&html, "<p class=missing>Not found: ", missing, "</p>");
  return html + "</section>";
}

}  // namespace

std::string PlaceText(const sources::RecordPlace& place) {
  return place.line == 0 ? place.input : absl::StrCat(place.input, ", line ", place.line);
}

std::string RenderEntry(const ReportEntry& entry) {
  const std::string number = std::to_string(entry.number);
  std::string html =
      absl::StrCat("<article class=entry id=r", number, " aria-labelledby=h", number, "><h3 id=h",
                   number, "><bdi>", Headline(entry), "</bdi></h3><p class=place>", number, " · ",
                   entry.format, " · <bdi>", HtmlStart(PlaceText(entry.place), kMaxReasonBytes),
                   "</bdi> · <a class=up href=\"#index\">Index</a></p>");
  if (!entry.flags.empty()) absl::StrAppend(&html, "<p>", Flags(entry), "</p>");
  absl::StrAppend(&html, Warnings(entry));
  if (!entry.refusal.empty()) {
    absl::StrAppend(&html, "<p class=reason dir=auto>", HtmlStart(entry.refusal, kMaxReasonBytes),
                    "</p>");
  }
  const std::string origin = RenderOrigin(entry.trace);
  if (!entry.fields.empty() || !origin.empty()) {
    html += "<div class=sides>";
    if (!entry.fields.empty()) html += Fields(entry);
    absl::StrAppend(&html, origin, "</div>");
  }
  return html + "</article>\n";
}

std::string RenderIndexRow(const ReportEntry& entry) {
  return absl::StrCat("<li value=", entry.number, "><a href=\"#r", entry.number, "\"><bdi>",
                      Headline(entry), "</bdi></a> <span class=soft><bdi>",
                      HtmlStart(PlaceText(entry.place), kMaxHeadlineBytes), "</bdi></span>",
                      Flags(entry), "</li>\n");
}

}  // namespace broadsheet::commands
