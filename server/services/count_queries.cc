// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/services/count_queries.h"

#include <deque>
#include <string>
#include <utility>

#include "absl/time/clock.h"
#include "broadsheet/v1/search_service.pb.h"
#include "server/base/status_mapping.h"
#include "server/services/message_bytes.h"
#include "server/services/query_refusal.h"
#include "server/services/stream_call.h"

namespace broadsheet::server {
namespace {

// search_service.proto promises it: beyond it nothing is read, and HTTP/2's flow control stops the
// sender.
constexpr size_t kMostAhead = 64;

class CountCall final : public StreamCall {
 public:
  // Asks gRPC for a call.
  CountCall(const RequestCount& request_call, Serving& serving)
      : StreamCall("CountQueries", kMostAhead, serving), request_call_(request_call) {
    grpc::ServerCompletionQueue& queue = serving.threads->queue();
    request_call_(&context(), &connection_, &queue, &queue, opened_.Start());
  }

 private:
  void OnOpened(bool ok);
  void OnRead(bool ok);
  // What was read goes to those that wait; or the reason why not.
  absl::Status TakeIn() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  bool HasWork() override ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) { return !ahead_.empty(); }
  bool IsComplete() override ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    return all_read_ && ahead_.empty();
  }
  absl::StatusOr<grpc::ByteBuffer> RunStep(Searchers& searchers) override;
  void Receive() override ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void StartWrite(const grpc::ByteBuffer& message, void* tag) override {
    connection_.Write(message, tag);
  }
  void StartFinish(const grpc::Status& status, void* tag) override {
    connection_.Finish(status, tag);
  }

  const RequestCount request_call_;
  EventOf<CountCall> opened_{*this, &CountCall::OnOpened};
  EventOf<CountCall> read_{*this, &CountCall::OnRead};
  CountConnection connection_{&context()};
  // Belongs to gRPC while reading_.
  grpc::ByteBuffer received_;

  // Queries that wait for their step, in order.
  std::deque<v1::CountQueriesRequest> ahead_ ABSL_GUARDED_BY(mutex_);
  bool reading_ ABSL_GUARDED_BY(mutex_) = false;
  // The caller has no more.
  bool all_read_ ABSL_GUARDED_BY(mutex_) = false;
};

void CountCall::OnOpened(bool ok) {
  // The server shuts down; there is no call, and OnDone will not come.
  if (!ok) {
    delete this;
    return;
  }
  new CountCall(request_call_, serving());
  Begin();
}

void CountCall::Receive() {
  if (reading_ || all_read_ || ahead_.size() >= kMostAhead) return;
  reading_ = true;
  connection_.Read(&received_, Expect(read_));
}

void CountCall::OnRead(bool ok) {
  {
    base::MutexLock lock(mutex_);
    reading_ = false;
    NoteProgress();
    if (!ok) {
      all_read_ = true;
    } else if (const absl::Status bad = TakeIn(); !bad.ok()) {
      End(bad);
    }
    if (ok) CountReceived();
  }
  Proceed();
  Forget();
}

absl::Status CountCall::TakeIn() {
  absl::Status status = CheckSize("a query", received_, serving().max_search_bytes);
  v1::CountQueriesRequest request;
  if (status.ok()) status = ReadMessage("a query", received_, request);
  if (!status.ok()) return status;
  ahead_.push_back(std::move(request));
  return absl::OkStatus();
}

absl::StatusOr<grpc::ByteBuffer> CountCall::RunStep(Searchers& searchers) {
  v1::CountQueriesRequest request;
  {
    base::MutexLock lock(mutex_);
    request.Swap(&ahead_.front());
    ahead_.pop_front();
  }
  const auto searcher = searchers.Over("");
  if (!searcher.ok()) return searcher.status();
  base::CallControl control = Control();
  // Each is a call of its own, as far as embargoes and `yesterday` go.
  control.now = absl::Now();
  const absl::StatusOr<query::QueryCount> count = (*searcher)->Count(request, control);
  v1::CountQueriesResponse response;
  response.set_key(request.key());
  if (count.ok()) {
    *response.mutable_total() = count->total;
    response.mutable_sample_ids()->Add(count->sample_ids.begin(), count->sample_ids.end());
  } else if (absl::IsInvalidArgument(count.status()) || absl::IsDeadlineExceeded(count.status())) {
    SetRefusal(count.status(), &response);
  } else {
    return count.status();
  }
  return ToBytes(response);
}

}  // namespace

void TakeCounts(const RequestCount& request_call, Serving& serving) {
  new CountCall(request_call, serving);
}

}  // namespace broadsheet::server
