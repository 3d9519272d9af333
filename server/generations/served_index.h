// SPDX-License-Identifier: GPL-3.0-or-later
// The generation being served: follows what is published, and never lets go of a good one for a bad
// one.
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
  // How often to look at what is published. Raising it delays the pick-up of a new generation.
  absl::Duration poll_interval = absl::Milliseconds(250);
  // How long after a publish pages in order of relevance go on over the generation before.
  absl::Duration keep_previous = absl::Minutes(2);
  // How fast the base of a generation is read to be checked once it is served (BaseChecker); 0 =
  // not at all.
  uint64_t check_bytes_per_second = 50 << 20;
  // The time, for tests.
  std::function<absl::Time()> clock = [] { return absl::Now(); };
};

// Safe from any thread. Owns one thread from Watch() to StopWatching(), and that of a BaseChecker.
//
// When what was taken down cannot be read any more, searches and writes fail by themselves; here
// that is noticed for health and for the log.
//
// A generation whose base turns out to be damaged stays the current one, so that GetStatus can tell
// of it, but nothing is to be answered from it (see Damage) until another is published.
class ServedIndex {
 public:
  // `logger` outlives this.
  ServedIndex(std::unique_ptr<GenerationSource> source, ServedIndexOptions options, Logger& logger);
  ~ServedIndex();
  ServedIndex(const ServedIndex&) = delete;
  ServedIndex& operator=(const ServedIndex&) = delete;

  // Looks at what is published, and serves it from now on if it is another generation that opens
  // and answers. Otherwise returns why not and goes on with the one it has. The first look logs
  // nothing, since its caller is there to say how it went; of later ones, each problem is logged
  // once, and so is its end.
  absl::Status Refresh() ABSL_LOCKS_EXCLUDED(refresh_mutex_, mutex_);

  // Calls Refresh every poll interval in a thread of its own, and `on_change`, in that thread, each
  // time another generation has become current, the previous one was let go, or IsWhole has
  // changed. Once only.
  void Watch(std::function<void()> on_change);
  // Waits for both threads; `on_change` is not called afterwards. May be called again.
  void StopWatching() ABSL_LOCKS_EXCLUDED(mutex_);

  // The generation to answer from; null while none was ever opened.
  std::shared_ptr<const ServedGeneration> Current() const ABSL_LOCKS_EXCLUDED(mutex_);
  // The one with this build id while it is current or the one before, else Current(). Empty means
  // Current().
  std::shared_ptr<const ServedGeneration> Choose(const std::string& build_id) const
      ABSL_LOCKS_EXCLUDED(mutex_);
  // IndexDamaged() once the base of `generation` was found damaged while it was the current one.
  absl::Status Damage(const ServedGeneration* generation) const;
  // Whether anything can be answered from the current one: there is one, it is not damaged, and
  // what was taken down can be read.
  bool IsWhole() const ABSL_LOCKS_EXCLUDED(mutex_);
  // What has come of checking the base of the current one.
  BaseReport CheckOf(const ServedGeneration* generation) const;
  // False once no new request can be given `generation`.
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

  // Held during a whole look; taken before mutex_.
  base::Mutex refresh_mutex_;
  bool looked_before_ ABSL_GUARDED_BY(refresh_mutex_) = false;
  std::string problem_ ABSL_GUARDED_BY(refresh_mutex_);

  mutable base::Mutex mutex_;
  base::CondVar stopped_;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  std::shared_ptr<const ServedGeneration> current_ ABSL_GUARDED_BY(mutex_);
  std::shared_ptr<const ServedGeneration> previous_ ABSL_GUARDED_BY(mutex_);
  // What the last look at the takedowns found.
  absl::Status takedowns_ ABSL_GUARDED_BY(mutex_);
  absl::Time previous_until_ ABSL_GUARDED_BY(mutex_) = absl::InfinitePast();
};

}  // namespace broadsheet::server
