// SPDX-License-Identifier: GPL-3.0-or-later
// Notices that files which an admin edits have changed, so that no restart is needed.
//
//   FileWatcher watcher({{.path = "synonyms.txt", .on_change = [&] { return file.Reload(); }}});
//   file.Load();  // after the watcher was made, so that no change between the two is missed
//   watcher.Start();
#pragma once

#include <filesystem>
#include <functional>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/time/time.h"
#include "engine/base/file_stamp.h"
#include "engine/base/mutex.h"

namespace broadsheet::server {

struct WatchedFile {
  std::filesystem::path path;
  // Called from the watcher's thread after each change: the file was written, replaced, removed or
  // is there again. False = what changed could not be taken over; it is called again at each look,
  // since the reason may be gone though the file is the same.
  std::function<bool()> on_change;
};

// Owns one thread from Start() to Stop().
class FileWatcher {
 public:
  // How the files are now is what later changes are compared with. A larger `interval` delays what
  // an admin waits for.
  explicit FileWatcher(std::vector<WatchedFile> files,
                       absl::Duration interval = absl::Milliseconds(500));
  ~FileWatcher();
  FileWatcher(const FileWatcher&) = delete;
  FileWatcher& operator=(const FileWatcher&) = delete;

  // Call once; with no files it does nothing.
  void Start();
  // Waits for what is being called. May be called again.
  void Stop() ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  void Run();
  bool WaitForNextLook() ABSL_LOCKS_EXCLUDED(mutex_);

  const std::vector<WatchedFile> files_;
  const absl::Duration interval_;
  std::thread thread_;
  // Of each of `files_`; after Start the thread's own.
  struct Look {
    base::FileStamp stamp;
    bool taken_over = true;
  };
  std::vector<Look> looks_;

  base::Mutex mutex_;
  base::CondVar stopped_;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
};

}  // namespace broadsheet::server
