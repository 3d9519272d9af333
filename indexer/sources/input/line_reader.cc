// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/input/line_reader.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace broadsheet::sources {
namespace {

constexpr size_t kFirstBufferBytes = 1 << 20;

}  // namespace

LineReader::LineReader(Input& input, size_t max_line_bytes)
    : input_(input), max_line_bytes_(max_line_bytes) {
  Grow(kFirstBufferBytes);
}

// Makes room for `bytes`, without filling it: most files are small.
void LineReader::Grow(size_t bytes) {
  auto grown = std::make_unique_for_overwrite<char[]>(bytes + kPadding);
  std::copy_n(buffer_.get(), end_, grown.get());
  buffer_ = std::move(grown);
  buffer_bytes_ = bytes;
}

absl::StatusOr<bool> LineReader::Next(TextLine* line) {
  if (std::exchange(is_cut_, false) && begin_ < end_) {
    ++number_;
    offset_ += end_ - begin_;
    begin_ = end_;
  }
  // Bytes from begin_ on that are known to hold no line end.
  size_t searched = 0;
  while (true) {
    const char* start = buffer_.get() + begin_;
    const void* found = std::memchr(start + searched, '\n', end_ - begin_ - searched);
    if (found != nullptr) {
      const auto length = static_cast<size_t>(static_cast<const char*>(found) - start);
      if (length > max_line_bytes_) return SkipLong(line);
      HandOut(length, 1, line);
      return true;
    }
    searched = end_ - begin_;
    if (searched > max_line_bytes_) return SkipLong(line);
    const absl::StatusOr<bool> more = Fill();
    if (!more.ok()) return more.status();
    if (*more) continue;
    if (begin_ == end_) return false;
    HandOut(end_ - begin_, 0, line);
    return true;
  }
}

// Reads more behind end_, making room first; false at the end of the input.
absl::StatusOr<bool> LineReader::Fill() {
  if (begin_ > 0) {
    std::memmove(buffer_.get(), buffer_.get() + begin_, end_ - begin_);
    end_ -= begin_;
    begin_ = 0;
  }
  if (end_ >= buffer_bytes_) Grow(2 * buffer_bytes_);
  const absl::StatusOr<size_t> size =
      input_.Read(std::span(buffer_.get() + end_, buffer_bytes_ - end_));
  is_cut_ = !size.ok();
  if (!size.ok()) return size.status();
  end_ += *size;
  return *size > 0;
}

absl::StatusOr<bool> LineReader::SkipLong(TextLine* line) {
  excerpt_.clear();
  *line = {.number = ++number_, .byte_offset = offset_, .too_long = true};
  while (true) {
    const char* start = buffer_.get() + begin_;
    const void* found = std::memchr(start, '\n', end_ - begin_);
    const size_t taken = found == nullptr
                             ? end_ - begin_
                             : static_cast<size_t>(static_cast<const char*>(found) - start);
    if (excerpt_.size() < kExcerptBytes) {
      excerpt_.append(start, std::min(taken, kExcerptBytes - excerpt_.size()));
    }
    line->bytes += taken;
    begin_ += taken + (found == nullptr ? 0 : 1);
    offset_ += taken + (found == nullptr ? 0 : 1);
    if (found != nullptr) break;
    const absl::StatusOr<bool> more = Fill();
    if (!more.ok()) return more.status();
    if (!*more) break;
  }
  excerpt_.reserve(kExcerptBytes + kPadding);
  line->text = excerpt_;
  return true;
}

void LineReader::HandOut(size_t length, size_t line_end, TextLine* line) {
  std::string_view text(buffer_.get() + begin_, length);
  if (text.ends_with('\r')) text.remove_suffix(1);
  *line = {.text = text, .number = ++number_, .byte_offset = offset_, .bytes = text.size()};
  begin_ += length + line_end;
  offset_ += length + line_end;
}

}  // namespace broadsheet::sources
