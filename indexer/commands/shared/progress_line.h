// SPDX-License-Identifier: GPL-3.0-or-later
// One line on a terminal that says how far the work is, written over again and again.
#pragma once

#include <ostream>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"

namespace broadsheet::commands {

// Safe from any thread. Draws nothing when not enabled.
class ProgressLine {
 public:
  ProgressLine(std::ostream& out, bool enabled) : out_(out), enabled_(enabled) {}
  ~ProgressLine() { Clear(); }
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  bool enabled() const { return enabled_; }
  // True when the last drawing is long enough ago; ask before putting a text together.
  bool IsDue() const;
  void Draw(const std::string& text);
  // Takes the line away and prints `text`, a whole line, in its place.
  void PrintAbove(const std::string& text);
  void Clear();

 private:
  void Erase() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  std::ostream& out_;
  const bool enabled_;
  mutable absl::Mutex mutex_;
  absl::Time drawn_ ABSL_GUARDED_BY(mutex_) = absl::InfinitePast();
  bool visible_ ABSL_GUARDED_BY(mutex_) = false;
};

// "reading  75,232 articles  5,298/s  246 MB  1 min 05 s left"; what is not known is left out.
struct ProgressFigures {
  std::string stage = {};
  uint64_t articles = 0;
  // 0 = not known.
  uint64_t articles_total = 0;
  uint64_t bytes = 0;
  // Share of the stage that is done, 0..1; 0 = not known.
  double share = 0;
  // Since the stage began.
  absl::Duration elapsed = {};
};
std::string ProgressText(const ProgressFigures& figures);

}  // namespace broadsheet::commands
