// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/session/silence_limit.h"

namespace broadsheet::client {

SilenceLimit::SilenceLimit(grpc::ClientContext& call, std::chrono::seconds limit)
    : call_(call), limit_(limit), last_(std::chrono::steady_clock::now()) {
  watcher_ = std::thread([this] { Watch(); });
}

SilenceLimit::~SilenceLimit() {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    over_ = true;
  }
  changed_.notify_all();
  watcher_.join();
}

void SilenceLimit::Heard() {
  const std::lock_guard<std::mutex> lock(mutex_);
  last_ = std::chrono::steady_clock::now();
}

grpc::Status SilenceLimit::StatusOf(const grpc::Status& ended) {
  const std::lock_guard<std::mutex> lock(mutex_);
  return cancelled_ ? grpc::Status(grpc::StatusCode::DEADLINE_EXCEEDED, "the server is silent")
                    : ended;
}

void SilenceLimit::Watch() {
  std::unique_lock<std::mutex> lock(mutex_);
  while (!over_) {
    const auto end = last_ + limit_;
    if (std::chrono::steady_clock::now() >= end) {
      cancelled_ = true;
      call_.TryCancel();
      return;
    }
    changed_.wait_until(lock, end);
  }
}

}  // namespace broadsheet::client
