// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/page_source.h"

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "indexer/sources/article/draft.h"
#include "indexer/sources/article/printed_notice.h"
#include "indexer/sources/article/release.h"
#include "indexer/sources/article/whole_input.h"
#include "indexer/sources/html/read_html.h"
#include "indexer/sources/json/hold_in_text.h"
#include "indexer/sources/markup/charset.h"
#include "indexer/sources/plain_text/held_settings.h"
#include "indexer/sources/plain_text/read_page.h"
#include "indexer/sources/plain_text/utf16_text.h"

namespace broadsheet::sources {
namespace {

absl::StatusOr<std::string> ReadContent(PageKind kind, Input& input) {
  return kind == PageKind::kHtml ? ReadWhole(input, html::kMaxHtmlBytes, "a page")
                                 : ReadWhole(input, kMaxTextBytes, "a text");
}

std::string_view FirstLine(std::string_view text) {
  const size_t begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos) return {};
  text = text.substr(begin, text.find_first_of("\r\n", begin) - begin);
  return text.substr(0, text.find_last_not_of(" \t") + 1);
}

// A text is in as many character sets as a page is. JSON in a wrapping that no reader of it takes
// (a printed dictionary, a call around it, arrays in an array) comes here, too.
absl::StatusOr<html::HtmlArticle> ReadText(std::string_view bytes, RecordTrace* trace) {
  markup::Decoded text;
  if (std::optional<std::string> wide = page::ReadUtf16(bytes); wide.has_value()) {
    text.utf8 = *std::move(wide);
  } else {
    text = markup::DecodePage(bytes, "");
  }
  if (const std::optional<std::string> hold = FindHoldInText(text.utf8); hold.has_value()) {
    return absl::InvalidArgumentError("not read as a text, since it has a member \"" + *hold +
                                      "\" that may hold an article back: convert it to JSON, one "
                                      "object a line");
  }
  if (const std::optional<std::string> hold = page::FindHeldSetting(text.utf8); hold.has_value()) {
    return absl::InvalidArgumentError(
        "not read as a text, since it begins with settings, of which \"" + *hold +
        "\" may hold it back: leave them out to have it read");
  }
  v1::Article article = page::ReadPage(text.utf8, trace);
  FieldRules rules = page::RulesOfPage(article);
  // A copy of what an agency sent may be its notice to kill a story.
  ReleaseStatement release;
  release.StateHeading("first line", FirstLine(text.utf8));
  StatePrintedNotices(text.utf8, article.body().substr(0, article.body().find('\n')), release);
  ReleaseDecision decision = release.Decide();
  decision.ApplyTo(&article);
  if (article.status() != v1::Article::STATUS_UNSPECIFIED) {
    rules.push_back({.field = "status", .rule = decision.given_by});
  }
  if (article.has_embargo_time()) {
    rules.push_back({.field = "embargo_time", .rule = decision.given_by});
  }
  return html::HtmlArticle{.article = std::move(article),
                           .rules = std::move(rules),
                           .warnings = std::move(decision.warnings),
                           .repaired = text.repaired};
}

}  // namespace

absl::Status PageSource::ReadAll(Input& input, const ArticleSink& articles,
                                 const RejectSink& rejects) {
  absl::StatusOr<std::string> content = ReadContent(kind_, input);
  if (absl::IsCancelled(content.status())) return content.status();
  if (!content.ok()) return rejects(RejectWhole(input, content.status(), ""));

  if (markup::LooksLikeEbcdic(*content)) {
    return rejects(
        RejectWhole(input, absl::InvalidArgumentError(std::string(markup::kWhichEbcdic)), ""));
  }
  const RecordPlace place{.input = input.name(), .line = 0, .byte_offset = 0};
  std::optional<RecordTrace> trace;
  if (hooks_.on_trace) trace.emplace(place);
  RecordTrace* const traced = trace.has_value() ? &*trace : nullptr;
  absl::StatusOr<html::HtmlArticle> page =
      kind_ == PageKind::kHtml ? html::ReadHtml({.bytes = *content, .trace = traced})
                               : ReadText(*content, traced);
  if (trace.has_value()) hooks_.on_trace(*std::move(trace));
  if (!page.ok()) return rejects(RejectWhole(input, page.status(), *std::move(content)));
  if (page->repaired) ++counts_.repaired;
  const absl::Status taken = HandOver(std::move(page->article), page->rules,
                                      std::move(page->warnings), place, hooks_, articles);
  if (!absl::IsInvalidArgument(taken)) return taken;
  return rejects(RejectWhole(input, taken, *std::move(content)));
}

}  // namespace broadsheet::sources
