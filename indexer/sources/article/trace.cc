// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/article/trace.h"

#include <utility>

#include "engine/text/utf8.h"

namespace broadsheet::sources {
namespace {

std::string StartOf(std::string_view text, size_t max_bytes) {
  if (text.size() <= max_bytes) return std::string(text);
  return std::string(text::PrefixOf(text, max_bytes)) + "…";
}

}  // namespace

void RecordTrace::AddBlock(std::string_view text, BlockUse use, std::string reason) {
  if (is_full()) {
    ++left_out_;
    return;
  }
  blocks_.push_back(
      {.text = StartOf(text, kMaxBlockBytes), .use = use, .reason = std::move(reason)});
  bytes_ += blocks_.back().text.size() + blocks_.back().reason.size();
}

void RecordTrace::SetRecord(std::string_view record) { record_ = StartOf(record, kMaxBytes); }

RecordTrace TraceOfRecord(RecordPlace place, std::string_view record) {
  RecordTrace trace(std::move(place));
  trace.SetRecord(record);
  return trace;
}

}  // namespace broadsheet::sources
