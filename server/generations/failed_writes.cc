// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/generations/failed_writes.h"

#include <chrono>

#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "engine/schema/error.h"
#include "server/base/remedy.h"

namespace broadsheet::server {
namespace {

// On a nearly full disk small articles fit and large ones do not, in turn.
constexpr auto kRepeatFailureAfter = std::chrono::seconds(10);

bool IsFailure(const std::string& reason) {
  return reason == "INDEX_FULL" || reason == "INDEX_DAMAGED" || reason == "INTERNAL";
}

}  // namespace

void FailedWrites::Note(const std::vector<indexing::WriteResult>& results,
                        const std::vector<size_t>& bytes) {
  if (results.empty()) return;
  std::string why;
  WriteFailure failure;
  {
    base::MutexLock lock(mutex_);
    for (size_t i = 0; i < results.size(); ++i) {
      std::string reason = schema::ErrorReason(results[i].status);
      if (!IsFailure(reason)) continue;
      if (why.empty()) {
        if (failure_.writes == 0) failure_.since = absl::Now();
        why = absl::StrFormat("%s: %s", reason, WithRemedy(results[i].status));
        failure_.reason = std::move(reason);
      }
      ++failure_.writes;
      ++total_;
      failure_.bytes += bytes[i];
    }
    failing_ = !why.empty();
    failure = failure_;
    if (!failing_ && !said_.empty()) failure_ = {};
  }
  if (why == said_) return;
  if (why.empty()) {
    LogEnd(failure);
  } else {
    if (why == said_last_ && base::SteadyNow() < repeat_from_) return;
    LogBegin(why);
  }
  said_ = why;
}

void FailedWrites::LogBegin(const std::string& why) {
  logger_.Error(absl::StrFormat("writes to index %s fail: %s", index_, why));
  said_last_ = why;
  repeat_from_ = base::SteadyNow() + kRepeatFailureAfter;
}

void FailedWrites::LogEnd(const WriteFailure& failure) {
  logger_.Info(absl::StrFormat(
      "writes succeed again: %d writes, %.1f MB, were refused in %d s, since %s", failure.writes,
      static_cast<double>(failure.bytes) / 1e6, absl::ToInt64Seconds(absl::Now() - failure.since),
      absl::FormatTime("%Y-%m-%dT%H:%M:%SZ", failure.since, absl::UTCTimeZone())));
}

std::optional<WriteFailure> FailedWrites::current() const {
  base::MutexLock lock(mutex_);
  if (!failing_) return std::nullopt;
  return failure_;
}

uint64_t FailedWrites::total() const {
  base::MutexLock lock(mutex_);
  return total_;
}

}  // namespace broadsheet::server
