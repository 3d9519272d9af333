// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/warc/warc.h"

#include <optional>
#include <string>
#include <utility>

#include "absl/strings/str_format.h"
#include "indexer/sources/article/draft.h"
#include "indexer/sources/warc/http_response.h"

namespace broadsheet::sources {
namespace {

bool IsHtml(std::string_view media_type) {
  return media_type == "text/html" || media_type == "application/xhtml+xml";
}

}  // namespace

absl::Status WarcSource::ReadAll(Input& input, const ArticleSink& articles,
                                 const RejectSink& rejects) {
  warc::RecordReader records(input);
  warc::Record record;
  for (uint64_t whole = 0;; ++whole) {
    const absl::StatusOr<bool> more = records.Next(&record);
    if (absl::IsCancelled(more.status())) return more.status();
    if (!more.ok()) {
      return rejects({.input = input.name(),
                      .byte_offset = records.byte_offset(),
                      .reason = absl::StrFormat("%s (byte %d, after %d whole records)",
                                                std::string(more.status().message()),
                                                records.byte_offset(), whole)});
    }
    if (!*more) return absl::OkStatus();
    const RecordPlace place{.input = input.name() + " record " + std::to_string(record.number),
                            .line = 0,
                            .byte_offset = record.byte_offset};
    absl::Status read = ReadRecord(record, place, articles);
    if (absl::IsInvalidArgument(read)) {
      read = rejects({.input = place.input,
                      .byte_offset = place.byte_offset,
                      .reason = std::string(read.message()),
                      .record = record.uri});
    }
    if (!read.ok()) return read;
  }
}

absl::Status WarcSource::ReadRecord(const warc::Record& record, const RecordPlace& place,
                                    const ArticleSink& articles) {
  std::string charset;
  if (record.type == "resource" || record.type == "conversion") {
    if (record.content_type.starts_with("application/http")) {
      counts_.CountSkipped(record.type);
      return absl::OkStatus();
    }
    const std::string media_type = warc::ParseContentType(record.content_type, &charset);
    return ReadPage(media_type, charset, record.content, record, place, articles);
  }
  // Names of hosts' look-ups and the like are kept as responses too.
  const bool is_http =
      record.content_type.empty() || record.content_type.starts_with("application/http");
  if (record.type != "response" || !is_http) {
    counts_.CountSkipped(record.type.empty() ? "record without a type" : record.type);
    return absl::OkStatus();
  }
  if (record.too_large) {
    return absl::InvalidArgumentError(
        absl::StrFormat("a response of more than %d bytes is no article", warc::kMaxContentBytes));
  }
  const absl::StatusOr<warc::HttpResponse> response = warc::ParseHttpResponse(record.content);
  if (!response.ok()) return response.status();
  constexpr int kOk = 200;
  if (response->status != kOk) {
    counts_.CountSkipped(absl::StrFormat("HTTP status %d", response->status));
    return absl::OkStatus();
  }
  if (!IsHtml(response->media_type)) {
    counts_.CountSkipped(response->media_type.empty() ? "no media type" : response->media_type);
    return absl::OkStatus();
  }
  const absl::StatusOr<std::string> body = warc::DecodeBody(*response);
  if (!body.ok()) return body.status();
  return ReadPage(response->media_type, response->charset, *body, record, place, articles);
}

absl::Status WarcSource::ReadPage(std::string_view media_type, std::string_view charset,
                                  std::string_view bytes, const warc::Record& record,
                                  const RecordPlace& place, const ArticleSink& articles) {
  if (!IsHtml(media_type)) {
    counts_.CountSkipped(media_type.empty() ? "no media type" : media_type);
    return absl::OkStatus();
  }
  std::optional<RecordTrace> trace;
  if (hooks_.on_trace) trace.emplace(place);
  absl::StatusOr<html::HtmlArticle> page =
      read_page_({.bytes = bytes,
                  .charset = charset,
                  .url = record.uri,
                  .trace = trace.has_value() ? &*trace : nullptr});
  if (trace.has_value()) hooks_.on_trace(*std::move(trace));
  if (!page.ok()) return page.status();
  if (page->repaired) ++counts_.repaired;
  return HandOver(std::move(page->article), page->rules, std::move(page->warnings), place, hooks_,
                  articles);
}

}  // namespace broadsheet::sources
