// SPDX-License-Identifier: GPL-3.0-or-later
// broadsheet-indexer build: a new generation from sources, verified, published.
#include "engine/indexing/publish/index_build.h"

#include <memory>
#include <string>
#include <utility>

#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "engine/schema/error.h"
#include "engine/storage/index/current.h"
#include "engine/storage/index/index_lock.h"
#include "indexer/commands/ingest/ingest.h"
#include "indexer/commands/ingest/server_publication.h"
#include "indexer/commands/shared/build_resources.h"
#include "indexer/commands/shared/command.h"
#include "indexer/commands/shared/figures.h"
#include "indexer/commands/shared/stage_progress.h"
#include "indexer/commands/shared/upgrade_notice.h"
#include "indexer/commands/shared/write_policy_option.h"

namespace broadsheet::commands {
namespace {

constexpr const char* kBuildHelp =
    "Makes a new generation of the index from PATH..., verifies it and publishes it. Servers "
    "change\n"
    "over within a second; until then, and whenever the build fails, they keep the old one.\n"
    "A bad record is left out and reported as file:line: reason; the others are indexed.\n"
    "Of several articles with the same id the last one counts, or the one of the highest version.\n"
    "While a writable server has the index, the generation is built beside it, and the server\n"
    "publishes it.\n"
    "\n"
    "  broadsheet-indexer build --index /srv/news articles/ more.jsonl.xz\n"
    "  curl -s https://news.example/dump | broadsheet-indexer build --index /srv/news -\n";

struct BuildFlags {
  std::string index;
  IngestOptions ingest;
  std::string max_rejects = "10%";
  BuildResources resources;
  WritePolicyOption live_writes;
  bool force = false;
  bool no_publish = false;
};

std::string Summary(const indexing::BuildReport& report, const Ingest& ingest,
                    const std::string& index, absl::Duration elapsed) {
  const double seconds = std::max(absl::ToDoubleSeconds(elapsed), 1e-3);
  const auto rate = static_cast<uint64_t>(static_cast<double>(ingest.accepted()) / seconds);
  return absl::StrFormat(
      "Indexed %s (%s superseded, %s rejected%s) from %s, %s in %s: %s articles/s; "
      "index %s, generation %d, %s",
      Counted(report.articles, "article"), Count(report.superseded), Count(ingest.rejected()),
      report.taken_down > 0 ? ", " + Count(report.taken_down) + " taken down" : "",
      Counted(ingest.reader().files(), "file"), Bytes(ingest.reader().bytes()), Elapsed(elapsed),
      Count(rate), index, report.ref.number, Bytes(report.index_bytes));
}

// What a person should know besides why it failed.
absl::Status Unpublished(const absl::Status& status) {
  const std::string why(status.message());
  if (absl::IsCancelled(status)) {
    return absl::CancelledError("interrupted: nothing was published, the index is as it was");
  }
  if (why.find("nothing was published") != std::string::npos) return status;
  return {status.code(), why + "; nothing was published"};
}

// A build, and who is to publish it.
struct StartedBuild {
  std::unique_ptr<indexing::IndexBuild> build;
  // Address of the server that has the index's lock; empty when this process has it.
  std::string publisher;
};

absl::StatusOr<StartedBuild> StartBuild(indexing::BuildOptions options) {
  auto build = indexing::IndexBuild::Start(options);
  if (build.ok()) return StartedBuild{*std::move(build), ""};
  if (schema::ErrorReason(build.status()) != "INDEX_LOCKED") return build.status();
  const std::string publisher =
      storage::IndexLock::ReadHolder(storage::Layout(options.index)).address;
  if (publisher.empty()) return build.status();
  options.lock_use = indexing::LockUse::kBeside;
  auto beside = indexing::IndexBuild::Start(std::move(options));
  if (!beside.ok()) return beside.status();
  return StartedBuild{*std::move(beside), publisher};
}

// Has the server publish what was built.
absl::Status PublishBy(const std::string& server, const BuildFlags& flags,
                       indexing::BuildReport& report, const Io& io) {
  const auto published =
      PublishOnServer(server, report.ref, flags.live_writes.wanted(), io.cancelled);
  if (published.ok()) {
    report.kept.put = static_cast<uint64_t>(published->carried_writes());
    report.discarded.articles = static_cast<uint64_t>(published->discarded_writes());
    return absl::OkStatus();
  }
  // It may have been too late for the server to stop.
  const auto current = storage::ReadCurrent(storage::Layout(flags.index));
  if (current.ok() && *current == report.ref) return absl::OkStatus();
  return absl::FailedPreconditionError(absl::StrFormat(
      "generation %d is built, but the server at %s has not published it: %s; nothing was "
      "published; to try again: broadsheet --server %s admin publish %d",
      report.ref.number, server, std::string(published.status().message()), server,
      report.ref.number));
}

absl::StatusOr<indexing::BuildReport> BuildFrom(const BuildFlags& flags, const RejectLimit& limit,
                                                Ingest& ingest, const Io& io) {
  // Reading draws its own line, with bytes.
  StageProgress stages(ingest.line(), indexing::Stage::kOrder);
  absl::StatusOr<StartedBuild> started =
      StartBuild({.index = flags.index,
                  .live_writes = flags.live_writes.wanted(),
                  .allow_shrinking = flags.force,
                  .publish = !flags.no_publish,
                  .memory_bytes = flags.resources.memory_bytes(),
                  .threads = flags.resources.threads,
                  .on_progress = [&](const indexing::Progress& progress) { stages.Show(progress); },
                  .on_superseded = [&](uint64_t number) { ingest.origins().CountMerged(number); },
                  .cancelled = io.cancelled});
  if (!started.ok()) return started.status();
  indexing::IndexBuild& build = *started->build;
  const absl::Status read =
      ingest.Read([&](v1::Article&& article) { return build.Add(std::move(article)); }, &limit);
  ingest.PrintNotices();
  if (!read.ok()) return read;
  if (limit.Exceeded(ingest.rejected(), ingest.records())) {
    return TooManyRejects(ingest.rejected(), ingest.records(), limit);
  }
  if (ingest.accepted() == 0) {
    return absl::FailedPreconditionError("no article was found in " +
                                         Counted(ingest.reader().files(), "file"));
  }
  absl::StatusOr<indexing::BuildReport> report = build.Publish();
  if (report.ok() && !started->publisher.empty() && !flags.no_publish) {
    ingest.line().Draw("publishing, by the server at " + started->publisher);
    absl::Status published = PublishBy(started->publisher, flags, *report, io);
    if (!published.ok()) return published;
  }
  ingest.line().Clear();
  return report;
}

ExitStatus Build(const BuildFlags& flags, const Io& io) {
  const UpgradeNotice notice(flags.index, io);
  const absl::Time started = absl::Now();
  const absl::StatusOr<RejectLimit> limit = RejectLimit::Parse(flags.max_rejects);
  if (!limit.ok()) return Fail(io, limit.status());
  absl::StatusOr<std::unique_ptr<Ingest>> ingest = Ingest::Prepare(flags.ingest, flags.index, io);
  if (!ingest.ok()) return Fail(io, ingest.status());
  const absl::StatusOr<indexing::BuildReport> report = BuildFrom(flags, *limit, **ingest, io);
  if (!report.ok()) {
    (*ingest)->line().Clear();
    return Fail(io, Unpublished(report.status()));
  }
  if (!flags.ingest.quiet) {
    (*ingest)->PrintKinds();
    io.err << flags.live_writes.DescribeOutcome(report->kept, report->discarded)
           << Summary(*report, **ingest, flags.index, absl::Now() - started) << "\n";
    if (flags.no_publish) {
      io.err << "Not published: broadsheet-indexer publish --index " << flags.index
             << " --generation " << report->ref.number << "\n";
    }
  }
  return (*ingest)->rejected() > 0 ? kSomeRejected : kAllGood;
}

}  // namespace

void AddBuildCommand(CLI::App& app, const Io& io, ExitStatus* status) {
  auto flags = std::make_shared<BuildFlags>();
  CLI::App* command =
      AddCommand(app, "build", "Index files and folders, publish the result", kBuildHelp);
  AddIndexOption(*command, &flags->index);
  AddIngestOptions(*command, &flags->ingest);
  command
      ->add_option("--max-rejects", flags->max_rejects,
                   "Publish nothing when more records than this are rejected: a number, or a share "
                   "of all records (which up to 10 rejects never exceed)")
      ->capture_default_str()
      ->type_name("N|N%");
  flags->resources.AddTo(*command);
  flags->live_writes.AddTo(*command);
  command->add_flag("--force", flags->force,
                    "Publish even fewer than half of the articles that are published now");
  command->add_flag("--no-publish", flags->no_publish,
                    "Only build and verify; `publish` makes it the one that is served");
  command->add_flag("--quiet", flags->ingest.quiet, "No progress and no summary");
  command->callback([flags, &io, status] { *status = Build(*flags, io); });
}

}  // namespace broadsheet::commands
