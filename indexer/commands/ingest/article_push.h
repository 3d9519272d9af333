// SPDX-License-Identifier: GPL-3.0-or-later
// Articles streamed to a writable server (ArticleService.ImportArticles), through breaks of the
// connection: what was not acknowledged is sent again on the next one, in order. Nothing is stored
// twice by that, since the server recognises what it has.
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
#include "absl/time/time.h"
#include "broadsheet/v1/article_service.grpc.pb.h"
#include "engine/base/mutex.h"
#include "indexer/commands/ingest/write_counts.h"

namespace broadsheet::commands {

struct PushOptions {
  std::string server;
  // How long to wait for a connection, or go on without any article being acknowledged, before
  // giving up.
  absl::Duration patience = absl::Minutes(1);
  // Told why articles are not taken for now and sent again, on the calling thread: once until the
  // reason is another. May be empty.
  std::function<void(const std::string& why)> on_retry = {};
};

// One thread calls; the object owns another, which reads the acknowledgements.
class ArticlePush {
 public:
  // `on_refused` is told the id and the reason of an article that the server refused, on either
  // thread. `cancelled` is asked often and may be empty.
  ArticlePush(PushOptions options,
              std::function<void(const std::string& id, const std::string& reason)> on_refused,
              std::function<bool()> cancelled);
  // Ends the stream as it is.
  ~ArticlePush();
  ArticlePush(const ArticlePush&) = delete;
  ArticlePush& operator=(const ArticlePush&) = delete;

  // Waits until the server answers. UNAVAILABLE at once when nobody is at the address, and when
  // nothing has come from it for as long as the options say; CANCELLED.
  absl::Status CheckServer();

  // Waits while as much as is useful is under way. UNAVAILABLE when no server could be reached for
  // as long as the options say, CANCELLED, or what the server refuses the stream with
  // (FAILED_PRECONDITION when it takes no writes); every later call then returns the same.
  absl::Status Send(v1::Article article);

  // Waits until all are acknowledged. Errors as Send.
  absl::Status Finish();

  WriteCounts counts() const ABSL_LOCKS_EXCLUDED(mutex_);
  // How often the connection broke and was made again.
  uint64_t reconnects() const { return reconnects_; }

 private:
  using Request = std::shared_ptr<const v1::ImportArticlesRequest>;
  using Stream = grpc::ClientReaderWriter<v1::ImportArticlesRequest, v1::ImportArticlesResponse>;

  // Waits until the channel is connected, has failed to or cannot be waited for any longer.
  // UNAVAILABLE in the last case, or CANCELLED.
  absl::Status AwaitChannel(absl::Time since);
  // Opens a stream and sends what is not acknowledged, again and again until it is under way.
  absl::Status Connect();
  // One try of it; false when the stream broke.
  bool TryConnect();
  // Takes leave of the stream; what the server ended it with.
  grpc::Status Disconnect();
  // OK when another try is worth it, after waiting a little.
  absl::Status WaitToRetry(const grpc::Status& ended);
  void TellOfRetry(const std::string& why);
  void ReadAnswers(Stream* stream) ABSL_LOCKS_EXCLUDED(mutex_);
  void Take(const v1::ImportArticlesResponse& response) ABSL_LOCKS_EXCLUDED(mutex_);
  // Waits until `done()` holds or the stream breaks; false then.
  template <typename Done>
  bool Await(Done done) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  const PushOptions options_;
  const std::function<void(const std::string&, const std::string&)> on_refused_;
  const std::function<bool()> cancelled_;
  const std::shared_ptr<grpc::Channel> channel_;
  const std::unique_ptr<v1::ArticleService::Stub> stub_;
  std::unique_ptr<grpc::ClientContext> context_;
  std::unique_ptr<Stream> stream_;
  std::thread reader_;
  int64_t last_sequence_ = 0;
  uint64_t reconnects_ = 0;
  // What on_retry was told last.
  std::string told_;
  // Before the next try; grows until an article is acknowledged.
  absl::Duration pause_;
  absl::Time last_progress_ = absl::InfinitePast();
  // Why it has ended, once it has.
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
