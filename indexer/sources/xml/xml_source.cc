// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/xml/xml_source.h"

#include <string>

#include "absl/strings/ascii.h"

namespace broadsheet::sources {
namespace {

Reject About(const Input& input, uint64_t line, uint64_t byte_offset, const absl::Status& why) {
  return {.input = input.name(),
          .line = line,
          .byte_offset = byte_offset,
          .reason = std::string(why.message())};
}

}  // namespace

absl::Status ReadXmlArticles(Input& input, const XmlFormat& format, const SourceHooks& hooks,
                             const ArticleSink& articles, const RejectSink& rejects) {
  uint64_t records = 0;
  const auto take = [&](markup::XmlRecord&& record) {
    ++records;
    Draft draft(
        hooks,
        {.input = input.name(), .line = record.element->line, .byte_offset = record.byte_offset});
    const absl::StatusOr<bool> is_article =
        record.usable.ok() ? format.read(record, draft) : absl::StatusOr<bool>(record.usable);
    absl::Status taken = is_article.status();
    if (is_article.ok() && *is_article) taken = draft.HandOver(articles);
    if (!absl::IsInvalidArgument(taken)) return taken;
    return rejects(About(input, record.element->line, record.byte_offset, taken));
  };
  const absl::StatusOr<markup::XmlOutcome> outcome = markup::ReadXml(input, format.options, take);
  if (!outcome.ok()) return outcome.status();
  const markup::Element* around = outcome->around.get();
  if (records == 0 && around != nullptr && absl::AsciiStrToLower(around->name) == "html") {
    return rejects(About(
        input, 0, 0,
        absl::InvalidArgumentError(std::string("an HTML page, perhaps a server's error message: ") +
                                   format.none)));
  }
  if (!outcome->well_formed.ok()) {
    return rejects(About(input, outcome->line, outcome->byte_offset, outcome->well_formed));
  }
  if (records == 0) return rejects(About(input, 0, 0, absl::InvalidArgumentError(format.none)));
  return absl::OkStatus();
}

}  // namespace broadsheet::sources
