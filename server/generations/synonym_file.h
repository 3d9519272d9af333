// SPDX-License-Identifier: GPL-3.0-or-later
// The file of synonyms that the admin keeps, and what of it searches use.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "engine/query/syntax/shared_synonyms.h"
#include "server/base/file_watcher.h"
#include "server/base/logger.h"

namespace broadsheet::server {

// Owns a thread once Follow() was called; what shared() returns is safe from any.
class SynonymFile {
 public:
  static constexpr size_t kMostBytes = 16 << 20;

  // An empty path is no file, and words have no synonyms. `logger` outlives this.
  SynonymFile(std::filesystem::path path, Logger& logger);

  // Reads the file. INVALID_ARGUMENT (with the line) and errors of reading name the file; synonyms
  // then stay as they were.
  absl::Status Load();

  // Loads it, and again each time it changes; the log has the results. Searches that begin later
  // use what the file says then. Errors of Load(). Call once.
  absl::Status Follow();

  std::shared_ptr<const query::SharedSynonyms> shared() const { return shared_; }

 private:
  // Whether what the file says now holds.
  bool Reload();

  const std::filesystem::path path_;
  Logger& logger_;
  std::string problem_;  // that the log has; of the thread that follows the file
  const std::shared_ptr<query::SharedSynonyms> shared_ = std::make_shared<query::SharedSynonyms>();
  FileWatcher watcher_;  // the last, so that it stops first
};

}  // namespace broadsheet::server
