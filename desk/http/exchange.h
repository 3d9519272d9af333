// SPDX-License-Identifier: GPL-3.0-or-later
// One request and the reply to it, between the thread that answers and the loop that sends.
#pragma once

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "absl/time/time.h"
#include "desk/http/message.h"
#include "engine/base/mutex.h"

namespace broadsheet::desk {

// What the loop does with a reply. Called from the thread that answers; safe from any thread.
class ReplySink {
 public:
  virtual ~ReplySink() = default;
  virtual void SendWhole(HttpReply reply) = 0;
  virtual void SendStart(HttpReply head) = 0;
  virtual void SendPiece(std::string piece) = 0;
  virtual void SendEnd() = 0;
  // Closes the connection instead, so that a client sees that what it has is not all.
  virtual void SendAbort() = 0;
};

// The thread that answers calls either Reply() once, or Begin(), Write() any number of times,
// End(). The loop's thread calls OnSent() and OnGone(). Every member is safe from any thread.
class Exchange {
 public:
  // `sink` outlives this object's last use by the thread that answers.
  Exchange(HttpRequest request, ReplySink& sink) : request_(std::move(request)), sink_(sink) {}
  Exchange(const Exchange&) = delete;
  Exchange& operator=(const Exchange&) = delete;

  const HttpRequest& request() const { return request_; }

  void Reply(HttpReply reply);

  // The body of `head` is its first piece, and may be empty.
  void Begin(HttpReply head);
  // Waits until the client has taken what came before, but for 256 KiB. Returns false, at once,
  // when it has gone or the desk stops: then only the end may follow.
  bool Write(std::string piece);
  void End();
  // Ends a reply that is not whole.
  void Abort();

  // Waits for `time`. Returns false, at once, when the client has gone or the desk stops.
  bool Wait(absl::Duration time);
  bool gone() const;

  // For the loop: `bytes` of pieces have left; nobody reads any more.
  void OnSent(size_t bytes);
  void OnGone();

 private:
  const HttpRequest request_;
  ReplySink& sink_;
  mutable base::Mutex mutex_;
  base::CondVar changed_;
  size_t unsent_ ABSL_GUARDED_BY(mutex_) = 0;
  bool gone_ ABSL_GUARDED_BY(mutex_) = false;
};

// Answers one request, in a thread of its own pool; calls Reply() or Begin() ... End().
using HttpHandler = std::function<void(Exchange&)>;

}  // namespace broadsheet::desk
