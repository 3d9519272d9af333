// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/services/export_articles.h"

#include <memory>
#include <string>
#include <utility>

#include "broadsheet/v1/search_service.pb.h"
#include "engine/query/export_batch.h"
#include "server/services/message_bytes.h"
#include "server/services/stream_call.h"

namespace broadsheet::server {
namespace {

// The batch that is being written is all that a stream holds.
constexpr size_t kMostUnwrittenBatches = 1;

class ExportCall final : public StreamCall {
 public:
  // Asks gRPC for a call.
  ExportCall(const RequestExport& request_call, Serving& serving)
      : StreamCall("ExportArticles", kMostUnwrittenBatches, serving), request_call_(request_call) {
    grpc::ServerCompletionQueue& queue = serving.threads->queue();
    request_call_(&context(), &received_, &connection_, &queue, &queue, opened_.Start());
  }

 private:
  void OnOpened(bool ok);
  absl::Status ReadRequest() override;

  bool HasWork() override ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) { return !last_; }
  bool IsComplete() override ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) { return last_; }
  absl::StatusOr<grpc::ByteBuffer> RunStep(Searchers& searchers) override;
  void Receive() override {}
  void StartWrite(const grpc::ByteBuffer& message, void* tag) override {
    connection_.Write(message, tag);
  }
  void StartFinish(const grpc::Status& status, void* tag) override {
    connection_.Finish(status, tag);
  }

  const RequestExport request_call_;
  EventOf<ExportCall> opened_{*this, &ExportCall::OnOpened};
  ExportConnection connection_{&context()};
  grpc::ByteBuffer received_;
  v1::ExportArticlesRequest request_;
  // Of the step that runs.
  query::ExportPosition position_;
  bool last_ ABSL_GUARDED_BY(mutex_) = false;
};

void ExportCall::OnOpened(bool ok) {
  // The server shuts down; there is no call, and OnDone will not come.
  if (!ok) {
    delete this;
    return;
  }
  new ExportCall(request_call_, serving());
  CountReceived();
  Begin();
}

absl::Status ExportCall::ReadRequest() {
  absl::Status status = CheckSize("the request", received_, serving().max_search_bytes);
  if (status.ok()) status = ReadMessage("the request", received_, request_);
  if (!status.ok()) return status;
  position_.resume_token = request_.resume_token();
  return absl::OkStatus();
}

absl::StatusOr<grpc::ByteBuffer> ExportCall::RunStep(Searchers& searchers) {
  const auto searcher = searchers.Over("");
  if (!searcher.ok()) return searcher.status();
  absl::StatusOr<query::ExportBatch> batch = (*searcher)->Export(request_, position_, Control());
  if (!batch.ok()) return batch.status();
  position_ = std::move(batch->next);
  {
    base::MutexLock lock(mutex_);
    last_ = batch->last;
  }
  return ToBytes(std::make_shared<const std::string>(std::move(batch->bytes)));
}

}  // namespace

void TakeExports(const RequestExport& request_call, Serving& serving) {
  new ExportCall(request_call, serving);
}

}  // namespace broadsheet::server
