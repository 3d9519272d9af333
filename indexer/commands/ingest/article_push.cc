// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/commands/ingest/article_push.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "indexer/commands/shared/call_status.h"
#include "indexer/commands/shared/server_channel.h"
#include "indexer/commands/shared/server_token.h"

namespace broadsheet::commands {
namespace {

using base::MutexLock;

// Twice what a server takes in without an answer, so that it never waits for us.
constexpr size_t kMaxUnacknowledged = 1024;
constexpr size_t kMaxUnacknowledgedBytes = 32 << 20;

constexpr absl::Duration kFirstPause = absl::Milliseconds(50);
constexpr absl::Duration kLongestPause = absl::Seconds(2);
// How often an interruption is looked for while waiting.
constexpr absl::Duration kGlance = absl::Milliseconds(100);

// What may be otherwise at the next try: the server restarts, is busy, or its disk is being tidied.
bool MayPass(grpc::StatusCode code) {
  return code == grpc::StatusCode::UNAVAILABLE || code == grpc::StatusCode::RESOURCE_EXHAUSTED ||
         code == grpc::StatusCode::CANCELLED || code == grpc::StatusCode::ABORTED;
}

// gRPC's own pauses between connections grow to two minutes.
absl::StatusOr<std::shared_ptr<grpc::Channel>> MakeChannel(const PushOptions& options) {
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, 100);
  arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, 1000);
  // Despite its name the time that one attempt to connect gets. We are the first to lose patience
  // with a silent server, which is then not taken for one that refused.
  const absl::Duration attempt = options.patience + absl::Seconds(1);
  arguments.SetInt(GRPC_ARG_MIN_RECONNECT_BACKOFF_MS,
                   static_cast<int>(absl::ToInt64Milliseconds(attempt)));
  return OpenChannel(options.server, options.security, arguments);
}

}  // namespace

ArticlePush::ArticlePush(
    PushOptions options,
    std::function<void(const std::string& id, const std::string& reason)> on_refused,
    std::function<bool()> cancelled)
    : options_(std::move(options)),
      on_refused_(std::move(on_refused)),
      cancelled_(std::move(cancelled)),
      opened_(MakeChannel(options_)),
      channel_(opened_.ok() ? *opened_ : grpc::CreateChannel(options_.server, nullptr)),
      stub_(v1::ArticleService::NewStub(channel_)),
      pause_(kFirstPause),
      progress_(absl::Now()) {}

absl::Status ArticlePush::CheckServer() {
  if (!opened_.ok()) return opened_.status();
  if (absl::Status waited = AwaitChannel(absl::Now()); !waited.ok()) return waited;
  if (channel_->GetState(/*try_to_connect=*/false) == GRPC_CHANNEL_READY) return absl::OkStatus();
  return CannotConnect(
      options_.server, options_.security, /*failure=*/"",
      absl::StrFormat("start one with: broadsheetd --writable --index DIR --listen %s",
                      options_.server));
}

absl::Status ArticlePush::AwaitChannel(absl::Time since) {
  for (;;) {
    const grpc_connectivity_state state = channel_->GetState(/*try_to_connect=*/true);
    if (state != GRPC_CHANNEL_IDLE && state != GRPC_CHANNEL_CONNECTING) return absl::OkStatus();
    if (cancelled_ && cancelled_()) return absl::CancelledError("interrupted");
    if (absl::Now() - since > options_.patience) {
      return absl::UnavailableError(absl::StrFormat(
          "the server at %s is silent: nothing came from it within %s; it may be stopped, "
          "overloaded or behind a firewall",
          options_.server, absl::FormatDuration(options_.patience)));
    }
    channel_->WaitForStateChange(state, absl::ToChronoTime(absl::Now() + kGlance));
  }
}

ArticlePush::~ArticlePush() {
  if (stream_ == nullptr) return;
  context_->TryCancel();
  Disconnect();
}

absl::Status ArticlePush::Send(v1::Article article) {
  if (!ended_.ok()) return ended_;
  auto request = std::make_shared<v1::ImportArticlesRequest>();
  request->set_sequence(++last_sequence_);
  *request->mutable_article() = std::move(article);
  {
    MutexLock lock(mutex_);
    // A break ends the waiting; connecting again then sends what there is.
    Await([this]() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
      return unacknowledged_.size() < kMaxUnacknowledged && bytes_ < kMaxUnacknowledgedBytes;
    });
    unacknowledged_.push_back(request);
    bytes_ += request->ByteSizeLong();
  }
  if (stream_ != nullptr && stream_->Write(*request)) return absl::OkStatus();
  ended_ = Connect();
  return ended_;
}

absl::Status ArticlePush::Finish() {
  while (ended_.ok()) {
    {
      MutexLock lock(mutex_);
      Await([this]() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) { return unacknowledged_.empty(); });
      if (unacknowledged_.empty()) break;
    }
    ended_ = cancelled_ && cancelled_() ? absl::CancelledError("interrupted") : Connect();
  }
  if (stream_ == nullptr) return ended_;
  if (!ended_.ok()) context_->TryCancel();
  // All are acknowledged: whatever the stream ends with changes nothing.
  Disconnect();
  return ended_;
}

template <typename Done>
bool ArticlePush::Await(Done done) {
  while (!broken_ && !done()) {
    changed_.WaitUntil(mutex_, base::SteadyIn(kGlance));
    if (cancelled_ && cancelled_()) return false;
  }
  return !broken_;
}

absl::Status ArticlePush::Connect() {
  for (;;) {
    grpc::Status ended(grpc::StatusCode::UNAVAILABLE, "not connected yet");
    if (stream_ != nullptr) {
      ended = Disconnect();
      ++reconnects_;
      if (absl::Status retry = WaitToRetry(ended); !retry.ok()) return retry;
    }
    if (absl::Status waited = AwaitChannel(absl::Now()); !waited.ok()) return waited;
    if (TryConnect()) return absl::OkStatus();
  }
}

bool ArticlePush::TryConnect() {
  std::vector<Request> again;
  {
    MutexLock lock(mutex_);
    broken_ = false;
    again.assign(unacknowledged_.begin(), unacknowledged_.end());
  }
  context_ = std::make_unique<grpc::ClientContext>();
  ShowToken(options_.token, *context_);
  stream_ = stub_->ImportArticles(context_.get());
  reader_ = std::thread([this, stream = stream_.get()] { ReadAnswers(stream); });
  return std::all_of(again.begin(), again.end(),
                     [this](const Request& request) { return stream_->Write(*request); });
}

grpc::Status ArticlePush::Disconnect() {
  stream_->WritesDone();
  reader_.join();
  grpc::Status ended = stream_->Finish();
  stream_.reset();
  return ended;
}

absl::Status ArticlePush::WaitToRetry(const grpc::Status& ended) {
  absl::Time since;
  {
    MutexLock lock(mutex_);
    since = progress_;
  }
  if (!ended.ok() && !MayPass(ended.error_code())) return StatusOfCall(ended);
  if (since != last_progress_) pause_ = kFirstPause;
  last_progress_ = since;
  if (absl::Now() - since > options_.patience) {
    const bool refuses = ended.error_code() == grpc::StatusCode::RESOURCE_EXHAUSTED;
    return {refuses ? absl::StatusCode::kResourceExhausted : absl::StatusCode::kUnavailable,
            absl::StrFormat("no article was taken by the server at %s for %s: %s", options_.server,
                            absl::FormatDuration(options_.patience), ended.error_message())};
  }
  TellOfRetry(ended.ok() ? "the server ended the stream" : ended.error_message());
  const base::SteadyTime until = base::SteadyIn(pause_);
  pause_ = std::min(pause_ * 2, kLongestPause);
  while (base::SteadyNow() < until) {
    if (cancelled_ && cancelled_()) return absl::CancelledError("interrupted");
    absl::SleepFor(std::min(kGlance, absl::FromChrono(until - base::SteadyNow())));
  }
  return absl::OkStatus();
}

void ArticlePush::TellOfRetry(const std::string& why) {
  if (!options_.on_retry || why == told_) return;
  told_ = why;
  options_.on_retry(why);
}

void ArticlePush::ReadAnswers(Stream* stream) {
  v1::ImportArticlesResponse response;
  while (stream->Read(&response)) Take(response);
  MutexLock lock(mutex_);
  broken_ = true;
  changed_.NotifyAll();
}

void ArticlePush::Take(const v1::ImportArticlesResponse& response) {
  const v1::PutResult& result = response.result();
  const bool refused = result.outcome() == v1::PUT_OUTCOME_UNSPECIFIED;
  {
    MutexLock lock(mutex_);
    // Answers come in order, so those before it were answered on a stream that broke.
    while (!unacknowledged_.empty() && unacknowledged_.front()->sequence() <= response.sequence()) {
      bytes_ -= unacknowledged_.front()->ByteSizeLong();
      unacknowledged_.pop_front();
    }
    counts_.created += result.outcome() == v1::PUT_OUTCOME_CREATED ? 1 : 0;
    counts_.replaced += result.outcome() == v1::PUT_OUTCOME_REPLACED ? 1 : 0;
    counts_.unchanged += result.outcome() == v1::PUT_OUTCOME_UNCHANGED ? 1 : 0;
    counts_.superseded += result.outcome() == v1::PUT_OUTCOME_SUPERSEDED ? 1 : 0;
    counts_.refused += refused ? 1 : 0;
    progress_ = absl::Now();
    changed_.NotifyAll();
  }
  if (refused) on_refused_(result.id(), result.status().message());
}

WriteCounts ArticlePush::counts() const {
  MutexLock lock(mutex_);
  return counts_;
}

}  // namespace broadsheet::commands
