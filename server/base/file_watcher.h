// SPDX-License-Identifier: GPL-3.0-or-later
// Notices that files which an admin edits have changed, so that no restart is needed.
//
//   FileWatcher watcher({{.paths = {"synonyms.txt"}, .on_change = [&] { return file.Reload(); }}});
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

// Those that belong together, such as a certificate and its key.
struct WatchedFiles {
  std::vector<std::filesystem::path> paths;
  // Called from the watcher's thread after each change: a file was written, replaced, removed or
  // is there again. False = what changed could not be taken over; it is called again at each look,
  // since the reason may be gone though the files are the same.
  std::function<bool()> on_change;
  // Whether they are replaced one after the other: a change is told once they have stayed the same
  // from one look to the next.
  bool settle = false;
  // Called at each look, for what changes with time alone; may be empty.
  std::function<void()> at_look = {};
};

// Owns one thread from Start() to Stop().
class FileWatcher {
 public:
  // How the files are now is what later changes are compared with. A larger `interval` delays what
  // an admin waits for.
  explicit FileWatcher(std::vector<WatchedFiles> files,
                       absl::Duration interval = absl::Milliseconds(500));
  ~FileWatcher();
  FileWatcher(const FileWatcher&) = delete;
  FileWatcher& operator=(const FileWatcher&) = delete;

  // Call once; with no files it does nothing.
  void Start();
  // Has on_change called soon, whether or not the files seem to have changed.
  void LookNow() ABSL_LOCKS_EXCLUDED(mutex_);
  // Waits for what is being called. May be called again.
  void Stop() ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  using Stamps = std::vector<base::FileStamp>;
  // What is known of some of the files: as they were told of last, and as they were seen last.
  struct Known {
    Stamps told;
    Stamps seen;
    bool taken_over = true;
  };

  static Stamps ReadStamps(const WatchedFiles& files);
  void Run();
  static void Look(const WatchedFiles& files, Known& known, bool asked);
  // False when the watcher stops.
  bool WaitForNextLook(bool& asked) ABSL_LOCKS_EXCLUDED(mutex_);

  const std::vector<WatchedFiles> files_;
  const absl::Duration interval_;
  std::thread thread_;
  // Of each of `files_`; after Start the thread's own.
  std::vector<Known> known_;

  base::Mutex mutex_;
  base::CondVar changed_;
  bool asked_ ABSL_GUARDED_BY(mutex_) = false;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
};

}  // namespace broadsheet::server
