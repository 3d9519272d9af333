// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/base/file_watcher.h"

#include <utility>

#include "engine/base/steady_time.h"

namespace broadsheet::server {

FileWatcher::FileWatcher(std::vector<WatchedFiles> files, absl::Duration interval)
    : files_(std::move(files)), interval_(interval) {
  for (const WatchedFiles& files_together : files_) {
    const Stamps now = ReadStamps(files_together);
    known_.push_back({.told = now, .seen = now});
  }
}

FileWatcher::~FileWatcher() { Stop(); }

void FileWatcher::Stop() {
  {
    base::MutexLock lock(mutex_);
    stopping_ = true;
  }
  changed_.NotifyAll();
  if (thread_.joinable()) thread_.join();
}

void FileWatcher::Start() {
  if (!files_.empty()) thread_ = std::thread([this] { Run(); });
}

void FileWatcher::LookNow() {
  base::MutexLock lock(mutex_);
  asked_ = true;
  changed_.NotifyAll();
}

FileWatcher::Stamps FileWatcher::ReadStamps(const WatchedFiles& files) {
  Stamps stamps;
  for (const std::filesystem::path& path : files.paths) {
    stamps.push_back(base::ReadFileStamp(path));
  }
  return stamps;
}

void FileWatcher::Run() {
  for (bool asked = false; WaitForNextLook(asked);) {
    for (size_t i = 0; i < files_.size(); ++i) Look(files_[i], known_[i], asked);
  }
}

void FileWatcher::Look(const WatchedFiles& files, Known& known, bool asked) {
  const Stamps now = ReadStamps(files);
  const bool is_settled = !files.settle || now == known.seen;
  const bool is_wanted = now != known.told || !known.taken_over;
  known.seen = now;
  if (asked || (is_wanted && is_settled)) {
    known.told = now;
    known.taken_over = files.on_change();
  }
  if (files.at_look) files.at_look();
}

bool FileWatcher::WaitForNextLook(bool& asked) {
  const base::SteadyTime next = base::SteadyIn(interval_);
  base::MutexLock lock(mutex_);
  while (!stopping_ && !asked_ && base::SteadyNow() < next) changed_.WaitUntil(mutex_, next);
  asked = std::exchange(asked_, false);
  return !stopping_;
}

}  // namespace broadsheet::server
