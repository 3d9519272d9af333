// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/input/gunzip.h"

#include <utility>

namespace broadsheet::sources {
namespace {

constexpr size_t kUnpackedBytes = 64 << 10;
// The largest window, and a gzip head before it.
constexpr int kGzipWindowBits = 15 + 16;

}  // namespace

bool IsGzip(std::string_view head) { return head.starts_with("\x1f\x8b\x08"); }

Gunzip::Gunzip(Packed packed) : packed_(std::move(packed)), buffer_(kUnpackedBytes) {
  if (inflateInit2(&stream_, kGzipWindowBits) != Z_OK) {
    broken_ = absl::ResourceExhaustedError("no memory to unpack gzip");
  }
}

Gunzip::~Gunzip() { inflateEnd(&stream_); }

absl::Status Gunzip::Fill() {
  if (stream_.avail_in > 0 || packed_at_end_) return absl::OkStatus();
  const absl::StatusOr<std::string_view> block = packed_();
  if (!block.ok()) return block.status();
  packed_at_end_ = block->empty();
  stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(block->data()));
  stream_.avail_in = static_cast<uInt>(block->size());
  return absl::OkStatus();
}

// After a member comes another one, or the end, or what is not gzip.
absl::Status Gunzip::EndMember() {
  if (absl::Status filled = Fill(); !filled.ok()) return filled;
  constexpr Bytef kFirstByte = 0x1f;
  at_end_ = stream_.avail_in == 0 || *stream_.next_in != kFirstByte;
  if (!at_end_) inflateReset(&stream_);
  return absl::OkStatus();
}

absl::StatusOr<std::string_view> Gunzip::Next() {
  stream_.next_out = reinterpret_cast<Bytef*>(buffer_.data());
  stream_.avail_out = static_cast<uInt>(buffer_.size());
  while (broken_.ok() && !at_end_ && stream_.avail_out > 0) {
    broken_ = Fill();
    if (!broken_.ok()) break;
    if (stream_.avail_in == 0) {
      broken_ = absl::DataLossError("the packed data breaks off: truncated gzip input");
      break;
    }
    const int result = inflate(&stream_, Z_NO_FLUSH);
    if (result == Z_STREAM_END) {
      broken_ = EndMember();
    } else if (result != Z_OK && result != Z_BUF_ERROR) {
      const char* why = stream_.msg == nullptr ? "not gzip" : stream_.msg;
      broken_ = absl::DataLossError(std::string("the packed data is damaged: ") + why);
    }
    // What is there is given before waiting for more: standard input may be silent for long.
    if (stream_.avail_in == 0 && stream_.avail_out < buffer_.size()) break;
  }
  const size_t size = buffer_.size() - stream_.avail_out;
  if (size > 0) return std::string_view(buffer_.data(), size);
  if (!broken_.ok()) return broken_;
  return std::string_view();
}

}  // namespace broadsheet::sources
