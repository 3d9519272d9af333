// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/warc/warc.h"

#include <optional>
#include <string>
#include <utility>

#include "absl/strings/str_format.h"
#include "indexer/sources/article/draft.h"
#include "indexer/sources/warc/digest.h"
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
  for (uint64_t whole = 0;;) {
    const absl::StatusOr<bool> more = records.Next(&record);
    if (absl::IsCancelled(more.status())) return more.status();
    if (!more.ok()) {
      const bool goes_on =
          absl::IsDataLoss(more.status()) || absl::IsInvalidArgument(more.status());
      const absl::Status told =
          rejects({.input = input.name(),
                   .byte_offset = records.byte_offset(),
                   .reason = absl::StrFormat("%s (byte %d, after %d whole records)",
                                             std::string(more.status().message()),
                                             records.byte_offset(), whole),
                   .lost = 1});
      if (!told.ok() || !goes_on) return told;
      continue;
    }
    if (!*more) return absl::OkStatus();
    ++whole;
    const RecordPlace place{.input = input.name() + " record " + std::to_string(record.number),
                            .line = 0,
                            .byte_offset = record.byte_offset};
    absl::Status read = ReadRecord(record, place, articles);
    if (absl::IsInvalidArgument(read)) {
      read = rejects({.input = place.input,
                      .byte_offset = place.byte_offset,
                      .reason = std::string(read.message()),
                      .record = record.head.uri});
    }
    if (!read.ok()) return read;
  }
}

absl::Status WarcSource::ReadRecord(const warc::Record& record, const RecordPlace& place,
                                    const ArticleSink& articles) {
  const warc::RecordHead& head = record.head;
  const bool is_http = head.content_type.starts_with("application/http");
  if ((head.type == "resource" || head.type == "conversion") && !is_http) {
    Page page = {.bytes = record.content, .warnings = {}};
    page.media_type = warc::ParseContentType(head.content_type, &page.charset);
    return ReadPage(std::move(page), record, place, articles);
  }
  // Names of hosts' look-ups and the like are kept as responses too.
  if (head.type != "response" || (!is_http && !head.content_type.empty())) {
    counts_.CountSkipped(head.type.empty() ? "record without a type" : head.type);
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
  Page page = {.media_type = response->media_type, .charset = response->charset, .warnings = {}};
  const bool may_be_page = IsHtml(page.media_type) || page.media_type.empty();
  if (!may_be_page) return ReadPage(std::move(page), record, place, articles);
  const absl::StatusOr<warc::HttpBody> body = warc::DecodeBody(*response);
  if (!body.ok()) return body.status();
  page.bytes = body->bytes;
  const std::string cut = body->cut.empty() ? "" : "the response breaks off: " + body->cut;
  if (!cut.empty()) page.warnings.push_back(cut);
  absl::Status read = ReadPage(std::move(page), record, place, articles);
  // What is missing may be why it is no article.
  if (!absl::IsInvalidArgument(read) || cut.empty()) return read;
  return absl::InvalidArgumentError(std::string(read.message()) + "; " + cut);
}

absl::Status WarcSource::ReadPage(Page&& page, const warc::Record& record, const RecordPlace& place,
                                  const ArticleSink& articles) {
  if (page.media_type.empty() && warc::BeginsLikeHtml(page.bytes)) page.media_type = "text/html";
  if (!IsHtml(page.media_type)) {
    counts_.CountSkipped(page.media_type.empty() ? "no media type" : page.media_type);
    return absl::OkStatus();
  }
  const warc::RecordHead& head = record.head;
  if (!head.truncated.empty()) {
    page.warnings.push_back(
        "the archive keeps only the beginning of the response, for the reason \"" + head.truncated +
        "\"");
  }
  if (head.segment > 0) {
    page.warnings.push_back("the response goes on in other records, which are not read with it");
  }
  if (!record.too_large && warc::ContradictsDigest(record.content, head.block_digest)) {
    page.warnings.push_back(
        "the record does not have the digest that it states: it may be damaged");
  }
  std::optional<RecordTrace> trace;
  if (hooks_.on_trace) trace.emplace(place);
  absl::StatusOr<html::HtmlArticle> read =
      read_page_({.bytes = page.bytes,
                  .charset = page.charset,
                  .url = head.uri,
                  .trace = trace.has_value() ? &*trace : nullptr});
  if (trace.has_value()) hooks_.on_trace(*std::move(trace));
  if (!read.ok()) return read.status();
  if (read->repaired) ++counts_.repaired;
  for (std::string& warning : read->warnings) page.warnings.push_back(std::move(warning));
  return HandOver(std::move(read->article), read->rules, std::move(page.warnings), place, hooks_,
                  articles);
}

}  // namespace broadsheet::sources
