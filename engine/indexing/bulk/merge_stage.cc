// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/indexing/bulk/merge_stage.h"

#include <xapian.h>

#include <algorithm>
#include <future>
#include <memory>
#include <string>
#include <system_error>
#include <utility>

#include "absl/strings/str_format.h"
#include "engine/base/file_error.h"
#include "engine/base/file_writer.h"
#include "engine/indexing/bulk/column_stage.h"
#include "engine/indexing/bulk/shard.h"
#include "engine/storage/base/split_articles.h"
#include "engine/storage/base/token_file.h"
#include "engine/storage/index/layout.h"
#include "engine/xapian/guard.h"

namespace broadsheet::indexing {
namespace {

using Paths = std::vector<std::filesystem::path>;

// Databases open at once; each holds two file descriptors and some blocks. What does not fit is
// compacted twice.
constexpr size_t kMaxDatabasesAtOnce = 192;

// Compacts all into one database; the docids of each follow those of the one before it.
absl::Status CompactInto(const std::filesystem::path& target, const Paths& databases) {
  return xapian::Guard("cannot compact the index into " + target.string(), [&] {
    Xapian::Database all;
    for (const std::filesystem::path& path : databases) {
      all.add_database(Xapian::Database(path.string()));
    }
    // FULL: base/ is never written again. FULLER makes databases that 1.4.22 itself mistrusts.
    all.compact(target.string(), Xapian::Compactor::FULL);
  });
}

absl::Status MakeEmptyDatabase(const std::filesystem::path& target) {
  return xapian::Guard("cannot make the index " + target.string(), [&] {
    Xapian::WritableDatabase(target.string(), Xapian::DB_CREATE | Xapian::DB_NO_TERMLIST).commit();
  });
}

// Compacts groups until few enough databases are left to compact at once, in the same order.
absl::StatusOr<Paths> ReduceDatabases(Paths databases, const std::filesystem::path& folder,
                                      Monitor& monitor) {
  int made = 0;
  while (databases.size() > kMaxDatabasesAtOnce) {
    Paths fewer;
    for (size_t first = 0; first < databases.size(); first += kMaxDatabasesAtOnce) {
      if (absl::Status status = monitor.Check(); !status.ok()) return status;
      const size_t last = std::min(first + kMaxDatabasesAtOnce, databases.size());
      const Paths group(databases.begin() + static_cast<std::ptrdiff_t>(first),
                        databases.begin() + static_cast<std::ptrdiff_t>(last));
      fewer.push_back(folder / absl::StrFormat("group-%06d", made++));
      if (absl::Status status = CompactInto(fewer.back(), group); !status.ok()) return status;
      for (const std::filesystem::path& path : group) {
        std::error_code error;
        std::filesystem::remove_all(path, error);
        if (error) return base::FileError(error.value(), "cannot remove", path);
      }
    }
    databases = std::move(fewer);
  }
  return databases;
}

absl::Status CompactDatabases(const MergeOptions& options, const Paths& shards, Monitor& monitor) {
  // Xapian's compactor passes over empty databases, and would make none of nothing else.
  if (options.articles == 0) return MakeEmptyDatabase(options.base);
  Paths databases;
  for (const std::filesystem::path& shard : shards) databases.push_back(ShardDatabase(shard));
  absl::StatusOr<Paths> reduced = ReduceDatabases(std::move(databases), options.folder, monitor);
  if (!reduced.ok()) return reduced.status();
  if (absl::Status status = CompactInto(options.base, *reduced); !status.ok()) return status;
  return xapian::Guard("cannot open the new index " + options.base.string(), [&] {
    const Xapian::Database base(options.base.string());
    if (base.get_doccount() == options.articles && base.get_lastdocid() == options.articles) {
      return absl::OkStatus();
    }
    return absl::InternalError(absl::StrFormat(
        "the new index %s holds %d articles up to number %d instead of %d", options.base.string(),
        base.get_doccount(), base.get_lastdocid(), options.articles));
  });
}

absl::Status JoinTokens(const MergeOptions& options, const Paths& shards, Monitor& monitor) {
  auto tokens =
      storage::TokenFileWriter::Create(options.base / storage::kTokensName, options.frequent);
  if (!tokens.ok()) return tokens.status();
  for (const std::filesystem::path& shard : shards) {
    if (absl::Status status = monitor.Check(); !status.ok()) return status;
    absl::Status joined = (*tokens)->AppendFile(ShardTokens(shard));
    if (!joined.ok()) return joined;
  }
  return (*tokens)->Finish();
}

absl::Status JoinArticles(const MergeOptions& options, const Paths& shards, Monitor& monitor) {
  auto articles = storage::SplitArticlesWriter::Create(options.base, options.dictionaries);
  if (!articles.ok()) return articles.status();
  for (const std::filesystem::path& shard : shards) {
    if (absl::Status status = monitor.Check(); !status.ok()) return status;
    absl::Status joined = (*articles)->AppendFolder(shard);
    if (!joined.ok()) return joined;
  }
  return (*articles)->Finish();
}

absl::Status SyncFiles(const std::filesystem::path& folder) {
  std::error_code error;
  for (auto file = std::filesystem::directory_iterator(folder, error);
       !error && file != std::filesystem::directory_iterator(); file.increment(error)) {
    if (absl::Status status = base::SyncFile(file->path()); !status.ok()) return status;
  }
  if (error) return base::FileError(error.value(), "cannot list", folder);
  return base::SyncFolder(folder);
}

}  // namespace

absl::Status MergeShards(const MergeOptions& options, const Paths& shards, Monitor& monitor) {
  std::error_code error;
  std::filesystem::create_directory(options.base, error);
  if (error) return base::FileError(error.value(), "cannot make the folder", options.base);
  // Copying waits for the disk, compacting for the processor, one of them; the future joins its
  // thread.
  std::future<absl::Status> joining = std::async(std::launch::async, [&] {
    absl::Status status = JoinTokens(options, shards, monitor);
    if (status.ok()) status = JoinArticles(options, shards, monitor);
    if (status.ok()) status = WriteColumns(options.columns, monitor);
    return status;
  });
  absl::Status compacted = CompactDatabases(options, shards, monitor);
  const absl::Status joined = joining.get();
  if (!compacted.ok()) return compacted;
  if (!joined.ok()) return joined;
  return SyncFiles(options.base);
}

}  // namespace broadsheet::indexing
