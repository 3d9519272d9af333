// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/json/ninjs.h"

#include <memory>
#include <string>
#include <utility>

#include "absl/strings/str_format.h"
#include "indexer/sources/json/ninjs_item.h"
#include "indexer/sources/json/ninjs_marks.h"

namespace broadsheet::sources {
namespace {

static_assert(JsonRecords::kPadding >= JsonParser::kPadding);

Reject About(const std::string& input, const JsonRecord& record, const absl::Status& why) {
  return {.input = input,
          .line = record.line,
          .byte_offset = record.byte_offset,
          .reason = std::string(why.message()),
          .record = std::string(record.text)};
}

}  // namespace

absl::Status NinjsSource::ReadAll(Input& input, const ArticleSink& articles,
                                  const RejectSink& rejects) {
  JsonRecords records(input, kMaxNinjsBytes);
  return ReadRecords(records, nullptr,
                     {.input = input.name(), .articles = articles, .rejects = rejects});
}

absl::Status NinjsSource::ReadRecords(JsonRecords& records, const JsonRecord* outer,
                                      const Sinks& sinks) {
  const uint64_t lines_before = outer == nullptr ? 0 : outer->line - 1;
  const uint64_t bytes_before = outer == nullptr ? 0 : outer->byte_offset;
  JsonRecord record;
  while (true) {
    const absl::StatusOr<bool> more = records.Next(&record);
    if (absl::IsCancelled(more.status())) return more.status();
    if (!more.ok()) {
      return sinks.rejects({.input = sinks.input,
                            .line = records.line() + lines_before,
                            .byte_offset = records.byte_offset() + bytes_before,
                            .reason = std::string(more.status().message()),
                            .lost = 1});
    }
    if (!*more) break;
    record.line += lines_before;
    record.byte_offset += bytes_before;
    if (hooks_.on_trace) {
      hooks_.on_trace(TraceOfRecord(
          {.input = sinks.input, .line = record.line, .byte_offset = record.byte_offset},
          record.text));
    }
    absl::Status read = ReadRecord(record, outer != nullptr, sinks);
    if (absl::IsInvalidArgument(read)) read = sinks.rejects(About(sinks.input, record, read));
    if (!read.ok()) return read;
  }
  if (records.ends_in_array() && hooks_.on_warning) {
    hooks_.on_warning({.place = {.input = sinks.input,
                                 .line = records.line() + lines_before,
                                 .byte_offset = records.byte_offset() + bytes_before},
                       .reason = "the document ends before its array does: it may be cut off"});
  }
  return absl::OkStatus();
}

absl::Status NinjsSource::ReadRecord(const JsonRecord& record, bool is_inner, const Sinks& sinks) {
  if (!record.whole.ok()) {
    Reject reject = About(sinks.input, record, record.whole);
    reject.lost = 1;
    return sinks.rejects(std::move(reject));
  }
  if (record.too_long) {
    return absl::InvalidArgumentError(absl::StrFormat(
        "an object of more than %d bytes cannot be one article; if it holds several, convert it to "
        "one object a line with jq -c",
        kMaxNinjsBytes));
  }
  bool repaired = false;
  const absl::StatusOr<simdjson::dom::element> root = parser_.Parse(record.text, &repaired);
  if (!root.ok() && !is_inner && FindWrapped(record.text) != std::string_view::npos) {
    return ReadBrokenWrapper(record, sinks);
  }
  if (!root.ok()) return root.status();
  if (repaired) ++counts_.repaired;
  simdjson::dom::object object;
  if (root->get(object) != simdjson::SUCCESS) {
    return absl::InvalidArgumentError("not a ninjs item: expected a JSON object, {...}");
  }
  // What was found behind a break may be a part of the item that is broken.
  if (record.salvaged && !IsNinjsItem(object)) return absl::OkStatus();
  return ReadObject(record, object, sinks);
}

absl::Status NinjsSource::ReadBrokenWrapper(const JsonRecord& record, const Sinks& sinks) {
  const absl::StatusOr<std::unique_ptr<Input>> input =
      Input::OpenBytes(std::string(record.text), sinks.input);
  if (!input.ok()) return input.status();
  JsonRecords records(**input, kMaxNinjsBytes, /*enters_wrappers=*/true);
  return ReadRecords(records, &record, sinks);
}

absl::Status NinjsSource::ReadObject(const JsonRecord& record, const simdjson::dom::object& object,
                                     const Sinks& sinks) {
  if (!IsWrapper(object)) return ReadItem(record, object, nullptr, sinks);
  return Unwrap(object, [&](const Wrapped& one) { return ReadWrapped(record, one, sinks); });
}

absl::Status NinjsSource::ReadWrapped(const JsonRecord& record, const Wrapped& wrapped,
                                      const Sinks& sinks) {
  if (hooks_.on_trace) {
    hooks_.on_trace(TraceOfRecord(
        {.input = sinks.input, .line = record.line, .byte_offset = record.byte_offset},
        simdjson::minify(wrapped.value)));
  }
  simdjson::dom::object object;
  absl::Status read = absl::InvalidArgumentError("expected a JSON object, {...}");
  if (!wrapped.usable.ok()) {
    read = wrapped.usable;
  } else if (wrapped.value.get(object) == simdjson::SUCCESS) {
    read = ReadItem(record, object, &wrapped.release, sinks);
  }
  if (!absl::IsInvalidArgument(read)) return read;
  return sinks.rejects({.input = sinks.input,
                        .line = record.line,
                        .byte_offset = record.byte_offset,
                        .reason = wrapped.path + ": " + std::string(read.message()),
                        .record = simdjson::minify(wrapped.value)});
}

absl::Status NinjsSource::ReadItem(const JsonRecord& record, const simdjson::dom::object& object,
                                   const ReleaseStatement* outer, const Sinks& sinks) {
  Draft draft(hooks_,
              {.input = sinks.input, .line = record.line, .byte_offset = record.byte_offset});
  if (outer != nullptr) draft.release() = *outer;
  if (!parser_.mended().empty()) draft.Warn(std::string(parser_.mended()));
  const absl::StatusOr<bool> is_article = ReadNinjsItem(object, draft, counts_);
  if (!is_article.ok() || !*is_article) return is_article.status();
  return draft.HandOver(sinks.articles);
}

}  // namespace broadsheet::sources
