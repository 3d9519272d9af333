// SPDX-License-Identifier: GPL-3.0-or-later
// broadsheet-indexer add: writes articles into the published generation, without a server.
#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/time/clock.h"
#include "engine/indexing/live/writable_index.h"
#include "engine/schema/article.h"
#include "engine/schema/error.h"
#include "engine/schema/withheld.h"
#include "indexer/commands/ingest/ingest.h"
#include "indexer/commands/ingest/write_counts.h"
#include "indexer/commands/shared/command.h"
#include "indexer/commands/shared/figures.h"
#include "indexer/commands/shared/language_option.h"
#include "indexer/commands/shared/upgrade_notice.h"

namespace broadsheet::commands {
namespace {

constexpr const char* kAddHelp =
    "Writes the articles of PATH... into the published generation: new ones are added, others\n"
    "replaced unless the index has a higher version; what it has already is left alone. Servers\n"
    "see them within a second. What is written is on disk every 1,000 articles and at the end, so\n"
    "an interrupted run may simply be repeated. While a writable server has the index, use "
    "`push`.\n"
    "An article without a language is taken as in the one that `stats` names.\n"
    "\n"
    "  broadsheet-indexer add --index /srv/news today.jsonl\n";

// One commit each.
constexpr size_t kMaxBatch = 1000;
constexpr size_t kMaxBatchBytes = 64 << 20;

struct AddFlags {
  std::string index;
  IngestOptions ingest;
};

// Collects articles and writes them in batches.
class BatchWriter {
 public:
  BatchWriter(indexing::LiveWriter& writer, Ingest& ingest) : writer_(writer), ingest_(ingest) {}

  // INVALID_ARGUMENT refuses this article; any other error is that of a batch, and the end.
  absl::Status Add(v1::Article&& article) {
    // Here and not by the writer only, so that the refusal is told with the record's place.
    if (absl::Status fit = schema::PrepareArticle(&article); !fit.ok()) return fit;
    bytes_ += article.ByteSizeLong();
    notes_.push_back({.without_language = article.language().empty(),
                      .why_withheld = schema::WhyWithheld(article, absl::Now())});
    batch_.push_back({.article = std::move(article)});
    return batch_.size() < kMaxBatch && bytes_ < kMaxBatchBytes ? absl::OkStatus() : Flush();
  }

  absl::Status Flush() {
    bytes_ = 0;
    const std::vector<Note> notes = std::exchange(notes_, {});
    const auto results = writer_.Write(std::exchange(batch_, {}));
    for (size_t i = 0; i < results.size(); ++i) {
      const uint64_t stored = counts_.stored();
      if (absl::Status counted = Count(results[i]); !counted.ok()) return counted;
      if (counts_.stored() == stored) continue;
      counts_.without_language += notes[i].without_language ? 1 : 0;
      counts_.withheld.Add(notes[i].why_withheld);
    }
    return absl::OkStatus();
  }

  const WriteCounts& counts() const { return counts_; }

 private:
  // What the summary tells of an article, if it is stored.
  struct Note {
    bool without_language = false;
    std::optional<schema::Withholding> why_withheld;
  };

  absl::Status Count(const indexing::WriteResult& result) {
    if (absl::IsInvalidArgument(result.status)) {
      ++counts_.refused;
      ingest_.line().PrintAbove(result.id + ": " + std::string(result.status.message()));
      return absl::OkStatus();
    }
    counts_.created += result.outcome == indexing::WriteOutcome::kCreated ? 1 : 0;
    counts_.replaced += result.outcome == indexing::WriteOutcome::kReplaced ? 1 : 0;
    counts_.unchanged += result.outcome == indexing::WriteOutcome::kUnchanged ? 1 : 0;
    counts_.superseded += result.outcome == indexing::WriteOutcome::kSuperseded ? 1 : 0;
    return result.status;
  }

  indexing::LiveWriter& writer_;
  Ingest& ingest_;
  std::vector<indexing::LiveWrite> batch_;
  std::vector<Note> notes_;  // of each of batch_
  size_t bytes_ = 0;
  WriteCounts counts_;
};

// The writer's errors name no path, since they also answer callers of the API.
absl::Status NamingTheIndex(const absl::Status& status, const std::string& index) {
  if (status.ok() || absl::StrContains(status.message(), index)) return status;
  return schema::WithPrefix("cannot write to index " + index + ": ", status);
}

ExitStatus Add(const AddFlags& flags, const Io& io) {
  const UpgradeNotice notice(flags.index, io);
  const absl::Time started = absl::Now();
  absl::StatusOr<std::unique_ptr<Ingest>> ingest = Ingest::Prepare(flags.ingest, flags.index, io);
  if (!ingest.ok()) return Fail(io, ingest.status());
  auto index =
      indexing::WritableIndex::Open(storage::Layout(flags.index), "broadsheet-indexer add");
  if (!index.ok()) return Fail(io, index.status());
  BatchWriter writer(*index->writer, **ingest);
  absl::Status written = (*ingest)->Read(
      [&](v1::Article&& article) { return writer.Add(std::move(article)); }, nullptr);
  // What was read before an interruption is good.
  if (written.ok() || absl::IsCancelled(written)) {
    const absl::Status flushed = writer.Flush();
    if (!flushed.ok()) written = flushed;
  }
  (*ingest)->line().Clear();
  (*ingest)->PrintNotices();
  if (absl::Status accounted = (*ingest)->Account(/*is_indexed=*/false, written); written.ok()) {
    written = accounted;
  }
  const uint64_t rejected = (*ingest)->rejected() + writer.counts().refused;
  const uint64_t lost = (*ingest)->lost();
  const storage::Manifest& manifest = index->generation->manifest();
  const uint64_t without = writer.counts().without_language;
  const std::string summary = WriteSummary(
      writer.counts(), rejected, lost, DescribeWithoutLanguage(without, manifest.assumed_language));
  if (written = NamingTheIndex(written, flags.index); !written.ok()) {
    return Fail(io, written, "before that: " + summary);
  }
  if ((*ingest)->records() == 0) return Fail(io, absl::NotFoundError("no article was found"));
  if (!flags.ingest.quiet) {
    io.err << summary << " in " << Elapsed(absl::Now() - started) << "; index " << flags.index
           << ", generation " << manifest.ref.number << "\n"
           << AdviceOnLanguage(without, manifest.assumed_language);
  }
  return rejected + lost > 0 ? kSomeRejected : kAllGood;
}

}  // namespace

void AddAddCommand(CLI::App& app, const Io& io, ExitStatus* status) {
  auto flags = std::make_shared<AddFlags>();
  CLI::App* command =
      AddCommand(app, "add", "Write articles into the published index, without a server", kAddHelp);
  AddIndexOption(*command, &flags->index);
  AddIngestOptions(*command, &flags->ingest);
  command->add_flag("--quiet", flags->ingest.quiet, "No progress and no summary");
  command->callback([flags, &io, status] { *status = Add(*flags, io); });
}

}  // namespace broadsheet::commands
