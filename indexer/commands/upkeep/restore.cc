// SPDX-License-Identifier: GPL-3.0-or-later
// broadsheet-indexer restore: puts a snapshot back.
#include "engine/indexing/publish/restore.h"

#include <memory>
#include <string>
#include <utility>

#include "absl/strings/match.h"
#include "absl/time/time.h"
#include "engine/base/shell_word.h"
#include "indexer/commands/shared/byte_progress.h"
#include "indexer/commands/shared/command.h"
#include "indexer/commands/shared/figures.h"
#include "indexer/commands/shared/progress_line.h"
#include "indexer/commands/shared/server_channel.h"
#include "indexer/commands/shared/server_publication.h"
#include "indexer/commands/shared/server_token.h"
#include "indexer/commands/shared/upgrade_notice.h"
#include "indexer/commands/shared/write_policy_option.h"

namespace broadsheet::commands {
namespace {

constexpr const char* kRestoreHelp =
    "Puts a snapshot back as a new generation, of an index that is there or of a new one. Every "
    "file\n"
    "is checked before it is published; servers change over within a second, and `rollback` takes "
    "it\n"
    "back. While a writable server has the index, the snapshot is copied beside it, and the "
    "server\n"
    "publishes it. What was taken down in the index or in the snapshot stays so. What was written "
    "to the\n"
    "published generation since it was built is carried over (--keep-writes) or left behind\n"
    "(--discard-writes); without either, nothing is done when there is any.\n"
    "\n"
    "  broadsheet-indexer restore --from /backup/news-2024-06-19 --index /srv/news\n";

struct RestoreFlags {
  std::string from;
  std::string index;
  WritePolicyOption live_writes;
  bool copy = false;
  bool quiet = false;
  // To a server that publishes what was restored.
  tls::ChannelSecurity security = {};
  TokenOptions token;
};

std::string Restored(const indexing::RestoreReport& report, const std::string& index) {
  std::string text = "restored generation " + std::to_string(report.from.number) +
                     " of the snapshot of " +
                     absl::FormatTime("%Y-%m-%d %H:%M:%S UTC", report.taken, absl::UTCTimeZone()) +
                     " as generation " + std::to_string(report.publication.ref.number) + ": " +
                     Counted(report.publication.articles, "article") + WrittenSince(report.live);
  if (report.takedowns_added > 0) {
    text += "; " + Counted(report.takedowns_added, "takedown") + " added to the index";
  }
  if (report.needs_rebuild) {
    text += "; it is of an earlier version: run `broadsheet-indexer rebuild" +
            base::ShellOption("--index", index) + "` before it is served";
  }
  return text + "\n";
}

// Restores beside the server that has the index, and has it publish the generation.
absl::StatusOr<indexing::RestoreReport> RestoreBeside(const std::string& server,
                                                      indexing::RestoreOptions options,
                                                      const RestoreFlags& flags,
                                                      ProgressLine& line) {
  // Now, and not when all is copied.
  absl::StatusOr<std::string> token = TokenFor(server, flags.security, flags.token);
  if (!token.ok()) return token.status();
  options.beside_server = true;
  absl::StatusOr<indexing::RestoreReport> report = indexing::Restore(options);
  if (!report.ok()) return report;
  line.Draw("publishing, by the server at " + server);
  const auto published =
      PublishOnServer({.address = server, .security = flags.security, .token = *std::move(token)},
                      storage::Layout(flags.index), report->publication.ref, "restored",
                      options.live_writes, options.cancelled);
  if (!published.ok()) return published.status();
  report->publication.kept = published->kept;
  report->publication.discarded = published->discarded;
  return report;
}

ExitStatus Restore(const RestoreFlags& flags, const Io& io) {
  const UpgradeNotice notice(flags.index, io);
  ProgressLine line(io.err, io.err_is_terminal && !flags.quiet);
  ByteProgress progress(line, "copying");
  const indexing::RestoreOptions options{
      .from = flags.from,
      .index = flags.index,
      .holder = "broadsheet-indexer restore",
      .live_writes = flags.live_writes.wanted(),
      .link = !flags.copy,
      .on_progress = [&](uint64_t done, uint64_t total) { progress.Show(done, total); },
      .cancelled = io.cancelled};
  absl::StatusOr<indexing::RestoreReport> report = indexing::Restore(options);
  const std::string server = ServerThatHolds(report.status());
  if (!server.empty()) report = RestoreBeside(server, options, flags, line);
  line.Clear();
  if (!report.ok()) {
    // Restored it may be, and not published.
    const bool said = absl::StrContains(report.status().message(), "nothing was published");
    return Fail(io, report.status(), said ? "" : "nothing was restored");
  }
  if (flags.quiet) return kAllGood;
  const indexing::Publication& published = report->publication;
  io.out << flags.live_writes.DescribeOutcome(published.kept, published.discarded)
         << Restored(*report, flags.index);
  return kAllGood;
}

}  // namespace

void AddRestoreCommand(CLI::App& app, const Io& io, ExitStatus* status) {
  auto flags = std::make_shared<RestoreFlags>();
  CLI::App* command = AddCommand(app, "restore", "Put a snapshot back", kRestoreHelp);
  command->add_option("--from", flags->from, "Folder that `snapshot` wrote")
      ->required()
      ->type_name("PATH");
  AddIndexOption(*command, &flags->index);
  flags->live_writes.AddTo(*command);
  command->add_flag("--copy", flags->copy, "Copy where hard links would do as well");
  command->add_flag("--quiet", flags->quiet, "No progress and no summary");
  flags->token.AddTo(*command);
  AddProtectionOptions(*command, flags->security);
  command->callback([flags, &io, status] { *status = Restore(*flags, io); });
}

}  // namespace broadsheet::commands
