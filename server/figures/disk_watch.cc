// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/figures/disk_watch.h"

#include <sys/statvfs.h>

#include <cerrno>

#include "absl/time/clock.h"
#include "engine/base/file_error.h"
#include "engine/base/steady_time.h"

namespace broadsheet::server {
namespace {

constexpr absl::Duration kLookEvery = absl::Minutes(1);

}  // namespace

void DiskWatch::Start() {
  thread_ = std::thread([this] { Work(); });
}

void DiskWatch::Stop() {
  {
    base::MutexLock lock(mutex_);
    stopping_ = true;
  }
  stopped_.NotifyAll();
  if (thread_.joinable()) thread_.join();
}

absl::StatusOr<DiskWatch::Figures> DiskWatch::Look() const {
  struct statvfs room = {};
  if (::statvfs(folder_.c_str(), &room) != 0) {
    return base::FileError(errno, "cannot look for free room at", folder_);
  }
  base::MutexLock lock(mutex_);
  return Figures{.free_bytes = uint64_t{room.f_bavail} * room.f_frsize,
                 .total_bytes = uint64_t{room.f_blocks} * room.f_frsize,
                 .full_in = forecast_.FullIn()};
}

void DiskWatch::Work() {
  for (;;) {
    const absl::StatusOr<Figures> seen = Look();
    const base::SteadyTime next = base::SteadyIn(kLookEvery);
    base::MutexLock lock(mutex_);
    // A folder that is not there yet has no room to forecast.
    if (seen.ok()) forecast_.Note(absl::Now(), seen->free_bytes);
    while (!stopping_ && base::SteadyNow() < next) stopped_.WaitUntil(mutex_, next);
    if (stopping_) return;
  }
}

}  // namespace broadsheet::server
