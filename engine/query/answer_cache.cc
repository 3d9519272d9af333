// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/answer_cache.h"

#include <iterator>
#include <utility>

namespace broadsheet::query {
namespace {

// One huge answer must not push all others out.
constexpr size_t kLargestShare = 8;

}  // namespace

EncodedResponse AnswerCache::Find(const std::string& key, absl::Time now) {
  if (!keeps()) return {};
  const base::MutexLock lock(mutex_);
  const auto found = by_key_.find(key);
  if (found == by_key_.end()) {
    ++missed_;
    return {};
  }
  const Entries::iterator entry = found->second;
  // A clock that was set back is before the beginning.
  if (now < entry->valid.begin || now >= entry->valid.end) {
    ++missed_;
    Remove(entry);
    return {};
  }
  ++found_;
  entries_.splice(entries_.begin(), entries_, entry);
  return entry->answer;
}

void AnswerCache::Keep(std::string key, EncodedResponse answer, ValidTime valid) {
  Entry entry{.key = std::move(key), .answer = std::move(answer), .valid = valid};
  const size_t bytes = entry.bytes();
  if (bytes > max_bytes_ / kLargestShare || valid.begin >= valid.end) return;
  const base::MutexLock lock(mutex_);
  if (const auto before = by_key_.find(entry.key); before != by_key_.end()) Remove(before->second);
  while (bytes_ + bytes > max_bytes_) Remove(std::prev(entries_.end()));
  entries_.push_front(std::move(entry));
  by_key_.emplace(entries_.front().key, entries_.begin());
  bytes_ += bytes;
}

AnswerCache::Figures AnswerCache::figures() const {
  const base::MutexLock lock(mutex_);
  return {.found = found_, .missed = missed_, .answers = entries_.size(), .bytes = bytes_};
}

void AnswerCache::Remove(Entries::iterator entry) {
  bytes_ -= entry->bytes();
  by_key_.erase(entry->key);
  entries_.erase(entry);
}

}  // namespace broadsheet::query
