// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/storage/live/commit_hold.h"

#include <utility>

#include "absl/time/clock.h"
#include "engine/storage/index/generation_claim.h"

namespace broadsheet::storage {
namespace {

// flock cannot wait with a timeout, so it is polled; a commit itself takes milliseconds.
constexpr absl::Duration kBetweenTries = absl::Milliseconds(1);

}  // namespace

absl::StatusOr<std::optional<base::FileDescriptor>> HoldCommits(const std::filesystem::path& live,
                                                                absl::Duration patience) {
  const absl::Time deadline = absl::Now() + patience;
  for (;;) {
    absl::StatusOr<base::FileDescriptor> held = HoldFolder(live);
    if (!held.ok()) return held.status();
    if (held->open()) return std::optional<base::FileDescriptor>(*std::move(held));
    if (absl::Now() >= deadline) return std::optional<base::FileDescriptor>();
    absl::SleepFor(kBetweenTries);
  }
}

}  // namespace broadsheet::storage
