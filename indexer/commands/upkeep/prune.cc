// SPDX-License-Identifier: GPL-3.0-or-later
// broadsheet-indexer prune: gives the disk back that old generations take.
#include <sys/stat.h>

#include <algorithm>
#include <memory>
#include <ostream>
#include <string>
#include <vector>

#include "absl/strings/str_join.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "engine/storage/index/current.h"
#include "engine/storage/index/generations.h"
#include "engine/storage/index/index_lock.h"
#include "indexer/commands/shared/command.h"

namespace broadsheet::commands {
namespace {

constexpr const char* kPruneHelp =
    "Removes old generations, those that are newer than the published one, and what builds that\n"
    "never finished left behind. Never removes the published one, nor one that a server has open.\n"
    "\n"
    "  broadsheet-indexer prune --index /srv/news            keep the published one and one "
    "before\n"
    "  broadsheet-indexer prune --index /srv/news --keep 0   keep the published one alone\n";

struct PruneFlags {
  std::string index;
  size_t keep = 1;
};

// Abandoned generations first, then old ones.
absl::StatusOr<std::vector<uint64_t>> RemoveOld(const PruneFlags& flags) {
  const storage::Layout layout{flags.index};
  // Taking the lock would make the folder of an index that is not there.
  const absl::StatusOr<storage::GenerationRef> current = storage::ReadCurrent(layout);
  if (!current.ok()) return current.status();
  absl::StatusOr<storage::IndexLock> lock =
      storage::IndexLock::Acquire(layout, "broadsheet-indexer prune");
  if (!lock.ok()) return lock.status();
  absl::StatusOr<std::vector<uint64_t>> removed = storage::RemoveAbandoned(*lock);
  if (!removed.ok()) return removed.status();
  const absl::StatusOr<std::vector<uint64_t>> old = storage::Prune(*lock, flags.keep);
  if (!old.ok()) return old.status();
  removed->insert(removed->end(), old->begin(), old->end());
  return removed;
}

// Those that stay beside the ones that were to be kept: a server has them open.
absl::StatusOr<std::vector<uint64_t>> FindHeld(const PruneFlags& flags) {
  const auto left = storage::ListGenerations(storage::Layout{flags.index});
  if (!left.ok()) return left.status();
  std::vector<uint64_t> held;
  for (const storage::GenerationInfo& info : *left) {
    if (info.problem.ok() && !info.current) held.push_back(info.number);
  }
  // The newest before the published one were to be kept.
  held.resize(held.size() - std::min(held.size(), flags.keep));
  return held;
}

// When servers let go of what they no longer serve: two minutes after CURRENT moved.
std::string UntilWhen(const storage::Layout& layout) {
  struct stat moved = {};
  if (::stat(layout.current().c_str(), &moved) != 0) return "";
  const absl::Time free = absl::FromTimeT(moved.st_mtime) + absl::Minutes(2);
  if (free < absl::Now()) return "as long as that server runs or does not see the published one";
  return absl::FormatTime("until %H:%M:%S UTC", free, absl::UTCTimeZone()) +
         ", two minutes after another one was published";
}

void PrintHeld(const std::vector<uint64_t>& held, const storage::Layout& layout,
               std::ostream& out) {
  out << (held.size() == 1 ? "generation " : "generations ") << absl::StrJoin(held, ", ")
      << (held.size() == 1 ? " stays: a server has it open, " : " stay: a server has them open, ")
      << UntilWhen(layout) << "; run this again then\n";
}

ExitStatus Prune(const PruneFlags& flags, const Io& io) {
  const absl::StatusOr<std::vector<uint64_t>> removed = RemoveOld(flags);
  if (!removed.ok()) return Fail(io, removed.status());
  for (const uint64_t number : *removed) io.out << "removed generation " << number << "\n";
  const absl::StatusOr<std::vector<uint64_t>> held = FindHeld(flags);
  if (!held.ok()) return Fail(io, held.status());
  if (!held->empty()) {
    PrintHeld(*held, storage::Layout{flags.index}, io.out);
  } else if (removed->empty()) {
    io.out << "nothing to remove\n";
  }
  return kAllGood;
}

}  // namespace

void AddPruneCommand(CLI::App& app, const Io& io, ExitStatus* status) {
  auto flags = std::make_shared<PruneFlags>();
  CLI::App* command = AddCommand(app, "prune", "Remove old generations", kPruneHelp);
  AddIndexOption(*command, &flags->index);
  command
      ->add_option("--keep", flags->keep,
                   "Generations before the published one to keep, to be "
                   "able to go back")
      ->capture_default_str()
      ->type_name("N");
  command->callback([flags, &io, status] { *status = Prune(*flags, io); });
}

}  // namespace broadsheet::commands
