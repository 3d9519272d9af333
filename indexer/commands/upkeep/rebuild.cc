// SPDX-License-Identifier: GPL-3.0-or-later
// broadsheet-indexer rebuild and compact: a new generation from the stored articles.
#include "engine/indexing/publish/rebuild.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "indexer/commands/shared/build_resources.h"
#include "indexer/commands/shared/command.h"
#include "indexer/commands/shared/figures.h"
#include "indexer/commands/shared/language_option.h"
#include "indexer/commands/shared/progress_line.h"
#include "indexer/commands/shared/stage_progress.h"
#include "indexer/commands/shared/upgrade_notice.h"

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

constexpr const char* kCompactHelp =
    "Folds what was written to the published generation since it was built into the base of a new\n"
    "one, verifies that and publishes it: searches find the same, and quicker when much was "
    "written.\n"
    "Deleted, replaced and taken down articles are left behind. Does nothing when there is "
    "nothing\n"
    "to fold. Under a writable server, `broadsheet admin rebuild` does the same.\n"
    "\n"
    "  broadsheet-indexer compact --index /srv/news\n";

struct RebuildFlags {
  std::string index;
  BuildResources resources;
  LanguageOption language;  // of rebuild alone
  bool quiet = false;
};

// nullopt when there was nothing to do.
using StoredBuild = std::function<absl::StatusOr<std::optional<indexing::BuildReport>>(
    const storage::Layout& layout, const std::string& holder, indexing::BuildOptions options)>;

// `done` as in "Rebuilt".
ExitStatus BuildAnew(const RebuildFlags& flags, const std::string& holder, const std::string& done,
                     const Io& io, const StoredBuild& work) {
  const UpgradeNotice notice(flags.index, io);
  const absl::Time started = absl::Now();
  ProgressLine line(io.err, io.err_is_terminal && !flags.quiet);
  StageProgress stages(line, indexing::Stage::kSpool);
  const absl::StatusOr<std::optional<indexing::BuildReport>> report =
      work(storage::Layout(flags.index), holder,
           {.assumed_language = flags.language.given(),
            .memory_bytes = flags.resources.memory_bytes(),
            .threads = flags.resources.threads,
            .on_progress = [&](const indexing::Progress& progress) { stages.Show(progress); },
            .cancelled = io.cancelled});
  line.Clear();
  if (!report.ok()) return Fail(io, report.status(), "the published generation is as it was");
  if (flags.quiet) return kAllGood;
  if (!report->has_value()) {
    io.err << "Nothing to do: nothing was written since the last build\n";
    return kAllGood;
  }
  const indexing::BuildReport& built = **report;
  std::string notes = DescribeWithheld(built.withheld);
  if (built.without_language > 0) {
    notes += (notes.empty() ? "" : ", ") +
             DescribeWithoutLanguage(built.without_language, built.assumed_language);
  }
  if (!notes.empty()) notes = " (" + notes + ")";
  io.err << absl::StrFormat("%s %s%s in %s; index %s, generation %d, %s\n", done,
                            Counted(built.articles, "article"), notes,
                            Elapsed(absl::Now() - started), flags.index, built.ref.number,
                            Bytes(built.index_bytes))
         << AdviceOnLanguage(built.without_language, built.assumed_language);
  return kAllGood;
}

absl::StatusOr<std::optional<indexing::BuildReport>> Rebuild(const storage::Layout& layout,
                                                             const std::string& holder,
                                                             indexing::BuildOptions options) {
  absl::StatusOr<indexing::BuildReport> report =
      indexing::Rebuild(layout, holder, std::move(options));
  if (!report.ok()) return report.status();
  return std::optional<indexing::BuildReport>(*std::move(report));
}

void AddRebuildOptions(CLI::App& command, RebuildFlags& flags) {
  flags.resources.AddTo(command);
  command.add_flag("--quiet", flags.quiet, "No progress and no summary");
}

}  // namespace

void AddRebuildCommand(CLI::App& app, const Io& io, ExitStatus* status) {
  auto flags = std::make_shared<RebuildFlags>();
  CLI::App* command =
      AddCommand(app, "rebuild", "Build anew from the stored articles", kRebuildHelp);
  AddIndexOption(*command, &flags->index);
  flags->language.AddTo(*command, "the one given before, else in that of most other articles");
  AddRebuildOptions(*command, *flags);
  command->callback([flags, &io, status] {
    *status = BuildAnew(*flags, "broadsheet-indexer rebuild", "Rebuilt", io, &Rebuild);
  });
}

void AddCompactCommand(CLI::App& app, const Io& io, ExitStatus* status) {
  auto flags = std::make_shared<RebuildFlags>();
  CLI::App* command =
      AddCommand(app, "compact", "Fold what was written into a new base", kCompactHelp);
  AddIndexOption(*command, &flags->index);
  AddRebuildOptions(*command, *flags);
  command->callback([flags, &io, status] {
    *status = BuildAnew(*flags, "broadsheet-indexer compact", "Compacted", io, &indexing::Compact);
  });
}

}  // namespace broadsheet::commands
