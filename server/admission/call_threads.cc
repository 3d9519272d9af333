// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/admission/call_threads.h"

#include <utility>

#include "absl/time/clock.h"
#include "server/admission/event.h"

namespace broadsheet::server {
namespace {

// gRPC reads one socket at each look, and not every socket has a call. Each look at nothing is a
// call of the system: 32 of them before each pause took a microsecond from each refusal.
constexpr int kLooksBeforePause = 4;

}  // namespace

CallThreads::CallThreads(std::unique_ptr<grpc::ServerCompletionQueue> queue)
    : queue_(std::move(queue)) {}

CallThreads::~CallThreads() { Stop(); }

void CallThreads::Start(size_t threads, const Work& work) {
  for (size_t i = 0; i < threads; ++i) threads_.emplace_back([this, work] { Run(work); });
}

void CallThreads::Run(const Work& work) {
  void* tag = nullptr;
  bool ok = false;
  while (Receive(work, &tag, &ok)) {
    static_cast<Event*>(tag)->Deliver(ok);
    work.go_on();
  }
}

bool CallThreads::Receive(const Work& work, void** tag, bool* ok) {
  int without = 0;
  while (work.has_plenty()) {
    switch (queue_->AsyncNext(tag, ok, gpr_time_0(GPR_CLOCK_MONOTONIC))) {
      case grpc::CompletionQueue::GOT_EVENT:
        return true;
      case grpc::CompletionQueue::SHUTDOWN:
        return false;
      case grpc::CompletionQueue::TIMEOUT:
        break;
    }
    if (++without < kLooksBeforePause) continue;
    without = 0;
    absl::SleepFor(kPause);
  }
  return queue_->Next(tag, ok);
}

void CallThreads::Leave() {
  if (inside_.fetch_sub(1, std::memory_order_acq_rel) > 1) return;
  base::MutexLock lock(mutex_);
  all_left_.NotifyAll();
}

void CallThreads::Stop() {
  if (std::exchange(stopped_, true)) return;
  Leave();
  {
    base::MutexLock lock(mutex_);
    while (inside_.load(std::memory_order_acquire) > 0) all_left_.Wait(mutex_);
  }
  queue_->Shutdown();
  for (std::thread& thread : threads_) thread.join();
  // gRPC asks that a queue be empty when it is destroyed, also one that never had a thread.
  void* tag = nullptr;
  bool ok = false;
  while (queue_->Next(&tag, &ok)) static_cast<Event*>(tag)->Deliver(ok);
}

}  // namespace broadsheet::server
