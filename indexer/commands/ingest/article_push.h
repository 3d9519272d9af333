// SPDX-License-Identifier: GPL-3.0-or-later
// Streams articles to a writable server (ArticleService.ImportArticles), over several connections
// if one breaks: articles that were not acknowledged are sent again on the next, in order. Nothing
// is stored twice, since the server recognises articles that it has.
//
//   ArticlePush push({.server = "127.0.0.1:6460"}, on_refused, cancelled);
//   for (v1::Article& article : articles) push.Send(std::move(article));
//   absl::Status status = push.Finish();
#pragma once

#include <grpcpp/grpcpp.h>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <thread>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "broadsheet/v1/article_service.grpc.pb.h"
#include "engine/base/mutex.h"
#include "engine/tls/channel_security.h"
#include "indexer/commands/ingest/write_counts.h"

namespace broadsheet::commands {

struct PushOptions {
  std::string server;
  // By which the server knows who sends; "" = none.
  std::string token = {};
  tls::ChannelSecurity security = {};
  // How long to wait for a connection, or for an acknowledgement, before giving up.
  absl::Duration patience = absl::Minutes(1);
  // Called with the reason why articles are not accepted for now and are sent again, on the calling
  // thread; again only when the reason changes. May be empty.
  std::function<void(const std::string& why)> on_retry = {};
};

// Call it from one thread. Owns another thread, which reads the acknowledgements.
class ArticlePush {
 public:
  // `on_refused` is called, on either thread, with the id of each article that the server refused
  // and the reason. `cancelled` is polled often and may be empty.
  ArticlePush(PushOptions options,
              std::function<void(const std::string& id, const std::string& reason)> on_refused,
              std::function<bool()> cancelled);
  // Ends the stream without waiting for acknowledgements.
  ~ArticlePush();
  ArticlePush(const ArticlePush&) = delete;
  ArticlePush& operator=(const ArticlePush&) = delete;

  // Waits until the server answers. UNAVAILABLE, at once when nobody listens at the address or the
  // two do not agree on TLS, or after PushOptions::patience without an answer; CANCELLED; errors of
  // reading the files of PushOptions::security.
  absl::Status CheckServer();

  // Waits while enough articles are under way. UNAVAILABLE when no server could be reached for
  // PushOptions::patience, RESOURCE_EXHAUSTED when it refused all for that long, CANCELLED, or the
  // error with which the server refuses the stream (FAILED_PRECONDITION when it takes no writes);
  // every later call then returns the same error.
  absl::Status Send(v1::Article article);

  // Waits until all are acknowledged. Errors as Send.
  absl::Status Finish();

  WriteCounts counts() const ABSL_LOCKS_EXCLUDED(mutex_);
  // How often the connection broke and was made again.
  uint64_t reconnects() const { return reconnects_; }

 private:
  using Request = std::shared_ptr<const v1::ImportArticlesRequest>;
  using Stream = grpc::ClientReaderWriter<v1::ImportArticlesRequest, v1::ImportArticlesResponse>;

  // Waits until the channel is connected or has failed to connect. UNAVAILABLE when that takes too
  // long, or CANCELLED.
  absl::Status AwaitChannel(absl::Time since);
  // Opens a stream and sends all unacknowledged articles; retries until that succeeds.
  absl::Status Connect();
  // One try of Connect; false when the stream broke.
  bool TryConnect();
  // Closes the stream and returns the status with which the server ended it.
  grpc::Status Disconnect();
  // Waits a little and returns OK, or returns the error if another try is useless.
  absl::Status WaitToRetry(const grpc::Status& ended);
  void TellOfRetry(const std::string& why);
  void ReadAnswers(Stream* stream) ABSL_LOCKS_EXCLUDED(mutex_);
  void Take(const v1::ImportArticlesResponse& response) ABSL_LOCKS_EXCLUDED(mutex_);
  // Waits until `done()` is true; returns false if the stream breaks first.
  template <typename Done>
  bool Await(Done done) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  const PushOptions options_;
  const std::function<void(const std::string&, const std::string&)> on_refused_;
  const std::function<bool()> cancelled_;
  const absl::StatusOr<std::shared_ptr<grpc::Channel>> opened_;
  // One of which every call fails, where opened_ is an error.
  const std::shared_ptr<grpc::Channel> channel_;
  const std::unique_ptr<v1::ArticleService::Stub> stub_;
  std::unique_ptr<grpc::ClientContext> context_;
  std::unique_ptr<Stream> stream_;
  std::thread reader_;
  int64_t last_sequence_ = 0;
  uint64_t reconnects_ = 0;
  // The reason last given to on_retry.
  std::string told_;
  // The pause before the next try; grows until an article is acknowledged.
  absl::Duration pause_;
  absl::Time last_progress_ = absl::InfinitePast();
  // The error that ended the push, if any.
  absl::Status ended_;

  mutable base::Mutex mutex_;
  base::CondVar changed_;
  std::deque<Request> unacknowledged_ ABSL_GUARDED_BY(mutex_);
  size_t bytes_ ABSL_GUARDED_BY(mutex_) = 0;
  bool broken_ ABSL_GUARDED_BY(mutex_) = false;
  absl::Time progress_ ABSL_GUARDED_BY(mutex_);
  WriteCounts counts_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace broadsheet::commands
