// SPDX-License-Identifier: GPL-3.0-or-later
// How many records a build may reject or lose and still publish.
#pragma once

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"

namespace broadsheet::commands {

// --max-rejects: a number of records, "20", or a share of all records, "10%".
class RejectLimit {
 public:
  // Fewer rejects than this never exceed a share: in a small input one bad file is a large share.
  static constexpr uint64_t kAlwaysAllowed = 10;

  // INVALID_ARGUMENT for anything else.
  static absl::StatusOr<RejectLimit> Parse(const std::string& text);

  // Whether the limit is exceeded regardless of the records still to come; a share is only known at
  // the end.
  bool ExceededAlready(uint64_t rejected) const { return !is_share_ && rejected > count_; }
  bool Exceeded(uint64_t rejected, uint64_t records) const;
  const std::string& text() const { return text_; }

 private:
  std::string text_;
  bool is_share_ = false;
  uint64_t count_ = 0;
  double percent_ = 0;
};

}  // namespace broadsheet::commands
