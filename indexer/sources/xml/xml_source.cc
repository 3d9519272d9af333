// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/xml/xml_source.h"

#include <algorithm>
#include <string>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "indexer/sources/markup/outline.h"

namespace broadsheet::sources {
namespace {

Reject AboutAll(const Input& input, std::string why) {
  return {.input = input.name(), .reason = std::move(why)};
}

// What was mended, once for the whole document.
void Tell(const Input& input, const markup::XmlOutcome& outcome, const SourceHooks& hooks) {
  const markup::XmlMistake& mistake = outcome.mended;
  if (mistake.what.empty() || !hooks.on_warning) return;
  std::string reason = "not well-formed XML: " + mistake.what;
  if (outcome.mended_records > 1) {
    absl::StrAppend(&reason, "; ", outcome.mended_records, " records have such mistakes");
  }
  hooks.on_warning(
      {.place = {.input = input.name(), .line = mistake.line, .byte_offset = mistake.byte_offset},
       .reason = std::move(reason)});
}

}  // namespace

absl::Status ReadXmlArticles(Input& input, const XmlFormat& format, const SourceHooks& hooks,
                             const ArticleSink& articles, const RejectSink& rejects) {
  uint64_t records = 0;
  const auto take = [&](markup::XmlRecord&& record) {
    ++records;
    const RecordPlace place{
        .input = input.name(), .line = record.element->line, .byte_offset = record.byte_offset};
    if (hooks.on_trace) {
      hooks.on_trace(
          TraceOfRecord(place, markup::Outline(*record.element, RecordTrace::kMaxBytes)));
    }
    Draft draft(hooks, place);
    const absl::StatusOr<bool> is_article =
        record.usable.ok() ? format.read(record, draft) : absl::StatusOr<bool>(record.usable);
    absl::Status taken = is_article.status();
    if (is_article.ok() && *is_article) taken = draft.HandOver(articles);
    if (!absl::IsInvalidArgument(taken)) return taken;
    return rejects({.input = input.name(),
                    .line = record.element->line,
                    .byte_offset = record.byte_offset,
                    .reason = std::string(taken.message()),
                    .lost = record.is_broken_off ? uint64_t{1} : 0});
  };
  const absl::StatusOr<markup::XmlOutcome> outcome = markup::ReadXml(input, format.options, take);
  if (!outcome.ok()) return outcome.status();
  const markup::Element* around = outcome->around.get();
  const bool is_page = around != nullptr && absl::AsciiStrToLower(around->name) == "html";
  if (records == 0 && is_page) {
    return rejects(AboutAll(
        input, std::string("an HTML page, perhaps a server's error message: ") + format.none));
  }
  Tell(input, *outcome, hooks);
  const markup::XmlMistake& broken_off = outcome->broken_off;
  if (!broken_off.what.empty()) {
    return rejects({.input = input.name(),
                    .line = broken_off.line,
                    .byte_offset = broken_off.byte_offset,
                    .reason = broken_off.what,
                    .lost = std::max(outcome->lost, uint64_t{1})});
  }
  return records == 0 ? rejects(AboutAll(input, format.none)) : absl::OkStatus();
}

}  // namespace broadsheet::sources
