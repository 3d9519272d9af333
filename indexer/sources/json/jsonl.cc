// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/json/jsonl.h"

#include <utility>

#include "absl/strings/str_format.h"
#include "indexer/sources/json/json_article.h"

namespace broadsheet::sources {
namespace {

static_assert(LineReader::kPadding >= JsonParser::kPadding);

constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";

bool IsBlank(std::string_view text) {
  return text.find_first_not_of(" \t\r\f\v") == std::string_view::npos;
}

absl::Status Refused(Input& input, const TextLine& line, std::string reason,
                     const RejectSink& rejects) {
  return rejects({.input = input.name(),
                  .line = line.number,
                  .byte_offset = line.byte_offset,
                  .reason = std::move(reason),
                  .record = std::string(line.text)});
}

std::string TooLong(const TextLine& line) {
  return absl::StrFormat("a line of %d bytes: more than %d cannot be one article", line.bytes,
                         kMaxJsonLineBytes);
}

}  // namespace

absl::Status JsonlSource::ReadAll(Input& input, const ArticleSink& articles,
                                  const RejectSink& rejects) {
  LineReader lines(input, kMaxJsonLineBytes);
  TextLine line;
  while (true) {
    const absl::StatusOr<bool> more = lines.Next(&line);
    if (absl::IsCancelled(more.status())) return more.status();
    if (!more.ok()) {
      const absl::Status told = rejects({.input = input.name(),
                                         .line = lines.next_number(),
                                         .byte_offset = lines.next_offset(),
                                         .reason = std::string(more.status().message()),
                                         .lost = 1});
      // Behind damage there may be more lines.
      if (!told.ok() || !absl::IsDataLoss(more.status())) return told;
      continue;
    }
    if (!*more) return absl::OkStatus();
    if (IsBlank(line.text)) continue;

    const RecordPlace place{
        .input = input.name(), .line = line.number, .byte_offset = line.byte_offset};
    if (hooks_.on_trace) hooks_.on_trace(TraceOfRecord(place, line.text));
    Draft draft(hooks_, place);
    const absl::StatusOr<bool> is_article = ReadLine(line, draft);
    absl::Status read = is_article.status();
    if (read.ok() && *is_article) read = draft.HandOver(articles);
    if (absl::IsInvalidArgument(read)) {
      read = Refused(input, line, std::string(read.message()), rejects);
    }
    if (!read.ok()) return read;
  }
}

absl::StatusOr<bool> JsonlSource::ReadLine(const TextLine& line, Draft& draft) {
  if (line.too_long) return absl::InvalidArgumentError(TooLong(line));
  std::string_view text = line.text;
  if (line.number == 1 && text.starts_with(kByteOrderMark)) text.remove_prefix(3);
  bool repaired = false;
  const absl::StatusOr<simdjson::dom::element> root = parser_.Parse(text, &repaired);
  if (!root.ok()) return root.status();
  if (repaired) ++counts_.repaired;
  if (!parser_.mended().empty()) draft.Warn(std::string(parser_.mended()));
  simdjson::dom::object object;
  if (root->get(object) != simdjson::SUCCESS) {
    return absl::InvalidArgumentError("not an article: expected a JSON object, {...}");
  }
  if (map_ != nullptr) return map_->ReadArticle(object, draft, &counts_);
  const auto on_ignored = [this](std::string_view name) { counts_.CountIgnored(name); };
  if (absl::Status read = ReadJsonArticle(object, draft, on_ignored); !read.ok()) return read;
  return true;
}

}  // namespace broadsheet::sources
