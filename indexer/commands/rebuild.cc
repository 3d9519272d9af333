// SPDX-License-Identifier: GPL-3.0-or-later
// broadsheet-indexer rebuild: a new generation from the stored articles.
#include "engine/build/rebuild.h"

#include <memory>
#include <string>

#include "absl/strings/str_format.h"
#include "indexer/commands/build_resources.h"
#include "indexer/commands/command.h"
#include "indexer/commands/figures.h"
#include "indexer/commands/progress_line.h"
#include "indexer/commands/stage_progress.h"

namespace broadsheet::commands {
namespace {

constexpr const char* kRebuildHelp =
    "Makes a new generation from the articles that the published one holds, without their "
    "sources,\n"
    "verifies it and publishes it: after an upgrade that analyses text in another way, or to fold\n"
    "what was written since the last build into the base. Deleted, replaced and taken down "
    "articles\n"
    "are left behind. Servers change over within a second.\n"
    "\n"
    "  broadsheet-indexer rebuild --index /srv/news\n";

struct RebuildFlags {
  std::string index;
  BuildResources resources;
  bool quiet = false;
};

ExitStatus Rebuild(const RebuildFlags& flags, const Io& io) {
  ProgressLine line(io.err, io.err_is_terminal && !flags.quiet);
  StageProgress stages(line, build::Stage::kSpool);
  const absl::StatusOr<build::BuildReport> report = build::Rebuild(
      {.index = flags.index,
       .holder = "broadsheet-indexer rebuild",
       .memory_bytes = flags.resources.memory_bytes(),
       .threads = flags.resources.threads,
       .on_progress = [&](const build::Progress& progress) { stages.Show(progress); },
       .cancelled = io.cancelled});
  line.Clear();
  if (!report.ok()) {
    return Fail(io, {report.status().code(), std::string(report.status().message()) +
                                                 "; the published generation is as it was"});
  }
  if (!flags.quiet) {
    io.err << absl::StrFormat("Rebuilt %s in %s; index %s, generation %d, %s\n",
                              Counted(report->articles, "article"), Elapsed(report->elapsed),
                              flags.index, report->ref.number, Bytes(report->index_bytes));
  }
  return kAllGood;
}

}  // namespace

void AddRebuildCommand(CLI::App& app, const Io& io, ExitStatus* status) {
  auto flags = std::make_shared<RebuildFlags>();
  CLI::App* command =
      AddCommand(app, "rebuild", "Build anew from the stored articles", kRebuildHelp);
  AddIndexOption(*command, &flags->index);
  flags->resources.AddTo(*command);
  command->add_flag("--quiet", flags->quiet, "No progress and no summary");
  command->callback([flags, &io, status] { *status = Rebuild(*flags, io); });
}

}  // namespace broadsheet::commands
