// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/commands/ingest/reject_limit.h"

#include <charconv>

namespace broadsheet::commands {

absl::StatusOr<RejectLimit> RejectLimit::Parse(const std::string& text) {
  RejectLimit limit;
  limit.text_ = text;
  limit.is_share_ = text.ends_with('%');
  const char* end = text.data() + text.size() - (limit.is_share_ ? 1 : 0);
  const std::from_chars_result read = limit.is_share_
                                          ? std::from_chars(text.data(), end, limit.percent_)
                                          : std::from_chars(text.data(), end, limit.count_);
  if (text.empty() || read.ec != std::errc() || read.ptr != end || limit.percent_ < 0 ||
      limit.percent_ > 100) {
    return absl::InvalidArgumentError("--max-rejects " + text +
                                      ": expected a number of records or a share, as in 100 or 5%");
  }
  return limit;
}

bool RejectLimit::Exceeded(uint64_t rejected, uint64_t records) const {
  if (!is_share_) return rejected > count_;
  return rejected > kAlwaysAllowed &&
         100 * static_cast<double>(rejected) > percent_ * static_cast<double>(records);
}

}  // namespace broadsheet::commands
