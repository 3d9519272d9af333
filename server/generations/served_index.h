// SPDX-License-Identifier: GPL-3.0-or-later
// The generation being served. Follows CURRENT, and never replaces a good generation by a bad one.
//
//   ServedIndex index(std::make_unique<IndexFolder>(layout, limits), {}, logger);
//   absl::Status opened = index.Refresh();
//   index.Watch([&] { pool.DropRetired(); });
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <thread>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "engine/base/mutex.h"
#include "server/base/logger.h"
#include "server/generations/base_checker.h"
#include "server/generations/served_generation.h"

namespace broadsheet::server {

struct ServedIndexOptions {
  // How often to read CURRENT. A larger value delays the switch to a new generation.
  absl::Duration poll_interval = absl::Milliseconds(250);
  // How long after a publish the pages of a relevance order still come from the previous
  // generation.
  absl::Duration keep_previous = absl::Minutes(2);
  // How fast BaseChecker reads the base of a served generation; 0 = no check.
  uint64_t check_bytes_per_second = 50 << 20;
  // The time, for tests.
  std::function<absl::Time()> clock = [] { return absl::Now(); };
};

// Safe from any thread. Owns one thread from Watch() to StopWatching(), and that of a BaseChecker.
//
// When the takedowns cannot be read any more, searches and writes fail by themselves; this class
// notices it for the health status and the log.
//
// A generation whose base is found damaged stays current, so that GetStatus can report it, but no
// request may be answered from it (see Damage).
class ServedIndex {
 public:
  // `logger` outlives this.
  ServedIndex(std::unique_ptr<GenerationSource> source, ServedIndexOptions options, Logger& logger);
  ~ServedIndex();
  ServedIndex(const ServedIndex&) = delete;
  ServedIndex& operator=(const ServedIndex&) = delete;

  // Reads CURRENT. If it names another generation that opens and answers, serves that from now on;
  // if that fails, returns the reason and keeps serving the present one. The first call logs
  // nothing, since its caller reports the result; later calls log each problem once, and its end.
  absl::Status Refresh() ABSL_LOCKS_EXCLUDED(refresh_mutex_, mutex_);

  // Starts a thread that calls Refresh every poll interval, and `on_change` each time another
  // generation has become current, the previous one was released, or IsWhole has changed. Call
  // once.
  void Watch(std::function<void()> on_change);
  // Waits for both threads; `on_change` is not called afterwards. May be called again.
  void StopWatching() ABSL_LOCKS_EXCLUDED(mutex_);

  // The generation to answer from; null while none was ever opened.
  std::shared_ptr<const ServedGeneration> Current() const ABSL_LOCKS_EXCLUDED(mutex_);
  // The generation with this build id if it is the current or the previous one, else Current(). An
  // empty id means Current().
  std::shared_ptr<const ServedGeneration> Choose(const std::string& build_id) const
      ABSL_LOCKS_EXCLUDED(mutex_);
  // IndexDamaged() once the base of `generation` was found damaged while it was the current one.
  absl::Status Damage(const ServedGeneration* generation) const;
  // Whether requests can be answered: there is a current generation, it is not damaged, and the
  // takedowns can be read.
  bool IsWhole() const ABSL_LOCKS_EXCLUDED(mutex_);
  // The result of checking the base of `generation`, if it is the current one.
  BaseReport CheckOf(const ServedGeneration* generation) const;
  // False once no new request can get `generation`.
  bool Holds(const ServedGeneration* generation) const ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  void Poll(const std::function<void()>& on_change);
  bool WaitForNextPoll() ABSL_LOCKS_EXCLUDED(mutex_);
  absl::Status OpenPublished() ABSL_EXCLUSIVE_LOCKS_REQUIRED(refresh_mutex_);
  void Serve(std::shared_ptr<const ServedGeneration> next)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(refresh_mutex_) ABSL_LOCKS_EXCLUDED(mutex_);
  void NoteProblem(const absl::Status& problem) ABSL_EXCLUSIVE_LOCKS_REQUIRED(refresh_mutex_);
  void NoteTakedowns(const absl::Status& found) ABSL_EXCLUSIVE_LOCKS_REQUIRED(refresh_mutex_)
      ABSL_LOCKS_EXCLUDED(mutex_);
  bool LetGoOfPrevious() ABSL_LOCKS_EXCLUDED(mutex_);

  const std::unique_ptr<GenerationSource> source_ ABSL_PT_GUARDED_BY(refresh_mutex_);
  const ServedIndexOptions options_;
  Logger& logger_;
  BaseChecker checker_;
  std::thread watcher_;

  // Held during all of Refresh; locked before mutex_.
  base::Mutex refresh_mutex_;
  bool looked_before_ ABSL_GUARDED_BY(refresh_mutex_) = false;
  std::string problem_ ABSL_GUARDED_BY(refresh_mutex_);

  mutable base::Mutex mutex_;
  base::CondVar stopped_;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  std::shared_ptr<const ServedGeneration> current_ ABSL_GUARDED_BY(mutex_);
  std::shared_ptr<const ServedGeneration> previous_ ABSL_GUARDED_BY(mutex_);
  // The result of the last check of the takedowns.
  absl::Status takedowns_ ABSL_GUARDED_BY(mutex_);
  absl::Time previous_until_ ABSL_GUARDED_BY(mutex_) = absl::InfinitePast();
};

}  // namespace broadsheet::server
