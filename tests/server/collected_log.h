// SPDX-License-Identifier: GPL-3.0-or-later
// A log that a test can read.
#pragma once

#include <string>

#include "engine/base/mutex.h"
#include "server/base/logger.h"

namespace broadsheet::server {

// Lines "info: ...", "warning: ...", "error: ...", each ended.
class CollectedLog final : public Logger {
 public:
  void Info(const std::string& message) override { Add("info: " + message); }
  void Warning(const std::string& message) override { Add("warning: " + message); }
  void Error(const std::string& message) override { Add("error: " + message); }

  std::string text() {
    base::MutexLock lock(mutex_);
    return text_;
  }

 private:
  void Add(const std::string& line) {
    base::MutexLock lock(mutex_);
    text_ += line + "\n";
  }

  base::Mutex mutex_;
  std::string text_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace broadsheet::server
