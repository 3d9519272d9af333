// SPDX-License-Identifier: GPL-3.0-or-later
// broadsheet-indexer snapshot: a backup of what is published.
#include <memory>
#include <string>

#include "absl/time/clock.h"
#include "engine/storage/backup/backup.h"
#include "engine/storage/index/layout.h"
#include "indexer/commands/shared/byte_progress.h"
#include "indexer/commands/shared/command.h"
#include "indexer/commands/shared/figures.h"
#include "indexer/commands/shared/progress_line.h"
#include "indexer/commands/shared/write_policy_option.h"

namespace broadsheet::commands {
namespace {

constexpr const char* kSnapshotHelp =
    "Takes a backup of the published generation, with what was written to it since it was built\n"
    "and with what was taken down. Servers go on meanwhile, a writable one too: everything that "
    "it\n"
    "acknowledged before is in the snapshot. On the file system of the index its large files are\n"
    "hard links, which takes no time and no room, and does not help when the disk fails: copy "
    "that\n"
    "elsewhere, or use --copy. A snapshot is an index by itself; `restore` puts it back.\n"
    "\n"
    "  broadsheet-indexer snapshot --index /srv/news --to /backup/news-2024-06-19\n";

struct SnapshotFlags {
  std::string index;
  std::string to;
  bool copy = false;
  bool quiet = false;
};

// ", of it 340 MB hard links"
std::string Links(const storage::BackupReport& report) {
  return report.linked_bytes == 0 ? "" : ", of it " + Bytes(report.linked_bytes) + " hard links";
}

ExitStatus Snapshot(const SnapshotFlags& flags, const Io& io) {
  const absl::Time started = absl::Now();
  ProgressLine line(io.err, io.err_is_terminal && !flags.quiet);
  ByteProgress progress(line, "copying");
  const absl::StatusOr<storage::BackupReport> report = storage::TakeBackup(
      storage::Layout{flags.index},
      {.target = flags.to,
       .link = !flags.copy,
       .on_progress = [&](uint64_t done, uint64_t total) { progress.Show(done, total); },
       .cancelled = io.cancelled});
  line.Clear();
  if (!report.ok()) return Fail(io, report.status(), "no snapshot was taken");
  if (flags.quiet) return kAllGood;
  io.out << "took a snapshot of generation " << report->manifest.ref.number << ": "
         << Counted(report->manifest.articles, "article") << WrittenSince(report->live) << ", "
         << Counted(report->takedowns, "takedown") << ", " << Bytes(report->bytes) << Links(*report)
         << ", in " << Elapsed(absl::Now() - started) << "\n";
  return kAllGood;
}

}  // namespace

void AddSnapshotCommand(CLI::App& app, const Io& io, ExitStatus* status) {
  auto flags = std::make_shared<SnapshotFlags>();
  CLI::App* command =
      AddCommand(app, "snapshot", "Take a backup of the published generation", kSnapshotHelp);
  AddIndexOption(*command, &flags->index);
  command->add_option("--to", flags->to, "Folder to write, which does not exist yet")
      ->required()
      ->type_name("PATH");
  command->add_flag("--copy", flags->copy, "Copy where hard links would do as well");
  command->add_flag("--quiet", flags->quiet, "No progress and no summary");
  command->callback([flags, &io, status] { *status = Snapshot(*flags, io); });
}

}  // namespace broadsheet::commands
