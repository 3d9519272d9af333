// SPDX-License-Identifier: GPL-3.0-or-later
// The end of an operation that was started on a call, as gRPC reports it through a completion
// queue.
//
//   responder.Finish(answer, grpc::Status::OK, finished_.Start());   // later: Finished(ok)
#pragma once

#ifdef __SANITIZE_THREAD__
#include <sanitizer/tsan_interface.h>
#endif

namespace broadsheet::server {

// One operation at a time; may be started again once it was delivered.
class Event {
 public:
  virtual ~Event() = default;

  // The tag for gRPC. From now on, also before the operation's own function has returned, another
  // thread may deliver the event. gRPC's queue sees to it that whatever the starting thread wrote
  // before is seen there.
  void* Start() {
#ifdef __SANITIZE_THREAD__
    // Debian's gRPC is not instrumented, so its queue has to be told of.
    __tsan_release(this);
#endif
    return this;
  }
  // Called once for each Start, on one of CallThreads. It may destroy the event.
  void Deliver(bool ok) {
#ifdef __SANITIZE_THREAD__
    __tsan_acquire(this);
#endif
    Happened(ok);
  }

 private:
  virtual void Happened(bool ok) = 0;
};

// An event that calls a member function of its owner.
template <typename Owner>
class EventOf final : public Event {
 public:
  using Handler = void (Owner::*)(bool ok);
  // `owner` outlives this.
  EventOf(Owner& owner, Handler handler) : owner_(owner), handler_(handler) {}

 private:
  void Happened(bool ok) override { (owner_.*handler_)(ok); }

  Owner& owner_;
  const Handler handler_;
};

}  // namespace broadsheet::server
