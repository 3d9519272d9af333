// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/json/ninjs.h"

#include <string>

#include "absl/strings/str_format.h"
#include "indexer/sources/json/ninjs_item.h"

namespace broadsheet::sources {
namespace {

static_assert(JsonRecords::kPadding >= JsonParser::kPadding);

}  // namespace

absl::Status NinjsSource::ReadAll(Input& input, const ArticleSink& articles,
                                  const RejectSink& rejects) {
  JsonRecords records(input, kMaxNinjsBytes);
  const auto reject = [&](uint64_t line, uint64_t byte_offset, const absl::Status& why,
                          std::string_view record) {
    return rejects({.input = input.name(),
                    .line = line,
                    .byte_offset = byte_offset,
                    .reason = std::string(why.message()),
                    .record = std::string(record)});
  };
  JsonRecord record;
  while (true) {
    const absl::StatusOr<bool> more = records.Next(&record);
    if (absl::IsCancelled(more.status())) return more.status();
    if (!more.ok()) return reject(records.line(), records.byte_offset(), more.status(), "");
    if (!*more) return absl::OkStatus();
    absl::Status read = ReadRecord(input.name(), record, articles);
    if (absl::IsInvalidArgument(read)) {
      read = reject(record.line, record.byte_offset, read, record.text);
    }
    if (!read.ok()) return read;
  }
}

absl::Status NinjsSource::ReadRecord(const std::string& name, const JsonRecord& record,
                                     const ArticleSink& articles) {
  if (record.too_long) {
    return absl::InvalidArgumentError(
        absl::StrFormat("an object of more than %d bytes cannot be one article", kMaxNinjsBytes));
  }
  bool repaired = false;
  const absl::StatusOr<simdjson::dom::element> root = parser_.Parse(record.text, &repaired);
  if (!root.ok()) return root.status();
  if (repaired) ++counts_.repaired;
  simdjson::dom::object object;
  if (root->get(object) != simdjson::SUCCESS) {
    return absl::InvalidArgumentError("not a ninjs item: expected a JSON object, {...}");
  }
  Draft draft(hooks_, {.input = name, .line = record.line, .byte_offset = record.byte_offset});
  if (absl::Status read = ReadNinjsItem(object, draft, counts_); !read.ok()) return read;
  return draft.HandOver(articles);
}

}  // namespace broadsheet::sources
