// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/services/import_articles.h"

#include <grpcpp/alarm.h>

#include <atomic>
#include <cstddef>
#include <deque>
#include <optional>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/strings/str_format.h"
#include "broadsheet/v1/article_service.pb.h"
#include "engine/base/mutex.h"
#include "engine/schema/error.h"
#include "server/access/gatekeeper.h"
#include "server/admission/alarm_time.h"
#include "server/admission/event.h"
#include "server/base/refusal.h"
#include "server/base/status_mapping.h"
#include "server/generations/write_queue.h"
#include "server/services/call_record.h"
#include "server/services/message_bytes.h"
#include "server/services/open_streams.h"
#include "server/services/put_result.h"

namespace broadsheet::server {
namespace {

// What one stream may have unanswered: beyond it nothing is read, and HTTP/2's flow control stops
// the sender. Enough to fill a group while the one before is being committed.
constexpr size_t kMaxUnanswered = 512;
constexpr size_t kMaxUnansweredBytes = 16 << 20;

// One stream, from call threads and the writer's. It ends in this order: something sets ending_
// (the sender half-closed, a failure, a shutdown); nothing more is read; what was handed to the
// writer comes back and is answered; Finish; when all events are delivered, it is deleted.
class ImportCall final : public OpenStream {
 public:
  // Asks gRPC for a call.
  ImportCall(RequestImport request_call, Serving& serving)
      : request_call_(std::move(request_call)),
        serving_(serving),
        record_(serving.calls.Of("ImportArticles"), context_, serving) {
    serving_.threads->Enter();
    context_.AsyncNotifyWhenDone(Expect(done_));
    grpc::ServerCompletionQueue& queue = serving_.threads->queue();
    request_call_(&context_, &connection_, &queue, &queue, opened_.Start());
  }
  ~ImportCall() override { serving_.threads->Leave(); }
  ImportCall(const ImportCall&) = delete;
  ImportCall& operator=(const ImportCall&) = delete;

  void EndWith(const absl::Status& status) override {
    base::MutexLock lock(mutex_);
    if (!ending_.has_value()) ending_ = status;
    pause_clock_.Cancel();
    Advance();
  }

 private:
  // Events: a caller is there; a message was read; one was written; the status was sent; gRPC is
  // done with the call, be it because the caller cancelled.
  void OnOpened(bool ok);
  void OnReadDone(bool ok);
  void OnWriteDone(bool ok);
  void OnFinished(bool /*ok*/) { Forget(); }
  void OnDone(bool ok);
  // The caller has made as many calls as it may, and may now go on.
  void OnPaused(bool /*ok*/) {
    ReadOn();
    Forget();
  }

  // The tag of an event that is to come, which keeps this alive until then.
  void* Expect(Event& event) {
    events_left_.fetch_add(1, std::memory_order_relaxed);
    return event.Start();
  }
  void Forget();
  absl::StatusOr<std::shared_ptr<const Caller>> Admit() const {
    return serving_.gatekeeper.Admit(credential_, record_.figures().full_name());
  }
  void TakeRead(bool ok) ABSL_LOCKS_EXCLUDED(mutex_);
  // Reads the next message, once the caller may have sent the last one.
  void ReadOn() ABSL_LOCKS_EXCLUDED(mutex_);

  // Whether what was read goes to the writer; counts it in the same breath, since a stream that
  // ends waits for what is counted only.
  bool TakeIn(bool ok, int64_t sequence, size_t bytes) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void HandToWriter(int64_t sequence, size_t bytes) ABSL_LOCKS_EXCLUDED(mutex_);
  void Answer(int64_t sequence, size_t bytes,
              absl::StatusOr<std::vector<indexing::WriteResult>> results)
      ABSL_LOCKS_EXCLUDED(mutex_);
  // Reads, writes and finishes as far as the state allows. No event is delivered from within.
  void Advance() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  struct Pending {
    grpc::ByteBuffer message;
    size_t bytes;
  };

  const RequestImport request_call_;
  Serving& serving_;
  EventOf<ImportCall> opened_{*this, &ImportCall::OnOpened};
  EventOf<ImportCall> read_{*this, &ImportCall::OnReadDone};
  EventOf<ImportCall> written_{*this, &ImportCall::OnWriteDone};
  EventOf<ImportCall> sent_{*this, &ImportCall::OnFinished};
  EventOf<ImportCall> done_{*this, &ImportCall::OnDone};
  EventOf<ImportCall> paused_{*this, &ImportCall::OnPaused};
  grpc::Alarm pause_clock_;
  // How many are to come; sent_ from the beginning.
  std::atomic<int> events_left_ = 1;
  grpc::ServerContext context_;
  CallRecord record_;
  ImportConnection connection_{&context_};
  Credential credential_;
  // Belongs to gRPC while reading_.
  grpc::ByteBuffer received_;
  // What was received last; of the thread that reads.
  v1::ImportArticlesRequest request_;

  base::Mutex mutex_;
  int64_t last_sequence_ ABSL_GUARDED_BY(mutex_) = 0;
  // Whose message was taken in last.
  std::shared_ptr<const Caller> caller_ ABSL_GUARDED_BY(mutex_);
  // Answers to be written; gRPC is writing the first while writing_.
  std::deque<Pending> answers_ ABSL_GUARDED_BY(mutex_);
  size_t at_writer_ ABSL_GUARDED_BY(mutex_) = 0;
  size_t unanswered_bytes_ ABSL_GUARDED_BY(mutex_) = 0;
  bool reading_ ABSL_GUARDED_BY(mutex_) = false;
  bool writing_ ABSL_GUARDED_BY(mutex_) = false;
  bool finished_ ABSL_GUARDED_BY(mutex_) = false;
  // An article could not be taken in: what comes after it is not answered.
  bool failed_ ABSL_GUARDED_BY(mutex_) = false;
  // Nobody reads what is written any more.
  bool broken_ ABSL_GUARDED_BY(mutex_) = false;
  // What the stream ends with, once it is ending.
  std::optional<absl::Status> ending_ ABSL_GUARDED_BY(mutex_);
};

void ImportCall::Advance() {
  if (finished_) return;
  if (broken_ && !writing_) answers_.clear();
  if (!writing_ && !answers_.empty()) {
    writing_ = true;
    connection_.Write(answers_.front().message, Expect(written_));
  }
  if (!ending_.has_value()) {
    const bool room =
        at_writer_ + answers_.size() < kMaxUnanswered && unanswered_bytes_ < kMaxUnansweredBytes;
    if (!reading_ && room) {
      reading_ = true;
      connection_.Read(&received_, Expect(read_));
    }
  } else if (at_writer_ == 0 && answers_.empty()) {
    finished_ = true;
    const MappedStatus told = record_.Map(*ending_);
    record_.End(told);
    connection_.Finish(told.status, sent_.Start());
  }
}

void ImportCall::OnOpened(bool ok) {
  // The server shuts down; there is no call, and OnDone will not come.
  if (!ok) {
    delete this;
    return;
  }
  new ImportCall(request_call_, serving_);
  record_.Begin();
  credential_ = serving_.gatekeeper.CredentialOf(context_);
  const auto caller = Admit();
  if (caller.ok()) record_.NoteCaller((*caller)->name);
  absl::Status begun = caller.status();
  if (begun.ok()) begun = serving_.streams.Add(this);
  if (begun.ok() && serving_.write_side == nullptr) begun = ReadOnly();
  base::MutexLock lock(mutex_);
  if (!begun.ok()) ending_ = begun;
  Advance();
}

void ImportCall::OnReadDone(bool ok) {
  TakeRead(ok);
  Forget();
}

void ImportCall::TakeRead(bool ok) {
  if (ok) record_.CountReceived();
  const size_t bytes = ok ? received_.Length() : 0;
  int64_t last = 0;
  {
    base::MutexLock lock(mutex_);
    last = last_sequence_;
  }
  absl::Status read;
  if (ok) {
    read = ReadMessage(absl::StrFormat("the message after sequence %d", last), received_, request_);
  }
  const int64_t sequence = ok && read.ok() ? request_.sequence() : 0;
  {
    base::MutexLock lock(mutex_);
    if (!read.ok() && !ending_.has_value()) ending_ = read;
    if (!TakeIn(ok, sequence, bytes)) {
      reading_ = false;
      return Advance();
    }
  }
  HandToWriter(sequence, bytes);
}

bool ImportCall::TakeIn(bool ok, int64_t sequence, size_t bytes) {
  if (ending_.has_value()) return false;
  if (!ok) {
    // The sender half-closed or is gone.
    ending_ = absl::OkStatus();
    return false;
  }
  const auto generation = serving_.index.Current();
  if (absl::Status damage = serving_.index.Damage(generation.get()); !damage.ok()) {
    ending_ = std::move(damage);
    return false;
  }
  // A stream may last longer than a token, or than a role.
  auto admitted = Admit();
  if (!admitted.ok()) {
    ending_ = admitted.status();
    return false;
  }
  caller_ = *std::move(admitted);
  if (sequence <= last_sequence_) {
    ending_ = schema::BadField(
        "sequence", absl::StrFormat("sequences start at 1 and rise, and %d follows %d", sequence,
                                    last_sequence_));
    return false;
  }
  last_sequence_ = sequence;
  ++at_writer_;
  unanswered_bytes_ += bytes;
  return true;
}

void ImportCall::HandToWriter(int64_t sequence, size_t bytes) {
  std::vector<indexing::LiveWrite> writes(1);
  writes[0].article.Swap(request_.mutable_article());
  // May answer at once, on this thread. The next message is read only after this one was handed
  // over, which keeps them in order.
  serving_.write_side->queue().Submit(
      {.writes = std::move(writes), .call = {}, .done = [this, sequence, bytes](auto results) {
         Answer(sequence, bytes, std::move(results));
       }});
  ReadOn();
}

void ImportCall::ReadOn() {
  base::MutexLock lock(mutex_);
  const absl::Duration wait =
      caller_->rate == nullptr ? absl::ZeroDuration() : caller_->rate->Take();
  if (wait > absl::ZeroDuration() && !ending_.has_value()) {
    pause_clock_.Set(&serving_.threads->queue(), AlarmTime(wait), Expect(paused_));
    return;
  }
  reading_ = false;
  Advance();
}

void ImportCall::Answer(int64_t sequence, size_t bytes,
                        absl::StatusOr<std::vector<indexing::WriteResult>> results) {
  absl::Status failure = results.status();
  if (failure.ok() && ConcernsAll(results->front().status)) failure = results->front().status;
  Pending pending{.message = {}, .bytes = bytes};
  if (failure.ok()) {
    v1::ImportArticlesResponse response;
    response.set_sequence(sequence);
    *response.mutable_result() = MakePutResult(results->front(), serving_.logger);
    pending.message = ToBytes(response);
  }
  base::MutexLock lock(mutex_);
  --at_writer_;
  // After a failure nothing is answered: the sender goes on from there.
  if (!failure.ok() && !failed_) {
    failed_ = true;
    ending_ = failure;
  }
  if (failed_) {
    unanswered_bytes_ -= bytes;
  } else {
    answers_.push_back(std::move(pending));
  }
  Advance();
}

void ImportCall::OnWriteDone(bool ok) {
  {
    base::MutexLock lock(mutex_);
    writing_ = false;
    unanswered_bytes_ -= answers_.front().bytes;
    answers_.pop_front();
    if (ok) {
      record_.CountSent();
    } else {
      broken_ = true;
      if (!ending_.has_value()) ending_ = absl::CancelledError("the caller is gone");
    }
    Advance();
  }
  Forget();
}

void ImportCall::OnDone(bool /*ok*/) {
  if (context_.IsCancelled()) EndWith(absl::CancelledError("the caller cancelled the call"));
  Forget();
}

void ImportCall::Forget() {
  if (events_left_.fetch_sub(1, std::memory_order_acq_rel) > 1) return;
  serving_.streams.Remove(this);
  // Whoever called Finish may still hold the mutex.
  { base::MutexLock lock(mutex_); }
  delete this;
}

}  // namespace

void TakeImports(const RequestImport& request_call, Serving& serving) {
  new ImportCall(request_call, serving);
}

}  // namespace broadsheet::server
