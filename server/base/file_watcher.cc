// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/base/file_watcher.h"

#include <utility>

#include "engine/base/steady_time.h"

namespace broadsheet::server {

FileWatcher::FileWatcher(std::vector<WatchedFile> files, absl::Duration interval)
    : files_(std::move(files)), interval_(interval) {
  for (const WatchedFile& file : files_) {
    looks_.push_back({.stamp = base::ReadFileStamp(file.path)});
  }
}

FileWatcher::~FileWatcher() { Stop(); }

void FileWatcher::Stop() {
  {
    base::MutexLock lock(mutex_);
    stopping_ = true;
  }
  stopped_.NotifyAll();
  if (thread_.joinable()) thread_.join();
}

void FileWatcher::Start() {
  if (!files_.empty()) thread_ = std::thread([this] { Run(); });
}

void FileWatcher::Run() {
  while (WaitForNextLook()) {
    for (size_t i = 0; i < files_.size(); ++i) {
      const base::FileStamp stamp = base::ReadFileStamp(files_[i].path);
      if (stamp == looks_[i].stamp && looks_[i].taken_over) continue;
      looks_[i] = {.stamp = stamp, .taken_over = files_[i].on_change()};
    }
  }
}

bool FileWatcher::WaitForNextLook() {
  const base::SteadyTime next = base::SteadyIn(interval_);
  base::MutexLock lock(mutex_);
  while (!stopping_ && base::SteadyNow() < next) stopped_.WaitUntil(mutex_, next);
  return !stopping_;
}

}  // namespace broadsheet::server
