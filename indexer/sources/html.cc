// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/html.h"

#include <string>
#include <utility>

#include "indexer/sources/html/read_html.h"
#include "indexer/sources/whole_input.h"

namespace broadsheet::sources {

absl::Status HtmlSource::ReadAll(Input& input, const ArticleSink& articles,
                                 const RejectSink& rejects) {
  absl::StatusOr<std::string> content = ReadWhole(input, html::kMaxHtmlBytes, "a page");
  if (absl::IsCancelled(content.status())) return content.status();
  if (!content.ok()) return rejects(RejectWhole(input, content.status(), ""));

  absl::StatusOr<html::HtmlArticle> page = html::ReadHtml({.bytes = *content});
  if (!page.ok()) return rejects(RejectWhole(input, page.status(), *std::move(content)));
  if (page->repaired) ++counts_.repaired;
  if (on_rules_) on_rules_(page->article, page->rules);
  const absl::Status taken = articles(std::move(page->article));
  if (!absl::IsInvalidArgument(taken)) return taken;
  return rejects(RejectWhole(input, taken, *std::move(content)));
}

}  // namespace broadsheet::sources
