// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/indexing/bulk/word_stage.h"

#include <string>
#include <string_view>

#include "engine/schema/terms.h"
#include "engine/storage/vocabulary/word_list.h"

namespace broadsheet::indexing {
namespace {

constexpr uint32_t kWordsBetweenChecks = 4096;

// Words in order, each once.
class SummedWords {
 public:
  explicit SummedWords(storage::WordListWriter writer) : writer_(std::move(writer)) {}

  absl::Status Add(const Record& record) {
    if (record.key != word_) {
      if (absl::Status status = Flush(); !status.ok()) return status;
      word_ = record.key;
    }
    articles_ += schema::DecodeCount(record.payload);
    return absl::OkStatus();
  }
  absl::Status Finish() {
    if (absl::Status status = Flush(); !status.ok()) return status;
    return writer_.Finish();
  }

 private:
  absl::Status Flush() {
    const uint64_t articles = std::exchange(articles_, 0);
    return articles == 0 ? absl::OkStatus() : writer_.Append(word_, articles);
  }

  storage::WordListWriter writer_;
  std::string word_;
  uint64_t articles_ = 0;
};

}  // namespace

WordStage::WordStage(const std::filesystem::path& folder, uint64_t memory_bytes)
    : sorter_({.folder = folder, .name = "words", .memory_bytes = memory_bytes}) {}

absl::Status WordStage::Add(const WordCounts& words) {
  const base::MutexLock lock(mutex_);
  // The analysis of locks does not look into functions within functions.
  ExternalSorter* const sorter = &sorter_;
  absl::Status status;
  words.ForEach([&](std::string_view folded, std::string_view written, uint32_t articles) {
    if (!status.ok()) return;
    status = sorter->Add(
        {.key = storage::EncodeWord({folded, written}), .payload = schema::EncodeCount(articles)});
  });
  return status;
}

absl::Status WordStage::Write(const std::filesystem::path& path, Monitor& monitor) {
  const base::MutexLock lock(mutex_);
  auto writer = storage::WordListWriter::Create(path);
  if (!writer.ok()) return writer.status();
  const auto sorted = sorter_.Sort();
  if (!sorted.ok()) return sorted.status();
  SummedWords words(*std::move(writer));
  Record record;
  for (uint64_t read = 1;; ++read) {
    const absl::StatusOr<bool> more = (*sorted)->Next(&record);
    if (!more.ok()) return more.status();
    if (!*more) return words.Finish();
    absl::Status status = words.Add(record);
    if (status.ok() && read % kWordsBetweenChecks == 0) status = monitor.Check();
    if (!status.ok()) return status;
  }
}

}  // namespace broadsheet::indexing
