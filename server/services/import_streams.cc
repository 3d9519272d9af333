// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/services/import_streams.h"

namespace broadsheet::server {

bool ImportStreams::Add(ImportStream* stream) {
  base::MutexLock lock(mutex_);
  if (ended_) return false;
  streams_.insert(stream);
  return true;
}

void ImportStreams::Remove(ImportStream* stream) {
  base::MutexLock lock(mutex_);
  streams_.erase(stream);
}

void ImportStreams::EndAll(const absl::Status& status) {
  base::MutexLock lock(mutex_);
  ended_ = true;
  for (ImportStream* stream : streams_) stream->EndWith(status);
}

}  // namespace broadsheet::server
