// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/http/exchange.h"

#include <algorithm>
#include <chrono>

#include "engine/base/steady_time.h"

namespace broadsheet::desk {
namespace {

constexpr size_t kMostUnsentBytes = 256 << 10;

}  // namespace

void Exchange::Reply(HttpReply reply) { sink_.SendWhole(std::move(reply)); }

void Exchange::Begin(HttpReply head) {
  {
    const base::MutexLock lock(mutex_);
    unsent_ += head.body.size();
  }
  sink_.SendStart(std::move(head));
}

bool Exchange::Write(std::string piece) {
  {
    const base::MutexLock lock(mutex_);
    while (unsent_ > kMostUnsentBytes && !gone_) changed_.Wait(mutex_);
    if (gone_) return false;
    unsent_ += piece.size();
  }
  if (!piece.empty()) sink_.SendPiece(std::move(piece));
  return true;
}

void Exchange::End() { sink_.SendEnd(); }

void Exchange::Abort() { sink_.SendAbort(); }

bool Exchange::Wait(absl::Duration time) {
  const base::SteadyTime until = std::chrono::steady_clock::now() + absl::ToChronoNanoseconds(time);
  const base::MutexLock lock(mutex_);
  while (!gone_ && std::chrono::steady_clock::now() < until) changed_.WaitUntil(mutex_, until);
  return !gone_;
}

bool Exchange::gone() const {
  const base::MutexLock lock(mutex_);
  return gone_;
}

void Exchange::OnSent(size_t bytes) {
  const base::MutexLock lock(mutex_);
  unsent_ -= std::min(bytes, unsent_);
  changed_.NotifyAll();
}

void Exchange::OnGone() {
  const base::MutexLock lock(mutex_);
  gone_ = true;
  changed_.NotifyAll();
}

}  // namespace broadsheet::desk
