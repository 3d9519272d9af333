// SPDX-License-Identifier: GPL-3.0-or-later
// Lists the articles of a build that were merged into another with the same id: --merged FILE.
//
// Which ones these are is known at the end of a build only, so every article's id is kept in an
// unnamed file beside FILE until then; memory takes 8 bytes an article.
#pragma once

#include <cstdint>
#include <cstdio>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "indexer/commands/ingest/report_file.h"

namespace broadsheet::commands {

// Not thread-safe; movable.
class MergedLog {
 public:
  // With "" all calls do nothing. UNAVAILABLE when FILE cannot be written.
  static absl::StatusOr<MergedLog> Open(std::string path);

  bool is_wanted() const { return file_.is_wanted(); }

  // Keeps the next article, numbered from 0. RESOURCE_EXHAUSTED on a full disk.
  absl::Status Add(std::string_view id, std::string_view input);

  // Writes {"id","file","keptFile"}: article `dropped` of `file` gave way to `kept` of `keptFile`.
  // DATA_LOSS when what Add kept cannot be read again; errors of ReportFile::Write.
  absl::Status Write(uint64_t dropped, uint64_t kept);

  // Closes FILE; errors of ReportFile::Finish.
  absl::Status Finish() { return file_.Finish(); }

 private:
  struct Closer {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  struct Article {
    std::string id;
    std::string input;
  };

  explicit MergedLog(ReportFile file) : file_(std::move(file)) {}
  absl::StatusOr<Article> Read(uint64_t number) const;

  ReportFile file_;
  std::unique_ptr<std::FILE, Closer> articles_;
  // Where each article begins in `articles_`, and where the next one would.
  std::vector<uint64_t> offsets_ = {0};
  // The inputs in order; an article has the place of its own.
  std::vector<std::string> inputs_;
};

}  // namespace broadsheet::commands
