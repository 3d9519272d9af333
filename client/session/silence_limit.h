// SPDX-License-Identifier: GPL-3.0-or-later
// Ends a stream whose server has fallen silent. A stream has no deadline as a whole: it may take as
// long as its steps go on.
#pragma once

#include <grpcpp/grpcpp.h>

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

namespace broadsheet::client {

// Cancels `call` when Heard() is not called for `limit`, until it is destroyed. Heard() may be
// called from any thread.
class SilenceLimit {
 public:
  SilenceLimit(grpc::ClientContext& call, std::chrono::seconds limit);
  ~SilenceLimit();
  SilenceLimit(const SilenceLimit&) = delete;
  SilenceLimit& operator=(const SilenceLimit&) = delete;

  void Heard();
  // The status of the ended stream: DEADLINE_EXCEEDED when it was this that cancelled it.
  grpc::Status StatusOf(const grpc::Status& ended);

 private:
  void Watch();

  grpc::ClientContext& call_;
  const std::chrono::seconds limit_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::chrono::steady_clock::time_point last_;
  bool over_ = false;
  bool cancelled_ = false;
  std::thread watcher_;
};

}  // namespace broadsheet::client
