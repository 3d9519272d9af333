// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/services/stream_call.h"

#include <grpc/grpc.h>

#include <utility>

#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "engine/schema/error.h"
#include "server/access/call_credential.h"
#include "server/access/gatekeeper.h"
#include "server/admission/alarm_time.h"
#include "server/base/status_mapping.h"
#include "server/services/guarded_search.h"

namespace broadsheet::server {
namespace {

// How long a caller may take over the last message when the server stops.
constexpr absl::Duration kLastMessage = absl::Milliseconds(200);

// Before another try where the pool was full.
constexpr absl::Duration kRetryStep = absl::Milliseconds(100);

absl::Status StreamIdle(absl::Duration limit) {
  return schema::Error(
      absl::StatusCode::kAborted, "STREAM_IDLE",
      absl::StrFormat("the caller read and sent nothing for %s, so the stream was ended; go on in "
                      "a new one",
                      absl::FormatDuration(limit)));
}

bool IsOverload(const absl::Status& status) { return absl::IsResourceExhausted(status); }

}  // namespace

StreamCall::StreamCall(std::string_view name, size_t most_unwritten, Serving& serving)
    : most_unwritten_(most_unwritten),
      serving_(serving),
      record_(serving.calls.Of(name), context_, serving) {
  serving_.threads->Enter();
  context_.AsyncNotifyWhenDone(Expect(done_));
}

StreamCall::~StreamCall() { serving_.threads->Leave(); }

void StreamCall::Begin() {
  record_.Begin();
  credential_ = serving_.gatekeeper.CredentialOf(context_);
  const auto caller = Admit();
  if (caller.ok()) {
    record_.NoteCaller((*caller)->name);
    turn_name_ = TurnNameOf(**caller, context_);
  }
  absl::Status begun = caller.status();
  if (begun.ok()) begun = ReadRequest();
  if (begun.ok()) begun = serving_.streams.AddLimited(this);
  {
    base::MutexLock lock(mutex_);
    NoteProgress();
    if (!begun.ok()) End(begun);
    WakeIn(serving_.settings.get().stream_idle);
  }
  Proceed();
}

absl::StatusOr<std::shared_ptr<const Caller>> StreamCall::Admit() const {
  return serving_.gatekeeper.Admit(credential_, record_.figures().full_name());
}

void StreamCall::EndWith(const absl::Status& status) {
  base::MutexLock lock(mutex_);
  if (finished_) return;
  End(status);
  retry_clock_.Cancel();
  // Wakes OnTime, which sees to a message that nobody takes.
  clock_.Cancel();
  Advance();
}

void StreamCall::Proceed() {
  bool step = false;
  {
    base::MutexLock lock(mutex_);
    step = Advance();
  }
  // While running_ the stream does not finish.
  if (step) SubmitStep();
}

bool StreamCall::Advance() {
  if (finished_) return false;
  if (broken_ && !writing_) answers_.clear();
  if (!writing_ && !answers_.empty()) {
    writing_ = true;
    NoteProgress();
    StartWrite(answers_.front(), Expect(written_));
  }
  if (!running_ && answers_.empty() && !ending() && IsComplete()) End(absl::OkStatus());
  if (ending()) {
    if (!running_ && answers_.empty()) Finish();
    return false;
  }
  Receive();
  if (running_ || answers_.size() >= most_unwritten_ || !HasWork()) return false;
  running_ = true;
  return true;
}

void StreamCall::SubmitStep() {
  const auto caller = Admit();
  if (!caller.ok()) return Step(caller.status());
  if (absl::Status charged = Gatekeeper::Charge(**caller); !charged.ok()) return Step(charged);
  serving_.pool.Submit({.caller = *caller,
                        .call = Control(),
                        .light = false,
                        .turn_name = turn_name_,
                        .run = [this, charged = *caller](auto searchers) {
                          if (!searchers.ok()) Gatekeeper::Refund(*charged, searchers.status());
                          Step(std::move(searchers));
                        }});
}

void StreamCall::Step(absl::StatusOr<Searchers*> searchers) {
  absl::StatusOr<grpc::ByteBuffer> answer =
      searchers.ok() ? GuardSearch(**searchers, [&] { return RunStep(**searchers); })
                     : absl::StatusOr<grpc::ByteBuffer>(searchers.status());
  bool step = false;
  {
    base::MutexLock lock(mutex_);
    // Whoever has waited this long is not turned away for a moment's crowd.
    if (!searchers.ok() && IsOverload(searchers.status()) && answered_before_ && !ending()) {
      retry_clock_.Set(&serving_.threads->queue(), AlarmTime(kRetryStep), Expect(retry_));
      return;
    }
    running_ = false;
    NoteProgress();
    if (answer.ok()) {
      answered_before_ = true;
      answers_.push_back(*std::move(answer));
    } else {
      End(answer.status());
    }
    step = Advance();
  }
  if (step) SubmitStep();
}

void StreamCall::OnRetry(bool /*ok*/) {
  bool again = false;
  {
    base::MutexLock lock(mutex_);
    again = !ending();
    if (!again) {
      running_ = false;
      Advance();
    }
  }
  if (again) SubmitStep();
  Forget();
}

void StreamCall::OnWritten(bool ok) {
  {
    base::MutexLock lock(mutex_);
    writing_ = false;
    NoteProgress();
    answers_.pop_front();
    if (ok) {
      record_.CountSent();
    } else {
      broken_ = true;
      End(absl::CancelledError("the caller is gone"));
    }
  }
  Proceed();
  Forget();
}

void StreamCall::OnDone(bool /*ok*/) {
  if (context_.IsCancelled()) {
    cancelled_.store(true, std::memory_order_relaxed);
    EndWith(absl::CancelledError("the caller cancelled the call"));
  }
  Forget();
}

void StreamCall::OnTime(bool /*ok*/) {
  {
    base::MutexLock lock(mutex_);
    if (!finished_) CheckIdleness();
  }
  Forget();
}

void StreamCall::CheckIdleness() {
  const absl::Duration limit = ending() ? kLastMessage : serving_.settings.get().stream_idle;
  const absl::Duration idle = absl::FromChrono(base::SteadyNow() - progress_);
  // While a step runs, it is not the caller that is slow.
  if (running_ || idle < limit) return WakeIn(running_ ? limit : limit - idle);
  End(StreamIdle(limit));
  if (writing_) {
    CutOff(*ending_);
  } else {
    Advance();
  }
}

void StreamCall::WakeIn(absl::Duration wait) {
  // Nothing cancels it then, and it would keep this alive.
  if (finished_) return;
  clock_.Set(&serving_.threads->queue(), AlarmTime(wait), Expect(time_));
}

void StreamCall::CutOff(const absl::Status& status) {
  // gRPC sends no status behind a message that the caller's window has no room for. This one it
  // sends past it, and the message ends as not written.
  const grpc::Status told = MapStatus(status).status;
  grpc_call_cancel_with_status(context_.c_call(), static_cast<grpc_status_code>(told.error_code()),
                               told.error_message().c_str(), nullptr);
}

void StreamCall::Finish() {
  finished_ = true;
  clock_.Cancel();
  const MappedStatus told = record_.Map(*ending_);
  record_.End(told);
  StartFinish(told.status, sent_.Start());
}

base::CallControl StreamCall::Control() const {
  base::CallControl control;
  control.deadline = absl::Now() + serving_.settings.get().max_deadline;
  control.cancelled = [this] { return cancelled_.load(std::memory_order_relaxed); };
  control.now = record_.start();
  return control;
}

void StreamCall::Forget() {
  if (events_left_.fetch_sub(1, std::memory_order_acq_rel) > 1) return;
  serving_.streams.Remove(this);
  // Whoever called Finish may still hold the mutex.
  { base::MutexLock lock(mutex_); }
  delete this;
}

}  // namespace broadsheet::server
