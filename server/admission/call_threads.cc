// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/admission/call_threads.h"

#include <utility>

#include "server/admission/event.h"

namespace broadsheet::server {

CallThreads::CallThreads(std::unique_ptr<grpc::ServerCompletionQueue> queue)
    : queue_(std::move(queue)) {}

CallThreads::~CallThreads() { Stop(); }

void CallThreads::Start(size_t threads, std::function<void()> after_each) {
  for (size_t i = 0; i < threads; ++i) {
    threads_.emplace_back([this, after_each] { Work(after_each); });
  }
}

void CallThreads::Work(const std::function<void()>& after_each) {
  void* tag = nullptr;
  bool ok = false;
  while (queue_->Next(&tag, &ok)) {
    static_cast<Event*>(tag)->Deliver(ok);
    after_each();
  }
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
