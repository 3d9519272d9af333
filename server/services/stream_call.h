// SPDX-License-Identifier: GPL-3.0-or-later
// A stream of answers from the index, from start to end. Each answer is a step: a task of its own
// for the searcher pool, behind the searches that wait already, so that no stream keeps them
// waiting for longer than a step takes. A step begins when few enough answers of the stream are
// still to be taken by its caller.
#pragma once

#include <grpcpp/alarm.h>
#include <grpcpp/server_context.h>
#include <grpcpp/support/byte_buffer.h>
#include <grpcpp/support/status.h>

#include <atomic>
#include <cstddef>
#include <deque>
#include <optional>
#include <string>
#include <string_view>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "engine/base/call_control.h"
#include "engine/base/mutex.h"
#include "engine/base/steady_time.h"
#include "server/access/caller.h"
#include "server/admission/event.h"
#include "server/services/call_record.h"
#include "server/services/open_streams.h"
#include "server/services/serving.h"

namespace broadsheet::server {

// It ends in this order: something sets ending_ (the last step, a failure, the caller, idleness, a
// shutdown); a step that runs ends; what was answered is written; Finish; when all events are
// delivered, it is deleted. A caller that takes nothing is cut off instead.
class StreamCall : public OpenStream {
 public:
  StreamCall(const StreamCall&) = delete;
  StreamCall& operator=(const StreamCall&) = delete;

  void EndWith(const absl::Status& status) final ABSL_LOCKS_EXCLUDED(mutex_);

 protected:
  // `name` is that of the method, a literal. At most `most_unwritten` answers wait to be written.
  StreamCall(std::string_view name, size_t most_unwritten, Serving& serving);
  ~StreamCall() override;

  // Whether there is work for a step. Asked when none runs, and starts none.
  virtual bool HasWork() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) = 0;
  // Whether there never will be.
  virtual bool IsComplete() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) = 0;
  // Does one step of work and returns the message to write; an error ends the stream.
  virtual absl::StatusOr<grpc::ByteBuffer> RunStep(Searchers& searchers)
      ABSL_LOCKS_EXCLUDED(mutex_) = 0;
  // Reads what came with the call, once the caller has been let in.
  virtual absl::Status ReadRequest() { return absl::OkStatus(); }
  // Asks for the next message of the caller, if one is wanted.
  virtual void Receive() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) = 0;
  // The operations of the connection.
  virtual void StartWrite(const grpc::ByteBuffer& message, void* tag) = 0;
  virtual void StartFinish(const grpc::Status& status, void* tag) = 0;

  // Called once, when a caller is there: lets it in, or ends the stream with the reason why not.
  void Begin() ABSL_LOCKS_EXCLUDED(mutex_);
  // Does what can be done now. `this` may be destroyed when it returns, unless an event is being
  // delivered.
  void Proceed() ABSL_LOCKS_EXCLUDED(mutex_);
  // The stream is to end with `status`, unless it is ending already.
  void End(const absl::Status& status) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    if (!ending_.has_value()) ending_ = status;
  }
  bool ending() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) { return ending_.has_value(); }
  // The caller has done something.
  void NoteProgress() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) { progress_ = base::SteadyNow(); }
  size_t unwritten() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) { return answers_.size(); }

  // What a step may take: no longer than a call, and nothing once the caller is gone.
  base::CallControl Control() const;

  // The tag of an event that is to come, which keeps this alive until then.
  void* Expect(Event& event) {
    events_left_.fetch_add(1, std::memory_order_relaxed);
    return event.Start();
  }
  // An event was delivered. Deletes this after the last one.
  void Forget();

  grpc::ServerContext& context() { return context_; }
  Serving& serving() { return serving_; }
  absl::Time start() const { return record_.start(); }
  void CountReceived() { record_.CountReceived(); }

  base::Mutex mutex_;

 private:
  // Events: an answer was written; the status was sent; gRPC is done with the call, be it because
  // the caller cancelled; it is time to look whether the caller still does something, or for
  // another try where the pool was full.
  void OnWritten(bool ok);
  void OnSent(bool /*ok*/) { Forget(); }
  void OnDone(bool ok);
  void OnTime(bool ok);
  void OnRetry(bool ok);

  // Writes, receives and finishes as far as the state allows; whether a step is to be submitted. No
  // event is delivered from within.
  bool Advance() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  // Who the caller is now: a stream may last longer than a token, a role or a licence.
  absl::StatusOr<std::shared_ptr<const Caller>> Admit() const;
  void SubmitStep() ABSL_LOCKS_EXCLUDED(mutex_);
  void Step(absl::StatusOr<Searchers*> searchers) ABSL_LOCKS_EXCLUDED(mutex_);
  void Finish() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  // Ends the call although a message is still being written.
  void CutOff(const absl::Status& status) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void CheckIdleness() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void WakeIn(absl::Duration wait) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  const size_t most_unwritten_;
  Serving& serving_;
  EventOf<StreamCall> written_{*this, &StreamCall::OnWritten};
  EventOf<StreamCall> sent_{*this, &StreamCall::OnSent};
  EventOf<StreamCall> done_{*this, &StreamCall::OnDone};
  EventOf<StreamCall> time_{*this, &StreamCall::OnTime};
  EventOf<StreamCall> retry_{*this, &StreamCall::OnRetry};
  grpc::Alarm clock_;
  grpc::Alarm retry_clock_;
  // How many are to come; sent_ from the beginning.
  std::atomic<int> events_left_ = 1;
  std::atomic<bool> cancelled_ = false;
  grpc::ServerContext context_;
  CallRecord record_;
  Credential credential_;
  // As SearcherTask::caller, once it was let in.
  std::string turn_name_;

  // Answers to be written; gRPC is writing the first while writing_.
  std::deque<grpc::ByteBuffer> answers_ ABSL_GUARDED_BY(mutex_);
  bool writing_ ABSL_GUARDED_BY(mutex_) = false;
  // A step was submitted.
  bool running_ ABSL_GUARDED_BY(mutex_) = false;
  bool answered_before_ ABSL_GUARDED_BY(mutex_) = false;
  bool finished_ ABSL_GUARDED_BY(mutex_) = false;
  // Nobody takes what is written any more.
  bool broken_ ABSL_GUARDED_BY(mutex_) = false;
  // When the caller last took or sent something, or a step ended.
  base::SteadyTime progress_ ABSL_GUARDED_BY(mutex_);
  // What the stream ends with, once it is ending.
  std::optional<absl::Status> ending_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace broadsheet::server
