// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/load/load.h"

#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/grpcpp.h>
#include <sys/prctl.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <functional>
#include <memory>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

namespace broadsheet::bench {
namespace {

using Clock = std::chrono::steady_clock;

constexpr const char* kMethod = "/broadsheet.v1.SearchService/SearchArticles";
constexpr int kLargestAnswer = 256 << 20;

Clock::duration Seconds(double seconds) {
  return std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(seconds));
}

// One call under way; its address is its tag.
struct Call {
  Clock::time_point since;
  size_t query_class = 0;
  // Who sends the next one in a closed loop.
  size_t caller = 0;
  grpc::ClientContext context;
  grpc::ByteBuffer answer;
  grpc::Status status;
  std::unique_ptr<grpc::GenericClientAsyncResponseReader> reader;
};

// Sends calls, and takes their answers on a thread of its own.
class Calls {
 public:
  // Called on that thread for each call that ended.
  using Ended = std::function<void(const Call&)>;

  Calls(const Target& target, const QueryMix& mix, Clock::time_point measure_from, Ended ended)
      : deadline_(std::llround(target.deadline_seconds * 1000)),
        measure_from_(measure_from),
        ended_(std::move(ended)) {
    for (const QueryClass& query_class : mix) {
      measurement_.classes.push_back({.name = query_class.name, .latency = {}, .errors = {}});
    }
    for (int i = 0; i < target.channels; ++i) stubs_.push_back(Connect(target));
  }
  Calls(const Calls&) = delete;
  Calls& operator=(const Calls&) = delete;

  // From one thread at a time. `since` is what its latency counts from.
  void Send(const MixCursor::Choice& choice, Clock::time_point since, size_t caller) {
    auto call = std::make_unique<Call>();
    call->since = since;
    call->query_class = choice.query_class;
    call->caller = caller;
    call->context.set_deadline(std::chrono::system_clock::now() + deadline_);
    grpc::GenericStub& stub = *stubs_[sent_++ % stubs_.size()];
    call->reader = stub.PrepareUnaryCall(&call->context, kMethod, *choice.request, &queue_);
    call->reader->StartCall();
    under_way_.fetch_add(1, std::memory_order_relaxed);
    Call* tag = call.release();
    tag->reader->Finish(&tag->answer, &tag->status, tag);
  }
  size_t under_way() const { return under_way_.load(std::memory_order_relaxed); }

  // No call is sent after this one; the others are still answered.
  void End() { queue_.Shutdown(); }

  // Takes answers until End was called and all are there. On one thread.
  void TakeAnswers() {
    void* tag = nullptr;
    bool ok = false;
    while (queue_.Next(&tag, &ok)) {
      const std::unique_ptr<Call> call(static_cast<Call*>(tag));
      under_way_.fetch_sub(1, std::memory_order_relaxed);
      Observe(*call);
      ended_(*call);
    }
  }

  // What was observed from `measure_from` on. After TakeAnswers.
  Measurement Take() {
    measurement_.seconds =
        std::chrono::duration<double>(std::max(last_answer_, measure_from_) - measure_from_)
            .count();
    return std::move(measurement_);
  }

 private:
  static std::unique_ptr<grpc::GenericStub> Connect(const Target& target) {
    grpc::ChannelArguments arguments;
    arguments.SetMaxReceiveMessageSize(kLargestAnswer);
    // Otherwise channels to one address share a connection.
    arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
    return std::make_unique<grpc::GenericStub>(
        grpc::CreateCustomChannel(target.server, grpc::InsecureChannelCredentials(), arguments));
  }

  void Observe(const Call& call) {
    if (call.since < measure_from_) return;
    last_answer_ = Clock::now();
    ClassMeasurement& observed = measurement_.classes[call.query_class];
    if (!call.status.ok()) {
      ++observed.errors[call.status.error_code()];
      return;
    }
    observed.latency.Record(last_answer_ - call.since);
    measurement_.answer_bytes += call.answer.Length();
  }

  const std::chrono::milliseconds deadline_;
  const Clock::time_point measure_from_;
  const Ended ended_;
  std::vector<std::unique_ptr<grpc::GenericStub>> stubs_;
  grpc::CompletionQueue queue_;
  size_t sent_ = 0;
  std::atomic<size_t> under_way_{0};
  Clock::time_point last_answer_;
  Measurement measurement_;
};

}  // namespace

Measurement RunClosedLoop(const Target& target, const QueryMix& mix, const Window& window,
                          const ClosedLoop& loop) {
  const Clock::time_point measure_from = Clock::now() + Seconds(window.warmup_seconds);
  const Clock::time_point end = measure_from + Seconds(window.seconds);
  const auto callers = static_cast<size_t>(loop.callers);
  std::vector<MixCursor> cursors;
  for (size_t i = 0; i < callers; ++i) {
    cursors.emplace_back(mix, static_cast<double>(i) / static_cast<double>(callers));
  }
  uint64_t counted = 0;
  size_t idle = 0;
  // Everything below runs on this thread alone.
  std::optional<Calls> calls;
  const auto send = [&](size_t caller) {
    const Clock::time_point now = Clock::now();
    const bool is_measured = now >= measure_from;
    const bool is_over = loop.count > 0 ? counted >= loop.count : now >= end;
    if (is_over) {
      if (++idle == callers) calls->End();
      return;
    }
    if (is_measured) ++counted;
    calls->Send(cursors[caller].Next(), now, caller);
  };
  calls.emplace(target, mix, measure_from, [&](const Call& call) { send(call.caller); });
  for (size_t caller = 0; caller < callers; ++caller) send(caller);
  calls->TakeAnswers();
  Measurement measured = calls->Take();
  measured.kind = "closed";
  measured.callers = loop.callers;
  return measured;
}

Measurement RunOpenLoop(const Target& target, const QueryMix& mix, const Window& window,
                        const OpenLoop& loop) {
  // Timers are late by 50 µs otherwise.
  prctl(PR_SET_TIMERSLACK, 1, 0, 0, 0);
  const Clock::time_point start = Clock::now();
  const Clock::time_point measure_from = start + Seconds(window.warmup_seconds);
  const Clock::time_point end = measure_from + Seconds(window.seconds);
  Calls calls(target, mix, measure_from, [](const Call& /*call*/) {});
  std::thread answers([&] { calls.TakeAnswers(); });
  MixCursor cursor(mix, 0);
  Arrivals arrivals(loop.kind, loop.per_second, loop.seed);
  Histogram send_lag;
  uint64_t unsent = 0;
  for (Clock::time_point due = start + arrivals.Next(); due < end; due = start + arrivals.Next()) {
    std::this_thread::sleep_until(due);
    const MixCursor::Choice choice = cursor.Next();
    const bool is_measured = due >= measure_from;
    if (calls.under_way() >= loop.most_under_way) {
      if (is_measured) ++unsent;
      continue;
    }
    if (is_measured) send_lag.Record(Clock::now() - due);
    calls.Send(choice, due, 0);
  }
  calls.End();
  answers.join();
  Measurement measured = calls.Take();
  measured.kind = loop.kind == ArrivalKind::kPoisson ? "poisson" : "constant";
  measured.planned_per_second = loop.per_second;
  measured.send_lag = std::move(send_lag);
  measured.unsent = unsent;
  return measured;
}

}  // namespace broadsheet::bench
