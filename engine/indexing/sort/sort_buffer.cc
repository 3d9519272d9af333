// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/indexing/sort/sort_buffer.h"

#include <algorithm>
#include <cstring>
#include <string_view>

namespace broadsheet::indexing {
namespace {

uint64_t PrefixOfKey(std::string_view key) {
  unsigned char bytes[sizeof(uint64_t)] = {};
  std::memcpy(bytes, key.data(), std::min(key.size(), sizeof(bytes)));
  uint64_t prefix = 0;
  for (const unsigned char byte : bytes) prefix = prefix << 8 | byte;
  return prefix;
}

}  // namespace

char* SortBuffer::Allocate(size_t bytes) {
  while (current_ < chunks_.size() && chunks_[current_].capacity - chunks_[current_].used < bytes) {
    ++current_;
  }
  if (current_ == chunks_.size()) {
    const size_t capacity = std::max(bytes, chunk_bytes_);
    chunks_.push_back({std::unique_ptr<char[]>(new char[capacity]), capacity, 0});
  }
  Chunk& chunk = chunks_[current_];
  char* const data = chunk.data.get() + chunk.used;
  chunk.used += bytes;
  used_bytes_ += bytes;
  return data;
}

void SortBuffer::Add(const Record& record) {
  char* const data = Allocate(record.key.size() + record.payload.size());
  record.key.copy(data, record.key.size());
  record.payload.copy(data + record.key.size(), record.payload.size());
  entries_.push_back({PrefixOfKey(record.key), data, static_cast<uint32_t>(record.key.size()),
                      static_cast<uint32_t>(record.payload.size()),
                      static_cast<uint32_t>(entries_.size())});
}

void SortBuffer::Sort() {
  std::sort(entries_.begin(), entries_.end(), [](const Entry& a, const Entry& b) {
    if (a.prefix != b.prefix) return a.prefix < b.prefix;
    const int order =
        std::string_view(a.data, a.key_bytes).compare(std::string_view(b.data, b.key_bytes));
    return order != 0 ? order < 0 : a.ordinal < b.ordinal;
  });
}

void SortBuffer::Clear() {
  entries_.clear();
  // The memory of an unusually long record is freed instead of kept for the rest of the build.
  std::erase_if(chunks_, [this](const Chunk& chunk) { return chunk.capacity > chunk_bytes_; });
  for (Chunk& chunk : chunks_) chunk.used = 0;
  current_ = 0;
  used_bytes_ = 0;
}

Record SortBuffer::operator[](size_t index) const {
  const Entry& entry = entries_[index];
  return {std::string_view(entry.data, entry.key_bytes),
          std::string_view(entry.data + entry.key_bytes, entry.payload_bytes)};
}

}  // namespace broadsheet::indexing
