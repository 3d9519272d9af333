// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/commands/ingest/ingest_accounts.h"

#include <algorithm>
#include <iterator>

#include "absl/strings/str_cat.h"
#include "indexer/sources/json/json_string.h"

namespace broadsheet::commands {

absl::StatusOr<IngestAccounts> IngestAccounts::Open(const std::string& counts_file,
                                                    const std::string& merged_file) {
  absl::StatusOr<ReportFile> counts = ReportFile::Open(counts_file, "the counts by file");
  if (!counts.ok()) return counts.status();
  absl::StatusOr<MergedLog> merged = MergedLog::Open(merged_file);
  if (!merged.ok()) return merged.status();
  return IngestAccounts(*std::move(counts), *std::move(merged));
}

absl::Status IngestAccounts::AddArticle(sources::Format format, std::string_view id,
                                        std::string_view input) {
  if (runs_.empty() || runs_.back().second != format) runs_.emplace_back(articles_, format);
  ++articles_;
  return merged_log_.Add(id, input);
}

void IngestAccounts::AddFile(const sources::FileTally& tally) {
  if (counts_file_.is_wanted()) rows_.push_back({.tally = tally, .first_article = filed_articles_});
  filed_articles_ = articles_;
}

void IngestAccounts::CountMerged(uint64_t dropped, uint64_t kept) {
  const auto run = std::upper_bound(
      runs_.begin(), runs_.end(), dropped,
      [](uint64_t wanted, const auto& candidate) { return wanted < candidate.first; });
  if (run != runs_.begin()) ++merged_[static_cast<size_t>(std::prev(run)->second)];
  // A file without articles has the number of the file behind it: the last of them has the article.
  const auto row = std::upper_bound(
      rows_.begin(), rows_.end(), dropped,
      [](uint64_t wanted, const FileRow& candidate) { return wanted < candidate.first_article; });
  if (row != rows_.begin()) ++std::prev(row)->merged;
  if (logged_.ok()) logged_ = merged_log_.Write(dropped, kept);
}

absl::Status IngestAccounts::WriteRow(const FileRow& row, uint64_t end_article, bool is_indexed) {
  const sources::FileTally& tally = row.tally;
  const uint64_t accepted = end_article - row.first_article;
  const uint64_t read = tally.articles + tally.passed_over + tally.rejects + tally.lost;
  std::string object = absl::StrCat(
      "{\"file\":", sources::JsonString(tally.name),
      ",\"format\":", sources::JsonString(sources::KindName(tally.format)), ",\"read\":", read);
  if (is_indexed) {
    absl::StrAppend(&object, ",\"indexed\":", accepted - row.merged, ",\"merged\":", row.merged,
                    ",\"takenDown\":", tally.articles - accepted);
  } else {
    absl::StrAppend(&object, ",\"accepted\":", tally.articles);
  }
  absl::StrAppend(&object, ",\"passedOver\":", tally.passed_over, ",\"rejected\":", tally.rejects,
                  ",\"lost\":", tally.lost, "}");
  return counts_file_.Write(object);
}

absl::Status IngestAccounts::Finish(bool is_indexed) {
  for (size_t i = 0; i < rows_.size(); ++i) {
    const uint64_t end = i + 1 < rows_.size() ? rows_[i + 1].first_article : filed_articles_;
    if (absl::Status written = WriteRow(rows_[i], end, is_indexed); !written.ok()) return written;
  }
  rows_.clear();
  if (absl::Status closed = counts_file_.Finish(); !closed.ok()) return closed;
  const absl::Status closed = merged_log_.Finish();
  return logged_.ok() ? closed : logged_;
}

}  // namespace broadsheet::commands
