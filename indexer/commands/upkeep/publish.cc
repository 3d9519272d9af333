// SPDX-License-Identifier: GPL-3.0-or-later
// broadsheet-indexer publish and rollback: choose which generation is served.
#include <cstdint>
#include <memory>
#include <string>

#include "absl/strings/str_format.h"
#include "engine/indexing/publish/publisher.h"
#include "engine/storage/index/current.h"
#include "engine/storage/index/index_lock.h"
#include "engine/storage/index/manifest.h"
#include "indexer/commands/shared/command.h"
#include "indexer/commands/shared/figures.h"
#include "indexer/commands/shared/generation_option.h"
#include "indexer/commands/shared/upgrade_notice.h"
#include "indexer/commands/shared/write_policy_option.h"

namespace broadsheet::commands {
namespace {

constexpr const char* kPublishHelp =
    "Verifies a generation and makes it the one that is served: one that was built with\n"
    "--no-publish, or any that is still there. Servers change over within a second. It also mends\n"
    "an index whose CURRENT is lost or damaged.\n"
    "\n"
    "  broadsheet-indexer build --index /srv/news --no-publish articles/\n"
    "  broadsheet-indexer publish --index /srv/news --generation 8\n";

constexpr const char* kRollbackHelp =
    "Verifies the generation before the published one and makes it the one that is served. "
    "Servers\n"
    "change over within a second. What was written to the published one since it was built is\n"
    "carried over (--keep-writes) or left behind (--discard-writes); without either, nothing is\n"
    "done when there is any.\n"
    "\n"
    "  broadsheet-indexer rollback --index /srv/news --keep-writes\n";

struct PublishFlags {
  std::string index;
  // 0 = the one before the published one.
  uint64_t generation = 0;
  WritePolicyOption live_writes;
};

absl::StatusOr<uint64_t> NumberToPublish(const PublishFlags& flags, const storage::Layout& layout) {
  if (flags.generation == 0) return indexing::FindPrevious(layout);
  const auto folder = GenerationFolder(layout, flags.generation);
  if (!folder.ok()) return folder.status();
  return flags.generation;
}

absl::StatusOr<indexing::Publication> PublishOne(const PublishFlags& flags,
                                                 const std::string& holder, const Io& io) {
  const storage::Layout layout{flags.index};
  // Before the lock, which makes the folder of an index that is not there.
  if (auto number = NumberToPublish(flags, layout); !number.ok()) return number.status();
  const absl::StatusOr<storage::IndexLock> lock = storage::IndexLock::Acquire(layout, holder);
  if (!lock.ok()) return lock.status();
  // Once more: nobody publishes from now on.
  const absl::StatusOr<uint64_t> number = NumberToPublish(flags, layout);
  if (!number.ok()) return number.status();
  // One of that number and another build is a damaged CURRENT, which this mends.
  const auto current = storage::ReadCurrent(layout);
  const auto manifest = storage::ReadManifest(layout.generation(*number));
  if (current.ok() && manifest.ok() && *current == manifest->ref) {
    return absl::FailedPreconditionError(
        absl::StrFormat("generation %d is the published one already", *number));
  }
  const auto writes = indexing::FindWritesAtStake(layout, flags.live_writes.wanted(), *number);
  if (!writes.ok()) return writes.status();
  return indexing::PublishGeneration(*lock, *number, *writes, {.cancelled = io.cancelled});
}

ExitStatus Publish(const PublishFlags& flags, const std::string& holder, const Io& io) {
  const UpgradeNotice notice(flags.index, io);
  const absl::StatusOr<indexing::Publication> published = PublishOne(flags, holder, io);
  if (!published.ok()) return Fail(io, published.status(), "the published generation is as it was");
  io.out << flags.live_writes.DescribeOutcome(published->kept, published->discarded)
         << "published generation " << published->ref.number << ": "
         << Counted(published->articles, "article") << "\n";
  return kAllGood;
}

}  // namespace

void AddPublishCommand(CLI::App& app, const Io& io, ExitStatus* status) {
  auto flags = std::make_shared<PublishFlags>();
  CLI::App* command = AddCommand(app, "publish", "Choose the generation to serve", kPublishHelp);
  AddIndexOption(*command, &flags->index);
  command->add_option("--generation", flags->generation, "Its number")
      ->required()
      ->check(CLI::PositiveNumber)
      ->type_name("N");
  flags->live_writes.AddTo(*command);
  command->callback(
      [flags, &io, status] { *status = Publish(*flags, "broadsheet-indexer publish", io); });
}

void AddRollbackCommand(CLI::App& app, const Io& io, ExitStatus* status) {
  auto flags = std::make_shared<PublishFlags>();
  CLI::App* command = AddCommand(
      app, "rollback", "Go back to the generation before the published one", kRollbackHelp);
  AddIndexOption(*command, &flags->index);
  flags->live_writes.AddTo(*command);
  command->callback(
      [flags, &io, status] { *status = Publish(*flags, "broadsheet-indexer rollback", io); });
}

}  // namespace broadsheet::commands
