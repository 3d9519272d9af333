// SPDX-License-Identifier: GPL-3.0-or-later
// broadsheet-indexer push: the same sources as build, streamed to a writable server.
#include <algorithm>
#include <cstdlib>
#include <memory>
#include <string>
#include <utility>

#include "absl/time/clock.h"
#include "engine/schema/article.h"
#include "indexer/commands/ingest/article_push.h"
#include "indexer/commands/ingest/ingest.h"
#include "indexer/commands/ingest/write_counts.h"
#include "indexer/commands/shared/command.h"
#include "indexer/commands/shared/figures.h"
#include "indexer/commands/shared/server_channel.h"
#include "indexer/commands/shared/server_token.h"

namespace broadsheet::commands {
namespace {

constexpr const char* kPushHelp =
    "Streams the articles of PATH... to a server that was started with --writable. Each is\n"
    "acknowledged once it is on the server's disk. When the connection breaks, it is made again\n"
    "and what was not acknowledged sent again, until no article was taken for --give-up-after\n"
    "seconds; after that the same command may be repeated: what the server has is recognised.\n"
    "It ends with status 1 when the server refuses articles for so long (its disk is full), and\n"
    "with 2 when there is no server.\n"
    "A bad record is left out and reported as file:line: reason.\n"
    "\n"
    "  broadsheet-indexer push --server 127.0.0.1:6460 today.jsonl\n";

struct PushFlags {
  std::string server = "127.0.0.1:6460";
  tls::ChannelSecurity security = {};
  TokenOptions token;
  double give_up_seconds = 60;
  IngestOptions ingest;
};

ExitStatus Push(const PushFlags& flags, const Io& io) {
  // gRPC would print its own account of a broken connection beside ours.
  setenv("GRPC_VERBOSITY", "NONE", /*overwrite=*/0);
  const absl::Time started = absl::Now();
  absl::StatusOr<std::unique_ptr<Ingest>> ingest = Ingest::Prepare(flags.ingest, "", io);
  if (!ingest.ok()) return Fail(io, ingest.status());
  const absl::StatusOr<std::string> token = TokenFor(flags.server, flags.security, flags.token);
  if (!token.ok()) return Fail(io, token.status());
  ArticlePush push(
      {.server = flags.server,
       .token = *token,
       .security = flags.security,
       .patience = absl::Seconds(flags.give_up_seconds),
       .on_retry =
           [&](const std::string& why) {
             (*ingest)->line().PrintAbove("no articles are taken for now: " + why +
                                          "; trying again");
           }},
      [&](const std::string& id, const std::string& reason) {
        (*ingest)->line().PrintAbove(id + ": " + reason);
      },
      io.cancelled);
  if (absl::Status reached = push.CheckServer(); !reached.ok()) return Fail(io, reached);
  absl::Status pushed = (*ingest)->Read(
      [&](v1::Article&& article) {
        // Here and not by the server only, so that a refusal is told with the record's place.
        if (absl::Status fit = schema::PrepareArticle(&article); !fit.ok()) return fit;
        return push.Send(std::move(article));
      },
      nullptr);
  const absl::Status finished = push.Finish();
  if (pushed.ok()) pushed = finished;
  (*ingest)->line().Clear();
  (*ingest)->PrintNotices();
  if (absl::Status accounted = (*ingest)->Account(/*is_indexed=*/false, pushed); pushed.ok()) {
    pushed = accounted;
  }
  const WriteCounts counts = push.counts();
  const uint64_t rejected = (*ingest)->rejected() + counts.refused;
  const uint64_t lost = (*ingest)->lost();
  std::string summary = WriteSummary(counts, rejected, lost);
  if (push.reconnects() > 0) summary += ", " + Counted(push.reconnects(), "reconnection");
  if (absl::IsFailedPrecondition(pushed)) return Fail(io, pushed);
  if (!pushed.ok()) {
    Fail(io, pushed, "before that: " + summary + "; the command may be repeated");
    return absl::IsResourceExhausted(pushed) ? kSomeRejected : kFailed;
  }
  if ((*ingest)->records() == 0) return Fail(io, absl::NotFoundError("no article was found"));
  if (!flags.ingest.quiet) {
    const absl::Duration elapsed = absl::Now() - started;
    const double seconds = std::max(absl::ToDoubleSeconds(elapsed), 1e-3);
    io.err << summary << " in " << Elapsed(elapsed) << ": "
           << Count(static_cast<uint64_t>(static_cast<double>((*ingest)->accepted()) / seconds))
           << " articles/s; server " << flags.server << "\n";
  }
  return rejected + lost > 0 ? kSomeRejected : kAllGood;
}

}  // namespace

void AddPushCommand(CLI::App& app, const Io& io, ExitStatus* status) {
  auto flags = std::make_shared<PushFlags>();
  CLI::App* command =
      AddCommand(app, "push", "Stream articles to a server that takes writes", kPushHelp);
  command->add_option("--server", flags->server, "Address of broadsheetd --writable")
      ->envname("BROADSHEET_SERVER")
      ->capture_default_str()
      ->type_name("ADDR");
  flags->token.AddTo(*command);
  AddProtectionOptions(*command, flags->security);
  AddIngestOptions(*command, &flags->ingest);
  command
      ->add_option("--give-up-after", flags->give_up_seconds,
                   "End when the server has taken no article for so many seconds")
      ->capture_default_str()
      ->check(CLI::Range(0.1, 86400.0))
      ->type_name("S");
  command->add_flag("--quiet", flags->ingest.quiet, "No progress and no summary");
  command->callback([flags, &io, status] { *status = Push(*flags, io); });
}

}  // namespace broadsheet::commands
