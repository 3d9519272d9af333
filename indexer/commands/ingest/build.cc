// SPDX-License-Identifier: GPL-3.0-or-later
// broadsheet-indexer build: a new generation from sources, verified, published.
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "engine/base/shell_word.h"
#include "engine/indexing/bulk/generation_builder.h"
#include "engine/indexing/publish/publisher.h"
#include "engine/indexing/publish/writes_at_stake.h"
#include "engine/storage/index/generations.h"
#include "engine/storage/index/index_lock.h"
#include "indexer/commands/ingest/ingest.h"
#include "indexer/commands/shared/build_resources.h"
#include "indexer/commands/shared/command.h"
#include "indexer/commands/shared/figures.h"
#include "indexer/commands/shared/language_option.h"
#include "indexer/commands/shared/server_channel.h"
#include "indexer/commands/shared/server_publication.h"
#include "indexer/commands/shared/server_token.h"
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
  LanguageOption language;
  WritePolicyOption live_writes;
  bool force = false;
  bool no_publish = false;
  // To a server that publishes what was built.
  tls::ChannelSecurity security = {};
  TokenOptions token;
};

// What was built, and what became of the writes of the generation before it.
struct BuildOutcome {
  indexing::BuildReport report;
  indexing::CarriedWrites kept;
  storage::LiveCounts discarded;
};

std::string Summary(const indexing::BuildReport& report, const Ingest& ingest,
                    const std::string& index, absl::Duration elapsed) {
  const double seconds = std::max(absl::ToDoubleSeconds(elapsed), 1e-3);
  const auto rate = static_cast<uint64_t>(static_cast<double>(ingest.accepted()) / seconds);
  return absl::StrFormat(
      "Indexed %s (%s superseded, %s rejected%s%s%s%s) from %s, %s in %s: %s articles/s; "
      "index %s, generation %d, %s",
      Counted(report.articles, "article"), Count(report.superseded), Count(ingest.rejected()),
      ingest.lost() > 0 ? ", at least " + Count(ingest.lost()) + " lost" : "",
      report.taken_down > 0 ? ", " + Count(report.taken_down) + " taken down" : "",
      report.without_language > 0
          ? ", " + DescribeWithoutLanguage(report.without_language, report.assumed_language)
          : "",
      report.withheld.total() > 0 ? ", " + DescribeWithheld(report.withheld) : "",
      Counted(ingest.reader().files(), "file"), Bytes(ingest.reader().bytes()), Elapsed(elapsed),
      Count(rate), index, report.ref.number, Bytes(report.index_bytes));
}

// Tells why the build failed, and what a person should know besides.
ExitStatus FailUnpublished(const Io& io, const absl::Status& status) {
  if (absl::IsCancelled(status)) {
    return Fail(io,
                absl::CancelledError("interrupted: nothing was published, the index is as it was"));
  }
  const bool said = absl::StrContains(status.message(), "nothing was published");
  return Fail(io, status, said ? "" : "nothing was published");
}

// Who publishes in an index: this process when it has the lock, or else the server that has it.
struct Publisher {
  std::optional<storage::IndexLock> lock;
  std::string server;  // its address
};

absl::StatusOr<Publisher> FindPublisher(const storage::Layout& layout) {
  auto lock = storage::IndexLock::Acquire(layout, "broadsheet-indexer build");
  if (lock.ok()) return Publisher{*std::move(lock), ""};
  if (std::string server = ServerThatHolds(lock.status()); !server.empty()) {
    return Publisher{std::nullopt, std::move(server)};
  }
  return lock.status();
}

// A build from the claim of its folder to what became of it.
class IndexBuild {
 public:
  IndexBuild(const BuildFlags& flags, const Io& io, ProgressLine& line)
      : flags_(flags), io_(io), layout_(flags.index), line_(line) {}

  absl::Status Start(indexing::BuildOptions options);
  absl::Status Add(v1::Article article) { return builder_->Add(std::move(article)); }
  // Verifies and publishes it, unless it is not to be published.
  absl::StatusOr<BuildOutcome> Finish();

 private:
  absl::Status Publish(const indexing::BuiltGeneration& built, BuildOutcome& outcome);
  absl::Status PublishOnServer(const storage::GenerationRef& ref, BuildOutcome& outcome);

  const BuildFlags& flags_;
  const Io& io_;
  const storage::Layout layout_;
  ProgressLine& line_;
  Publisher publisher_;
  std::string token_;  // for the server that publishes
  indexing::WritesAtStake writes_;
  indexing::Watch watch_;
  std::unique_ptr<indexing::GenerationBuilder> builder_;
};

absl::Status IndexBuild::Start(indexing::BuildOptions options) {
  auto publisher = FindPublisher(layout_);
  if (!publisher.ok()) return publisher.status();
  publisher_ = *std::move(publisher);
  if (!publisher_.server.empty()) {
    // Now, and not when all the work is done.
    auto token = TokenFor(publisher_.server, flags_.security, flags_.token);
    if (!token.ok()) return token.status();
    token_ = *std::move(token);
  }
  if (!flags_.no_publish) {
    auto writes = indexing::FindWritesAtStake(layout_, flags_.live_writes.wanted());
    if (!writes.ok()) return writes.status();
    writes_ = *std::move(writes);
  }
  watch_ = {.on_progress = options.on_progress, .cancelled = options.cancelled};
  if (!flags_.force) options.at_least_half_of = indexing::FindPublishedSize(layout_);
  auto claim = publisher_.lock.has_value() ? storage::ClaimNext(*publisher_.lock)
                                           : storage::GenerationClaim::TakeBeside(layout_);
  if (!claim.ok()) return claim.status();
  auto builder = indexing::GenerationBuilder::Start(layout_, *std::move(claim), std::move(options));
  if (!builder.ok()) return builder.status();
  builder_ = *std::move(builder);
  return absl::OkStatus();
}

absl::StatusOr<BuildOutcome> IndexBuild::Finish() {
  absl::StatusOr<indexing::BuiltGeneration> built = builder_->Finish();
  if (!built.ok()) return built.status();
  BuildOutcome outcome{.report = built->report(), .kept = {}, .discarded = {}};
  absl::Status done;
  if (flags_.no_publish) {
    done = indexing::VerifyUnpublished(layout_, built->number(), watch_);
    if (done.ok()) done = built->Keep();
  } else if (publisher_.lock.has_value()) {
    done = Publish(*built, outcome);
  } else {
    // The server verifies it, and may be told to try again.
    done = built->Keep();
    if (done.ok()) done = PublishOnServer(built->report().ref, outcome);
  }
  if (!done.ok()) return done;
  return outcome;
}

absl::Status IndexBuild::Publish(const indexing::BuiltGeneration& built, BuildOutcome& outcome) {
  const auto publication =
      indexing::PublishGeneration(*publisher_.lock, built.number(), writes_, watch_);
  if (!publication.ok()) return publication.status();
  outcome.kept = publication->kept;
  outcome.discarded = publication->discarded;
  return absl::OkStatus();
}

absl::Status IndexBuild::PublishOnServer(const storage::GenerationRef& ref, BuildOutcome& outcome) {
  const std::string& server = publisher_.server;
  line_.Draw("publishing, by the server at " + server);
  const auto published =
      commands::PublishOnServer({.address = server, .security = flags_.security, .token = token_},
                                layout_, ref, "built", flags_.live_writes.wanted(), io_.cancelled);
  if (!published.ok()) return published.status();
  outcome.kept = published->kept;
  outcome.discarded = published->discarded;
  return absl::OkStatus();
}

absl::StatusOr<BuildOutcome> BuildFrom(const BuildFlags& flags, const RejectLimit& limit,
                                       Ingest& ingest, const Io& io) {
  // Reading draws its own line, with bytes.
  StageProgress stages(ingest.line(), indexing::Stage::kOrder);
  IndexBuild build(flags, io, ingest.line());
  absl::Status started = build.Start(
      {.assumed_language = flags.language.given(),
       .memory_bytes = flags.resources.memory_bytes(),
       .threads = flags.resources.threads,
       .on_progress = [&](const indexing::Progress& progress) { stages.Show(progress); },
       .on_superseded = [&](uint64_t dropped, uint64_t kept) { ingest.CountMerged(dropped, kept); },
       .on_taken_down = [&] { ingest.NoteTakenDown(); },
       .cancelled = io.cancelled});
  if (!started.ok()) return started;
  const absl::Status read =
      ingest.Read([&](v1::Article&& article) { return build.Add(std::move(article)); }, &limit);
  ingest.PrintNotices();
  if (!read.ok()) return read;
  if (limit.Exceeded(ingest.rejected() + ingest.lost(), ingest.records())) {
    return TooManyRejects(ingest, limit);
  }
  if (ingest.accepted() == 0) {
    return absl::FailedPreconditionError("no article was found in " +
                                         Counted(ingest.reader().files(), "file"));
  }
  absl::StatusOr<BuildOutcome> outcome = build.Finish();
  if (outcome.ok()) ingest.line().Clear();
  return outcome;
}

ExitStatus Build(const BuildFlags& flags, const Io& io) {
  const UpgradeNotice notice(flags.index, io);
  const absl::Time started = absl::Now();
  const absl::StatusOr<RejectLimit> limit = RejectLimit::Parse(flags.max_rejects);
  if (!limit.ok()) return Fail(io, limit.status());
  absl::StatusOr<std::unique_ptr<Ingest>> ingest = Ingest::Prepare(flags.ingest, flags.index, io);
  if (!ingest.ok()) return Fail(io, ingest.status());
  const absl::StatusOr<BuildOutcome> outcome = BuildFrom(flags, *limit, **ingest, io);
  if (!outcome.ok()) {
    (*ingest)->line().Clear();
    const absl::Status accounted = (*ingest)->Account(/*is_indexed=*/false, outcome.status());
    if (!accounted.ok()) Fail(io, accounted);
    return FailUnpublished(io, outcome.status());
  }
  const absl::Status accounted = (*ingest)->Account(/*is_indexed=*/true, absl::OkStatus());
  if (!flags.ingest.quiet) {
    io.err << flags.live_writes.DescribeOutcome(outcome->kept, outcome->discarded)
           << Summary(outcome->report, **ingest, flags.index, absl::Now() - started) << "\n"
           << AdviceOnLanguage(outcome->report.without_language, outcome->report.assumed_language);
    if (flags.no_publish) {
      io.err << "Not published: broadsheet-indexer publish"
             << base::ShellOption("--index", flags.index) << " --generation "
             << outcome->report.ref.number << "\n";
    }
  }
  if (!accounted.ok()) return Fail(io, accounted, "the index is published");
  return (*ingest)->status();
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
  command
      ->add_option("--merged", flags->ingest.merged_file,
                   "Keep here the articles that gave way to another with their id, one JSON object "
                   "a line: id, file, keptFile")
      ->type_name("FILE");
  flags->language.AddTo(*command, "that of most other articles");
  flags->resources.AddTo(*command);
  flags->live_writes.AddTo(*command);
  command->add_flag("--force", flags->force,
                    "Publish even fewer than half of the articles that are published now");
  command->add_flag("--no-publish", flags->no_publish,
                    "Only build and verify; `publish` makes it the one that is served");
  command->add_flag("--quiet", flags->ingest.quiet, "No progress and no summary");
  flags->token.AddTo(*command);
  AddProtectionOptions(*command, flags->security);
  command->callback([flags, &io, status] { *status = Build(*flags, io); });
}

}  // namespace broadsheet::commands
