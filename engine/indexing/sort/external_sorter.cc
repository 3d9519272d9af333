// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/indexing/sort/external_sorter.h"

#include <algorithm>
#include <optional>
#include <queue>
#include <utility>

#include "absl/strings/str_format.h"

namespace broadsheet::indexing {
namespace {

constexpr size_t kMinBlockBytes = 8 << 10;
constexpr size_t kMaxBlockBytes = 256 << 10;
constexpr size_t kMaxChunkBytes = 1 << 20;
// Enough that a second pass is rare (400 MB of memory sort some 5 GB in one), few enough for the
// limit on open files.
constexpr uint64_t kMaxRunsAtOnce = 128;

// Two buffers: one fills while the other is written.
constexpr uint64_t kBuffers = 2;

size_t BlockBytes(uint64_t memory_bytes) {
  return std::clamp<size_t>(memory_bytes / 64, kMinBlockBytes, kMaxBlockBytes);
}

class BufferStream : public RecordStream {
 public:
  explicit BufferStream(std::unique_ptr<SortBuffer> buffer) : buffer_(std::move(buffer)) {}
  absl::StatusOr<bool> Next(Record* record) override {
    if (next_ == buffer_->size()) return false;
    *record = (*buffer_)[next_++];
    return true;
  }

 private:
  const std::unique_ptr<SortBuffer> buffer_;
  size_t next_ = 0;
};

class MergeStream : public RecordStream {
 public:
  static absl::StatusOr<std::unique_ptr<MergeStream>> Open(
      const std::vector<std::filesystem::path>& runs) {
    auto stream = std::make_unique<MergeStream>();
    for (const std::filesystem::path& path : runs) {
      absl::StatusOr<std::unique_ptr<RunFileReader>> reader = RunFileReader::Open(path);
      if (!reader.ok()) return reader.status();
      stream->readers_.push_back(*std::move(reader));
      const absl::Status status = stream->Advance(stream->readers_.size() - 1);
      if (!status.ok()) return status;
    }
    return stream;
  }

  absl::StatusOr<bool> Next(Record* record) override {
    // The run last read from moves on only now, since its record was in use until this call.
    if (last_.has_value()) {
      const absl::Status status = Advance(*std::exchange(last_, std::nullopt));
      if (!status.ok()) return status;
    }
    if (heads_.empty()) return false;
    *record = heads_.top().record;
    last_ = heads_.top().run;
    heads_.pop();
    return true;
  }

 private:
  struct Head {
    Record record;
    size_t run;
    // The priority queue's top is its largest; ours is the smallest key of the oldest run.
    bool operator<(const Head& other) const {
      const int order = record.key.compare(other.record.key);
      return order != 0 ? order > 0 : run > other.run;
    }
  };

  absl::Status Advance(size_t run) {
    Head head{{}, run};
    const absl::StatusOr<bool> more = readers_[run]->Next(&head.record);
    if (!more.ok()) return more.status();
    if (*more) {
      heads_.push(head);
    } else {
      readers_[run].reset();
    }
    return absl::OkStatus();
  }

  std::vector<std::unique_ptr<RunFileReader>> readers_;
  std::priority_queue<Head> heads_;
  std::optional<size_t> last_;
};

}  // namespace

ExternalSorter::ExternalSorter(SorterOptions options)
    : options_(std::move(options)),
      block_bytes_(BlockBytes(options_.memory_bytes)),
      max_runs_at_once_(
          // A run being read holds a block and its compressed form.
          std::clamp<uint64_t>(options_.memory_bytes / (2 * block_bytes_), 2, kMaxRunsAtOnce)) {
  const size_t chunk =
      std::clamp<size_t>(options_.memory_bytes / 16, kMinBlockBytes, kMaxChunkBytes);
  filling_ = std::make_unique<SortBuffer>(chunk);
  writing_ = std::make_unique<SortBuffer>(chunk);
}

ExternalSorter::~ExternalSorter() { Join().IgnoreError(); }

absl::Status ExternalSorter::Add(const Record& record) {
  const size_t bytes = record.key.size() + record.payload.size();
  if (!filling_->empty() && filling_->bytes() + bytes > options_.memory_bytes / kBuffers) {
    if (absl::Status status = HandOver(); !status.ok()) return status;
  }
  filling_->Add(record);
  return absl::OkStatus();
}

absl::Status ExternalSorter::HandOver() {
  if (absl::Status status = Join(); !status.ok()) return status;
  std::swap(filling_, writing_);
  runs_.push_back(NextRunPath());
  writer_ = std::thread([this, path = runs_.back()] { status_ = WriteRun(writing_.get(), path); });
  return absl::OkStatus();
}

absl::Status ExternalSorter::Join() {
  if (writer_.joinable()) writer_.join();
  return status_;
}

absl::Status ExternalSorter::WriteRun(SortBuffer* buffer, const std::filesystem::path& path) const {
  buffer->Sort();
  auto writer = RunFileWriter::Create(path, block_bytes_);
  if (!writer.ok()) return writer.status();
  for (size_t i = 0; i < buffer->size(); ++i) {
    if (absl::Status status = (*writer)->Append((*buffer)[i]); !status.ok()) return status;
  }
  buffer->Clear();
  return (*writer)->Finish();
}

std::filesystem::path ExternalSorter::NextRunPath() {
  return options_.folder / absl::StrFormat("%s-%06d.run", options_.name, next_run_++);
}

absl::StatusOr<std::filesystem::path> ExternalSorter::MergeIntoOne(
    const std::vector<std::filesystem::path>& runs) {
  absl::StatusOr<std::unique_ptr<MergeStream>> merged = MergeStream::Open(runs);
  if (!merged.ok()) return merged.status();
  std::filesystem::path path = NextRunPath();
  auto writer = RunFileWriter::Create(path, block_bytes_);
  if (!writer.ok()) return writer.status();
  Record record;
  for (;;) {
    const absl::StatusOr<bool> more = (*merged)->Next(&record);
    if (!more.ok()) return more.status();
    if (!*more) break;
    if (absl::Status status = (*writer)->Append(record); !status.ok()) return status;
  }
  if (absl::Status status = (*writer)->Finish(); !status.ok()) return status;
  return path;
}

absl::Status ExternalSorter::ReduceRuns() {
  while (runs_.size() > max_runs_at_once_) {
    // Neighbours are merged and stay in their place, so that equal keys stay in order.
    std::vector<std::filesystem::path> fewer;
    for (size_t first = 0; first < runs_.size(); first += max_runs_at_once_) {
      const size_t last = std::min(first + max_runs_at_once_, runs_.size());
      auto merged = MergeIntoOne({runs_.begin() + static_cast<std::ptrdiff_t>(first),
                                  runs_.begin() + static_cast<std::ptrdiff_t>(last)});
      if (!merged.ok()) return merged.status();
      fewer.push_back(*std::move(merged));
    }
    runs_ = std::move(fewer);
  }
  return absl::OkStatus();
}

absl::StatusOr<std::unique_ptr<RecordStream>> ExternalSorter::Sort() {
  if (runs_.empty()) {
    filling_->Sort();
    return std::make_unique<BufferStream>(std::move(filling_));
  }
  if (!filling_->empty()) {
    if (absl::Status status = HandOver(); !status.ok()) return status;
  }
  if (absl::Status status = Join(); !status.ok()) return status;
  filling_.reset();
  writing_.reset();
  if (absl::Status status = ReduceRuns(); !status.ok()) return status;
  absl::StatusOr<std::unique_ptr<MergeStream>> merged = MergeStream::Open(runs_);
  if (!merged.ok()) return merged.status();
  return *std::move(merged);
}

}  // namespace broadsheet::indexing
