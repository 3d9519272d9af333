// SPDX-License-Identifier: GPL-3.0-or-later
// Answers to searches, kept for those who ask the same again. An answer is found only over the
// state of the index that it was made from, and only as long as the clock changes nothing about it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <list>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

#include "absl/base/thread_annotations.h"
#include "absl/time/time.h"
#include "engine/base/mutex.h"
#include "engine/query/encoded_response.h"

namespace broadsheet::query {

// When an answer is right: from `begin` on, and before `end`.
struct ValidTime {
  absl::Time begin;
  absl::Time end;
};

// Safe from any thread.
class AnswerCache {
 public:
  struct Figures {
    uint64_t found = 0;
    uint64_t missed = 0;
    size_t answers = 0;
    size_t bytes = 0;  // of keys and answers
  };

  // Holds up to `max_bytes` of keys and answers; the one that was asked for least recently makes
  // room. With 0 it keeps nothing.
  explicit AnswerCache(size_t max_bytes) : max_bytes_(max_bytes) {}
  AnswerCache(const AnswerCache&) = delete;
  AnswerCache& operator=(const AnswerCache&) = delete;

  bool keeps() const { return max_bytes_ > 0; }

  // The answer under this key, if it is right at `now`; one without bytes if there is none.
  EncodedResponse Find(const std::string& key, absl::Time now) ABSL_LOCKS_EXCLUDED(mutex_);
  // Keeps `answer`, unless it takes more than an eighth of the room.
  void Keep(std::string key, EncodedResponse answer, ValidTime valid) ABSL_LOCKS_EXCLUDED(mutex_);

  Figures figures() const ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  struct Entry {
    std::string key;
    EncodedResponse answer;
    ValidTime valid;
    size_t bytes() const { return key.size() + answer.bytes->size(); }
  };
  using Entries = std::list<Entry>;

  void Remove(Entries::iterator entry) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  const size_t max_bytes_;
  mutable base::Mutex mutex_;
  Entries entries_ ABSL_GUARDED_BY(mutex_);  // the one asked for last first
  // The keys are those of the entries.
  std::unordered_map<std::string_view, Entries::iterator> by_key_ ABSL_GUARDED_BY(mutex_);
  size_t bytes_ ABSL_GUARDED_BY(mutex_) = 0;
  uint64_t found_ ABSL_GUARDED_BY(mutex_) = 0;
  uint64_t missed_ ABSL_GUARDED_BY(mutex_) = 0;
};

}  // namespace broadsheet::query
