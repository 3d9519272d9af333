// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/text.h"

#include <string>
#include <utility>

#include "engine/text/utf8.h"
#include "indexer/sources/page/read_page.h"
#include "indexer/sources/whole_input.h"

namespace broadsheet::sources {
absl::Status TextSource::ReadAll(Input& input, const ArticleSink& articles,
                                 const RejectSink& rejects) {
  absl::StatusOr<std::string> content = ReadWhole(input, kMaxPageBytes, "a text");
  if (absl::IsCancelled(content.status())) return content.status();
  if (!content.ok()) return rejects(RejectWhole(input, content.status(), ""));
  if (text::RepairUtf8(&*content) > 0) ++counts_.repaired;

  v1::Article article = page::ReadPage(*content);
  if (on_rules_) on_rules_(article, page::RulesOfPage(article));
  const absl::Status taken = articles(std::move(article));
  if (!absl::IsInvalidArgument(taken)) return taken;
  return rejects(RejectWhole(input, taken, *std::move(content)));
}

}  // namespace broadsheet::sources
