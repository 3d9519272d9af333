// SPDX-License-Identifier: GPL-3.0-or-later
// The synonyms of a server, which may be replaced while searchers use them.
#pragma once

#include <cstdint>
#include <memory>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "engine/base/mutex.h"
#include "engine/query/syntax/synonyms.h"

namespace broadsheet::query {

// Immutable.
struct SynonymEdition {
  uint64_t number = 0;  // another one for each edition of a SharedSynonyms
  Synonyms synonyms = {};
};

// Safe from any thread.
class SharedSynonyms {
 public:
  std::shared_ptr<const SynonymEdition> Current() const ABSL_LOCKS_EXCLUDED(mutex_) {
    base::MutexLock lock(mutex_);
    return current_;
  }

  // Searches that began before this go on with the edition that they have.
  void Replace(Synonyms next) ABSL_LOCKS_EXCLUDED(mutex_) {
    base::MutexLock lock(mutex_);
    current_ = std::make_shared<const SynonymEdition>(
        SynonymEdition{.number = current_->number + 1, .synonyms = std::move(next)});
  }

 private:
  mutable base::Mutex mutex_;
  std::shared_ptr<const SynonymEdition> current_ ABSL_GUARDED_BY(mutex_) =
      std::make_shared<const SynonymEdition>();
};

}  // namespace broadsheet::query
