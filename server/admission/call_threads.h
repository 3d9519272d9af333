// SPDX-License-Identifier: GPL-3.0-or-later
// The threads that receive calls and answer them. All wait at one completion queue; one of them
// looks at the sockets, and when something has come, another takes its place while it goes on with
// what came ("leader and followers"). So a call is read, searched and answered by one thread: to
// hand it to another costs more than a simple search. See
// docs/decisions/0015-searchers-receive-their-calls.md.
//
// While plenty waits, they look at the sockets every few milliseconds only, and then take all that
// has come: otherwise each call that comes to an overloaded server interrupts a search. See
// docs/decisions/0032-cheap-refusals.md.
#pragma once

#include <grpcpp/completion_queue.h>

#include <atomic>
#include <cstddef>
#include <functional>
#include <memory>
#include <thread>
#include <vector>

#include "absl/time/time.h"
#include "engine/base/mutex.h"

namespace broadsheet::server {

// Safe from any thread, except Start and Stop, which one thread calls.
class CallThreads {
 public:
  // Owns the queue, which is of the server's builder.
  explicit CallThreads(std::unique_ptr<grpc::ServerCompletionQueue> queue);
  // As Stop().
  ~CallThreads();
  CallThreads(const CallThreads&) = delete;
  CallThreads& operator=(const CallThreads&) = delete;

  // How long a thread may leave the sockets alone.
  static constexpr absl::Duration kPause = absl::Milliseconds(5);

  struct Work {
    // Called after each event: does what can be done now.
    std::function<void()> go_on;
    // Whether what waits takes longer than some pauses, so that nothing that comes is urgent.
    std::function<bool()> has_plenty;
  };

  // From now on events are delivered. Call it once, when the server has started.
  void Start(size_t threads, const Work& work);

  // Where calls are requested. Its tags are Events.
  grpc::ServerCompletionQueue& queue() { return *queue_; }

  // Each object whose events come from the queue enters before it starts its first operation, and
  // leaves when none is left to be delivered.
  void Enter() { inside_.fetch_add(1, std::memory_order_relaxed); }
  void Leave();

  // Waits until all have left, and ends the threads. Before it, the server was shut down and every
  // call was ended. May be called again.
  void Stop();

 private:
  void Run(const Work& work);
  // The next event. False when the queue has shut down.
  bool Receive(const Work& work, void** tag, bool* ok);

  const std::unique_ptr<grpc::ServerCompletionQueue> queue_;
  // 1 for Stop.
  std::atomic<size_t> inside_ = 1;
  base::Mutex mutex_;
  base::CondVar all_left_;
  std::vector<std::thread> threads_;
  bool stopped_ = false;
};

}  // namespace broadsheet::server
