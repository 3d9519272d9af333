// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/service_manager.h"

#include <systemd/sd-daemon.h>

#include <cstdint>
#include <ctime>
#include <utility>

#include "absl/strings/str_format.h"
#include "absl/time/time.h"
#include "engine/base/steady_time.h"

namespace broadsheet::server {
namespace {

constexpr int kProbesInTime = 3;

void Tell(const std::string& state) {
  // Nobody may listen, and one who does not take it is no reason to stop serving.
  (void)sd_notify(/*unset_environment=*/0, state.c_str());
}

}  // namespace

void ServiceManager::EndWatch() {
  {
    base::MutexLock lock(mutex_);
    stopping_ = true;
  }
  stopped_.NotifyAll();
  if (thread_.joinable()) thread_.join();
}

void ServiceManager::Ready(const std::string& status) { Tell("READY=1\nSTATUS=" + status); }

void ServiceManager::Reloading() {
  timespec now = {};
  clock_gettime(CLOCK_MONOTONIC, &now);
  Tell(absl::StrFormat("RELOADING=1\nMONOTONIC_USEC=%d",
                       absl::ToInt64Microseconds(absl::DurationFromTimespec(now))));
}

void ServiceManager::Stopping() {
  Tell("STOPPING=1");
  EndWatch();
}

void ServiceManager::WatchOver(std::function<bool()> is_alive) {
  uint64_t microseconds = 0;
  if (sd_watchdog_enabled(/*unset_environment=*/0, &microseconds) <= 0) return;
  const absl::Duration interval =
      absl::Microseconds(static_cast<int64_t>(microseconds)) / kProbesInTime;
  thread_ =
      std::thread([this, interval, is_alive = std::move(is_alive)] { Watch(is_alive, interval); });
}

void ServiceManager::Watch(const std::function<bool()>& is_alive, absl::Duration interval) {
  bool was_alive = true;
  for (;;) {
    const base::SteadyTime next = base::SteadyIn(interval);
    const bool alive = is_alive();
    if (alive) Tell("WATCHDOG=1");
    if (was_alive && !alive) {
      logger_.Error("the server does not answer itself; systemd ends it when that lasts");
    } else if (alive && !was_alive) {
      logger_.Info("the server answers itself again");
    }
    was_alive = alive;
    base::MutexLock lock(mutex_);
    while (!stopping_ && base::SteadyNow() < next) stopped_.WaitUntil(mutex_, next);
    if (stopping_) return;
  }
}

}  // namespace broadsheet::server
