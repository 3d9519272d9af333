// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/services/open_streams.h"

#include "engine/schema/error.h"
#include "server/base/refusal.h"

namespace broadsheet::server {
namespace {

absl::Status TooMany() {
  return schema::Error(absl::StatusCode::kResourceExhausted, "OVERLOADED",
                       "the server has as many streams open as it takes; try again shortly");
}

// They share one writer, and what they send is bounded elsewhere.
constexpr size_t kMostImports = 1024;

}  // namespace

absl::Status OpenStreams::Add(OpenStream* stream) {
  base::MutexLock lock(mutex_);
  if (ended_) return ShuttingDown();
  if (streams_.size() >= kMostImports) return TooMany();
  streams_.insert(stream);
  return absl::OkStatus();
}

absl::Status OpenStreams::AddLimited(OpenStream* stream) {
  base::MutexLock lock(mutex_);
  if (ended_) return ShuttingDown();
  if (limited_.size() >= most_) return TooMany();
  limited_.insert(stream);
  return absl::OkStatus();
}

void OpenStreams::Remove(OpenStream* stream) {
  base::MutexLock lock(mutex_);
  streams_.erase(stream);
  limited_.erase(stream);
}

size_t OpenStreams::open() const {
  base::MutexLock lock(mutex_);
  return streams_.size() + limited_.size();
}

void OpenStreams::EndAll(const absl::Status& status) {
  base::MutexLock lock(mutex_);
  ended_ = true;
  for (const std::set<OpenStream*>* streams : {&streams_, &limited_}) {
    for (OpenStream* stream : *streams) stream->EndWith(status);
  }
}

}  // namespace broadsheet::server
