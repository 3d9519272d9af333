// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/generations/synonym_file.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_format.h"
#include "engine/base/file_reader.h"
#include "engine/query/syntax/synonyms.h"
#include "engine/text/analyzer.h"

namespace broadsheet::server {

SynonymFile::SynonymFile(std::filesystem::path path, Logger& logger)
    : path_(std::move(path)),
      logger_(logger),
      watcher_(path_.empty() ? std::vector<WatchedFiles>()
                             : std::vector<WatchedFiles>{
                                   {.paths = {path_}, .on_change = [this] { return Reload(); }}}) {}

absl::Status SynonymFile::Follow() {
  absl::Status loaded = Load();
  if (loaded.ok()) watcher_.Start();
  return loaded;
}

absl::Status SynonymFile::Load() {
  if (path_.empty()) return absl::OkStatus();
  const absl::StatusOr<std::string> text = base::ReadWholeFile(path_, kMostBytes);
  if (!text.ok()) return text.status();
  text::Analyzer analyzer;
  absl::StatusOr<query::Synonyms> synonyms = query::Synonyms::Parse(*text, analyzer);
  if (!synonyms.ok()) {
    return {synonyms.status().code(), absl::StrFormat("synonyms %s: %s", path_.string(),
                                                      std::string(synonyms.status().message()))};
  }
  shared_->Replace(*std::move(synonyms));
  return absl::OkStatus();
}

bool SynonymFile::Reload() {
  absl::Status loaded = Load();
  const std::string message(loaded.message());
  if (loaded.ok()) {
    logger_.Info(absl::StrFormat("synonyms %s: read again", path_.string()));
  } else if (message != problem_) {
    logger_.Warning(absl::StrFormat("synonyms stay as they were: %s", message));
  }
  problem_ = message;
  return loaded.ok();
}

}  // namespace broadsheet::server
