// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/services/health_service.h"

#include <atomic>
#include <functional>
#include <optional>

#include "engine/schema/error.h"
#include "server/access/gatekeeper.h"
#include "server/admission/event.h"
#include "server/base/status_mapping.h"
#include "server/services/call_record.h"
#include "server/services/message_bytes.h"

namespace broadsheet::server {
namespace {

// Whoever balances load has one each; for a peer that does not acknowledge SETTINGS gRPC has no
// limit, and a watch takes 16 KB.
constexpr size_t kMostWatches = 1024;

absl::Status TooManyWatches() {
  return schema::Error(absl::StatusCode::kResourceExhausted, "OVERLOADED",
                       "as many watch the health of this server as may; ask by Check");
}

absl::Status CallerIsGone() { return absl::CancelledError("the caller is gone"); }

}  // namespace

using grpc::health::v1::HealthCheckRequest;
using grpc::health::v1::HealthCheckResponse;

// A caller who watches one service. Deletes itself when all events are delivered.
class HealthService::WatchCall {
 public:
  // Asks gRPC for a call.
  explicit WatchCall(HealthService& health)
      : health_(health), record_(health.serving_.calls.Of("Watch"), context_, health.serving_) {
    health_.serving_.threads->Enter();
    context_.AsyncNotifyWhenDone(Expect(done_));
    grpc::ServerCompletionQueue& queue = health_.serving_.threads->queue();
    health_.RequestWatch(&context_, &request_, &writer_, &queue, &queue, opened_.Start());
  }
  ~WatchCall() { health_.serving_.threads->Leave(); }
  WatchCall(const WatchCall&) = delete;
  WatchCall& operator=(const WatchCall&) = delete;

  const std::string& service() const { return service_; }

  // Tells the caller how the service is, unless that is what it was told last. The lock of the
  // HealthService is held.
  void Tell(ServingStatus status) {
    if (is_writing_ || is_finished_ || told_ == status) return;
    told_ = status;
    is_writing_ = true;
    HealthCheckResponse response;
    response.set_status(status);
    writer_.Write(ToBytes(response), Expect(written_));
  }

 private:
  void OnOpened(bool ok) {
    // The server shuts down; there is no call, and OnDone will not come.
    if (!ok) {
      delete this;
      return;
    }
    new WatchCall(health_);
    Open();
    Forget();
  }

  // What the caller is told first. Another thread may have heard already that the caller is gone.
  void Open() {
    record_.Begin();
    record_.CountReceived();
    const absl::Status admitted =
        health_.serving_.gatekeeper.Admit(context_, record_.figures().full_name()).status();
    HealthCheckRequest request;
    const absl::Status read = ReadMessage("the request", request_, request);
    base::MutexLock lock(health_.mutex_);
    is_open_ = true;
    if (is_done_) return Finish(CallerIsGone());
    if (!admitted.ok()) return Finish(admitted);
    if (!read.ok()) return Finish(read);
    if (health_.watches_.size() >= kMostWatches) return Finish(TooManyWatches());
    service_ = request.service();
    health_.watches_.insert(this);
    Tell(health_.StatusOf(service_));
  }

  void OnWritten(bool ok) {
    {
      base::MutexLock lock(health_.mutex_);
      is_writing_ = false;
      if (ok) {
        record_.CountSent();
        Tell(health_.StatusOf(service_));
      } else {
        Finish(CallerIsGone());
      }
    }
    Forget();
  }

  // gRPC is done with the call, as its caller is.
  void OnDone(bool /*ok*/) {
    {
      base::MutexLock lock(health_.mutex_);
      is_done_ = true;
      if (is_open_) Finish(CallerIsGone());
    }
    Forget();
  }

  void OnSent(bool /*ok*/) { Forget(); }

  void Finish(const absl::Status& why) {
    if (is_finished_) return;
    is_finished_ = true;
    const MappedStatus told = record_.Map(why);
    record_.End(told);
    writer_.Finish(told.status, Expect(sent_));
  }

  // The tag of an event that is to come, which keeps this alive until then.
  void* Expect(Event& event) {
    events_left_.fetch_add(1, std::memory_order_relaxed);
    return event.Start();
  }

  void Forget() {
    if (events_left_.fetch_sub(1, std::memory_order_acq_rel) > 1) return;
    {
      base::MutexLock lock(health_.mutex_);
      health_.watches_.erase(this);
    }
    delete this;
  }

  HealthService& health_;
  CallRecord record_;
  EventOf<WatchCall> opened_{*this, &WatchCall::OnOpened};
  EventOf<WatchCall> written_{*this, &WatchCall::OnWritten};
  EventOf<WatchCall> sent_{*this, &WatchCall::OnSent};
  EventOf<WatchCall> done_{*this, &WatchCall::OnDone};
  // That it was opened is one, which may be told of after the caller has gone.
  std::atomic<int> events_left_ = 1;
  grpc::ServerContext context_;
  grpc::ByteBuffer request_;
  grpc::ServerAsyncWriter<grpc::ByteBuffer> writer_{&context_};

  // Under the lock of the HealthService.
  std::string service_;
  std::optional<ServingStatus> told_;
  bool is_open_ = false;
  bool is_done_ = false;
  bool is_writing_ = false;
  bool is_finished_ = false;
};

HealthService::HealthService(Serving& serving)
    : serving_(serving),
      methods_({{"Check", std::bind_front(&HealthService::RequestCheck, this),
                 std::bind_front(&HealthService::Answer, this)}}) {}

HealthService::~HealthService() = default;

void HealthService::TakeCalls() {
  for (const UnaryMethod& method : methods_) UnaryCall::TakeCalls(method, serving_);
  new WatchCall(*this);
}

void HealthService::Set(const std::string& service, bool serving) {
  base::MutexLock lock(mutex_);
  can_be_asked_[service] = serving;
  for (WatchCall* watch : watches_) watch->Tell(StatusOf(watch->service()));
}

void HealthService::SetAllDown() {
  base::MutexLock lock(mutex_);
  down_ = true;
  for (WatchCall* watch : watches_) watch->Tell(StatusOf(watch->service()));
}

bool HealthService::IsServing() const {
  base::MutexLock lock(mutex_);
  return StatusOf("") == HealthCheckResponse::SERVING;
}

HealthService::ServingStatus HealthService::StatusOf(const std::string& service) const {
  const auto found = can_be_asked_.find(service);
  if (found == can_be_asked_.end()) return HealthCheckResponse::SERVICE_UNKNOWN;
  return found->second && !down_ ? HealthCheckResponse::SERVING : HealthCheckResponse::NOT_SERVING;
}

void HealthService::Answer(UnaryCall& call) {
  const auto* request = call.Read<HealthCheckRequest>();
  if (request == nullptr) return;
  HealthCheckResponse response;
  {
    base::MutexLock lock(mutex_);
    response.set_status(StatusOf(request->service()));
  }
  if (response.status() == HealthCheckResponse::SERVICE_UNKNOWN) {
    return call.EndAs({grpc::StatusCode::NOT_FOUND, "service name unknown"});
  }
  call.Answer(response);
}

}  // namespace broadsheet::server
