// SPDX-License-Identifier: GPL-3.0-or-later
// INDEX/takedowns: the ids of articles that were withdrawn for good. Whatever generation holds
// them, and whoever writes them again, readers do not see them. docs/index_format.md has its form.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "engine/storage/layout.h"

namespace broadsheet::storage {

// Immutable and safe from any thread.
class Takedowns {
 public:
  // Empty when there is no such file. DATA_LOSS, naming the line, when it is damaged: what it
  // withdrew must not come back because it cannot be read.
  static absl::StatusOr<std::shared_ptr<const Takedowns>> Read(const Layout& layout);

  bool Contains(std::string_view id) const { return ids_.contains(std::string(id)); }
  const std::unordered_set<std::string>& ids() const { return ids_; }

 private:
  Takedowns() = default;

  std::unordered_set<std::string> ids_;
};

// Withdraws these ids from now on; each has 1 to 1000 bytes and no control characters. They are on
// disk when this returns OK; readers see it at their next request. Needs no IndexLock: a writer
// may be at work. Returns how many were not withdrawn before. Errors of Read and FileError.
absl::StatusOr<size_t> AddTakedowns(const Layout& layout, const std::vector<std::string>& ids,
                                    absl::Time now);

}  // namespace broadsheet::storage
