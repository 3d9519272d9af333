// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/commands/ingest/merged_log.h"

#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <utility>

#include "absl/strings/str_cat.h"
#include "indexer/sources/json/json_string.h"

namespace broadsheet::commands {
namespace {

// A file without a name, in the folder of `path`; null when none can be made there.
std::FILE* OpenUnnamed(const std::string& path) {
  const std::filesystem::path folder = std::filesystem::path(path).parent_path();
  std::string name = (folder.empty() ? std::filesystem::path(".") : folder) / ".merged-XXXXXX";
  const int descriptor = mkstemp(name.data());
  if (descriptor < 0) return nullptr;
  unlink(name.c_str());
  std::FILE* file = fdopen(descriptor, "w+b");
  if (file == nullptr) close(descriptor);
  return file;
}

}  // namespace

absl::StatusOr<MergedLog> MergedLog::Open(std::string path) {
  absl::StatusOr<ReportFile> file = ReportFile::Open(std::move(path), "the merged articles");
  if (!file.ok()) return file.status();
  MergedLog log(*std::move(file));
  if (!log.is_wanted()) return log;
  log.articles_.reset(OpenUnnamed(log.file_.path()));
  if (log.articles_ != nullptr) return log;
  return absl::UnavailableError("cannot make a file beside " + log.file_.path() + ": " +
                                std::strerror(errno));
}

absl::Status MergedLog::Add(std::string_view id, std::string_view input) {
  if (!is_wanted()) return absl::OkStatus();
  if (inputs_.empty() || inputs_.back() != input) inputs_.emplace_back(input);
  const uint64_t place = inputs_.size() - 1;
  const bool written = std::fwrite(&place, sizeof(place), 1, articles_.get()) == 1 &&
                       std::fwrite(id.data(), 1, id.size(), articles_.get()) == id.size();
  if (!written) {
    return absl::ResourceExhaustedError("cannot keep the ids for " + file_.path() + ": " +
                                        std::strerror(errno));
  }
  offsets_.push_back(offsets_.back() + sizeof(place) + id.size());
  return absl::OkStatus();
}

absl::StatusOr<MergedLog::Article> MergedLog::Read(uint64_t number) const {
  uint64_t place = 0;
  const uint64_t begin = offsets_[number];
  std::string row(offsets_[number + 1] - begin, '\0');
  const bool read = std::fseek(articles_.get(), static_cast<long>(begin), SEEK_SET) == 0 &&
                    std::fread(row.data(), 1, row.size(), articles_.get()) == row.size();
  if (!read) return absl::DataLossError("cannot read the ids kept for " + file_.path());
  std::memcpy(&place, row.data(), sizeof(place));
  return Article{.id = row.substr(sizeof(place)), .input = inputs_[place]};
}

absl::Status MergedLog::Write(uint64_t dropped, uint64_t kept) {
  if (!is_wanted()) return absl::OkStatus();
  const absl::StatusOr<Article> article = Read(dropped);
  if (!article.ok()) return article.status();
  const absl::StatusOr<Article> winner = Read(kept);
  if (!winner.ok()) return winner.status();
  return file_.Write(absl::StrCat("{\"id\":", sources::JsonString(article->id),
                                  ",\"file\":", sources::JsonString(article->input),
                                  ",\"keptFile\":", sources::JsonString(winner->input), "}"));
}

}  // namespace broadsheet::commands
