// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/commands/report/report_page.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "indexer/commands/report/html_text.h"
#include "indexer/commands/report/report_style.h"
#include "indexer/commands/report/report_summary.h"
#include "indexer/commands/shared/figures.h"

namespace broadsheet::commands {
namespace {

constexpr size_t kMaxPathBytes = 300;

// Nothing is loaded, sent or run, whatever the records hold.
constexpr const char* kHead =
    "<html lang=en><head><meta charset=utf-8>\n"
    "<meta http-equiv=Content-Security-Policy content=\"default-src 'none'; style-src "
    "'unsafe-inline'; base-uri 'none'; form-action 'none'\">\n"
    "<meta name=viewport content=\"width=device-width, initial-scale=1\">\n"
    "<meta name=color-scheme content=\"light dark\">\n"
    "<meta name=referrer content=no-referrer><meta name=robots content=noindex>\n";

constexpr const char* kLegend =
    "<section><h2>How to read this</h2><p>Left: the fields as they would be indexed, each with the "
    "rule that gave it. Right: what they were made from. Of a page every block of text is there, "
    "in the order of the page:</p><ul class=blocks role=list><li class=keep><p>A green bar: it is "
    "the article's text.</p></li><li class=field><span class=why>caption</span><p>A blue bar: it "
    "went into another field.</p></li><li class=drop><span class=why>dropped: in a nav "
    "element</span><p><del>Grey and struck out: it was left out, for this reason.</del></p></li>"
    "</ul><p>A character that hides or turns round others is shown by its number, such as <span "
    "class=cp>U+202E</span>.</p></section>\n";

std::string PathsText(const std::vector<std::string>& paths) {
  std::string text = paths.empty() ? "" : HtmlStart(paths.front(), kMaxPathBytes);
  if (paths.size() > 1) absl::StrAppend(&text, " and ", paths.size() - 1, " more");
  return text;
}

std::string Header(const ReportParts& parts) {
  const std::string paths = PathsText(parts.paths);
  const std::string time = absl::FormatTime("%Y-%m-%d %H:%M UTC", parts.now, absl::UTCTimeZone());
  std::string html(kReportMark);
  absl::StrAppend(&html, kHead, "<title>What was read of ", paths, "</title>\n<style>");
  html += kReportStyle;
  absl::StrAppend(&html,
                  "</style></head><body>\n<a class=skip href=\"#records\">To the records</a>\n"
                  "<header><h1>What was read of <bdi>",
                  paths, "</bdi></h1><p class=soft>broadsheet-indexer ", BROADSHEET_VERSION, ", ",
                  time, ". Nothing was indexed.</p></header>\n<main>\n");
  return html;
}

std::string Index(const ReportParts& parts) {
  const auto shown =
      static_cast<uint64_t>(std::count(parts.shown.begin(), parts.shown.end(), true));
  const uint64_t all = parts.shown.size() - 1;
  std::string html = "<nav aria-labelledby=index><h2 id=index>Index</h2>\n";
  if (all == 0) html += "<p>No record was found.</p>";
  if (shown < all) {
    absl::StrAppend(&html, "<p>", Count(shown), " of ", Counted(all, "record"),
                    " are shown, the others only counted, since this page would be too large: of "
                    "those behind the first only what is suspicious. Run it over a part to see "
                    "more.</p>");
  }
  absl::StrAppend(&html, "<ol class=index>\n", parts.index, "</ol></nav>\n");
  return html;
}

}  // namespace

std::string RenderReport(const ReportParts& parts) {
  return absl::StrCat(Header(parts), RenderFigures(parts), RenderWorthALook(parts),
                      RenderFilledFields(parts), RenderMappedPaths(parts), RenderFormats(parts),
                      kLegend, Index(parts)) +
         "<section aria-labelledby=records><h2 id=records>Records</h2>\n" + parts.entries +
         "</section>\n</main>\n</body></html>\n";
}

}  // namespace broadsheet::commands
