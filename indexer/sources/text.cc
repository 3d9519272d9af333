// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/text.h"

#include <algorithm>
#include <string>
#include <utility>

#include "absl/strings/str_format.h"
#include "engine/text/utf8.h"
#include "indexer/sources/page/read_page.h"

namespace broadsheet::sources {
namespace {

constexpr size_t kExcerptBytes = 1000;
constexpr size_t kReadBytes = 64 << 10;

// The whole input; one byte more than allowed is enough to know that it is too long.
absl::StatusOr<std::string> ReadWhole(Input& input) {
  std::string content;
  while (content.size() <= kMaxPageBytes) {
    const size_t before = content.size();
    content.resize(before + kReadBytes);
    const absl::StatusOr<size_t> size = input.Read(std::span(content).subspan(before));
    if (!size.ok()) return size.status();
    content.resize(before + *size);
    if (*size == 0) return content;
  }
  return absl::InvalidArgumentError(
      absl::StrFormat("a text of more than %d bytes cannot be one article", kMaxPageBytes));
}

}  // namespace

absl::Status TextSource::ReadAll(Input& input, const ArticleSink& articles,
                                 const RejectSink& rejects) {
  const auto refuse = [&](const absl::Status& why, std::string record) {
    if (record.size() > kExcerptBytes) record.resize(kExcerptBytes);
    return rejects(
        {.input = input.name(), .reason = std::string(why.message()), .record = std::move(record)});
  };
  absl::StatusOr<std::string> content = ReadWhole(input);
  if (absl::IsCancelled(content.status())) return content.status();
  if (!content.ok()) return refuse(content.status(), "");
  if (text::RepairUtf8(&*content) > 0) ++counts_.repaired;

  const absl::Status taken = articles(page::ReadPage(*content));
  return absl::IsInvalidArgument(taken) ? refuse(taken, *std::move(content)) : taken;
}

}  // namespace broadsheet::sources
