// SPDX-License-Identifier: GPL-3.0-or-later
// broadsheet-indexer takedown: withdraws articles for good.
#include "engine/storage/index/takedowns.h"

#include <algorithm>
#include <fstream>
#include <memory>
#include <ostream>
#include <string>
#include <vector>

#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "engine/base/shell_word.h"
#include "engine/indexing/publish/rebuild.h"
#include "engine/schema/article.h"
#include "engine/schema/error.h"
#include "engine/schema/index_fault.h"
#include "engine/storage/base/generation.h"
#include "engine/storage/index/current.h"
#include "engine/storage/index/generations.h"
#include "engine/storage/index/index_lock.h"
#include "engine/storage/index/set_current.h"
#include "engine/storage/live/snapshot.h"
#include "indexer/commands/shared/command.h"
#include "indexer/commands/shared/figures.h"
#include "indexer/commands/shared/upgrade_notice.h"

namespace broadsheet::commands {
namespace {

constexpr const char* kTakedownHelp =
    "Withdraws the articles with these ids for good. Readers stop seeing them at once, in every\n"
    "generation, also beside a server that writes; no later build, write, rollback or restore "
    "brings\n"
    "them back. Their text stays on disk until the generations that hold it are rebuilt and "
    "pruned:\n"
    "--purge does both, and says what is left.\n"
    "\n"
    "An id that the index does not have is taken for a slip, and nothing is taken down; --unknown\n"
    "withdraws it all the same, before it comes in. --undo lets readers see articles again, "
    "unless\n"
    "their text is gone from the disk.\n"
    "\n"
    "When lines of INDEX/takedowns are lost, nothing is served until a copy of it is put back "
    "that\n"
    "has them all. Where no copy is left, --accept-loss goes on with the lines that are, and says "
    "how\n"
    "many are lost: the articles that these withdrew are seen again, until they are taken down "
    "anew.\n"
    "\n"
    "  broadsheet-indexer takedown --index /srv/news story-4711\n"
    "  broadsheet-indexer takedown --index /srv/news --ids-from ids.txt --purge\n"
    "  broadsheet-indexer takedown --index /srv/news --list\n"
    "  broadsheet-indexer takedown --index /srv/news --undo story-4711\n"
    "  broadsheet-indexer takedown --index /srv/news --accept-loss\n";

struct TakedownFlags {
  std::string index;
  std::vector<std::string> ids;
  std::string ids_file;
  bool unknown = false;
  bool dry_run = false;
  bool list = false;
  bool undo = false;
  bool purge = false;
  bool accept_loss = false;
};

// One id a line; empty lines do not count.
absl::Status ReadIds(const std::string& file, std::vector<std::string>* ids) {
  std::ifstream in(file, std::ios::binary);
  if (!in.is_open()) {
    return absl::NotFoundError("cannot read " + file + ": there is no such file, or no access");
  }
  for (std::string line; std::getline(in, line);) {
    if (!line.empty() && line.back() == '\r') line.pop_back();
    if (!line.empty()) ids->push_back(line);
  }
  return in.bad() ? absl::UnavailableError("cannot read " + file) : absl::OkStatus();
}

// All or nothing: a mistyped list is mended and given again.
absl::Status CheckIds(const std::vector<std::string>& ids) {
  if (ids.empty()) return absl::InvalidArgumentError("no id to take down was given");
  for (const std::string& id : ids) {
    const bool control = std::any_of(
        id.begin(), id.end(), [](unsigned char byte) { return byte < 0x20 || byte == 0x7F; });
    if (id.empty() || id.size() > schema::kMaxIdBytes || control) {
      return absl::InvalidArgumentError(absl::StrFormat(
          "\"%s\" is no id: it has to have 1 to %d bytes and no control characters; "
          "nothing was taken down",
          id.substr(0, 100), schema::kMaxIdBytes));
    }
  }
  return absl::OkStatus();
}

// What readers see.
std::unique_ptr<storage::Snapshot> OpenSnapshot(const storage::Layout& layout) {
  const auto generation = storage::Generation::OpenCurrent(layout, storage::Use::kStoredArticles);
  if (!generation.ok()) return nullptr;
  auto snapshot = storage::Snapshot::Open(*generation);
  return snapshot.ok() ? *std::move(snapshot) : nullptr;
}

// Those of `ids` that are neither in `snapshot`, which may be null, nor in `takedowns`: for a
// mistyped one to be noticed.
std::vector<std::string> UnknownIds(const storage::Snapshot* snapshot,
                                    const storage::Takedowns& takedowns,
                                    const std::vector<std::string>& ids) {
  std::vector<std::string> unknown;
  if (snapshot == nullptr) return unknown;
  for (const std::string& id : ids) {
    const bool there = !absl::IsNotFound(snapshot->FindId(id).status());
    if (!there && !takedowns.Contains(id)) unknown.push_back(id);
  }
  return unknown;
}

// `"story-4711" and 2 more`
std::string FirstOf(const std::vector<std::string>& ids) {
  std::string text = "\"" + ids.front() + "\"";
  if (ids.size() > 1) text += " and " + Count(ids.size() - 1) + " more";
  return text;
}

absl::Status RefuseUnknown(const std::vector<std::string>& unknown) {
  return absl::NotFoundError("the published generation has no article " + FirstOf(unknown) +
                             "; nothing was taken down. Where that is no slip, --unknown takes it "
                             "down all the same, and none will come in");
}

// `took` says what was done: "took down ".
void Report(const std::string& took, size_t given, size_t added,
            const std::vector<std::string>& unknown, std::ostream& out) {
  out << took << Counted(added, "article");
  if (added < given) {
    const size_t before = given - added;
    out << "; " << Count(before) << (before == 1 ? " was" : " were") << " taken down before";
  }
  out << "\n";
  if (unknown.empty()) return;
  out << "the published generation has no article " << FirstOf(unknown)
      << ", and none will come in\n";
}

ExitStatus ListTakenDown(const storage::Layout& layout, const Io& io) {
  const auto list = storage::ListTakedowns(layout);
  if (!list.ok()) return Fail(io, list.status());
  for (const storage::TakenDown& each : *list) io.out << each.time << "  " << each.id << "\n";
  io.err << Counted(list->size(), "takedown") << "\n";
  return kAllGood;
}

// An index from before takedowns were on record gets a CURRENT that says that they are. Whoever
// holds the lock of the index has done that, or does it when he publishes.
absl::Status MarkAsRecorded(const storage::Layout& layout) {
  const auto current = storage::ReadCurrentLine(layout);
  if (!current.ok() || current->takedowns_recorded) return absl::OkStatus();
  const auto lock = storage::IndexLock::Acquire(layout, "broadsheet-indexer takedown");
  if (!lock.ok()) return absl::OkStatus();
  const absl::Status upgraded = storage::UpgradeCurrent(*lock).status();
  if (upgraded.ok()) return absl::OkStatus();
  return schema::WithPrefix("done, but CURRENT does not say yet that takedowns are on record: ",
                            upgraded);
}

std::string WhatIsLost(const storage::TakedownsLoss& loss) {
  if (!loss.recorded) {
    return "how many takedowns are lost is not known, for there is no record of them";
  }
  if (loss.recorded_are_left) return "none of the takedowns on record is lost";
  const std::string recorded = Counted(*loss.recorded, "takedown") + " on record";
  if (loss.left == 0) return recorded + ": all lost";
  // Those that are left may be others.
  const uint64_t lost = *loss.recorded > loss.left ? *loss.recorded - loss.left : 1;
  return recorded + ": at least " + Count(lost) + " lost";
}

void ReportLoss(const storage::TakedownsLoss& loss, std::ostream& out) {
  const std::string left = Counted(loss.left, "takedown");
  if (loss.damage.ok()) {
    out << "there is no loss to accept: takedowns is whole and has " << left << "\n";
    return;
  }
  out << WhatIsLost(loss) << "; on record from now on: " << left << "\n";
  if (!loss.recorded_are_left) {
    out << "articles that the lost ones withdrew are seen again, until they are taken down anew\n";
  }
  for (const auto& kept : {loss.kept_lines, loss.kept_record}) {
    if (!kept.empty()) out << "what was damaged is kept as " << kept.string() << "\n";
  }
}

ExitStatus AcceptLoss(const storage::Layout& layout, const Io& io) {
  const auto loss = storage::AcceptTakedownsLoss(layout, absl::Now());
  if (!loss.ok()) return Fail(io, loss.status());
  ReportLoss(*loss, io.out);
  const absl::Status marked = MarkAsRecorded(layout);
  return marked.ok() ? kAllGood : Fail(io, marked);
}

// The published generation is built anew without them, and all others go.
absl::Status Purge(const std::string& index, const Io& io) {
  const storage::Layout layout{index};
  const std::string holder = "broadsheet-indexer takedown --purge";
  const auto rebuilt = indexing::Rebuild(layout, holder, {.cancelled = io.cancelled});
  if (!rebuilt.ok()) return rebuilt.status();
  auto lock = storage::IndexLock::Acquire(layout, holder);
  if (!lock.ok()) return lock.status();
  const auto removed = storage::Prune(*lock, /*keep=*/0);
  if (!removed.ok()) return removed.status();
  const auto left = storage::ListGenerations(layout);
  if (!left.ok()) return left.status();
  io.out << "rebuilt without them as generation " << rebuilt->ref.number << ": "
         << Counted(rebuilt->articles, "article") << "; removed "
         << Counted(removed->size(), "older generation") << "\n";
  if (left->size() == 1) return absl::OkStatus();
  return absl::FailedPreconditionError(absl::StrFormat(
      "their text is still on disk in %s that a server has open; run `broadsheet-indexer prune%s "
      "--keep 0` when it has let go",
      Counted(left->size() - 1, "older generation"), base::ShellOption("--index", index)));
}

// A purge needs the index to itself. A server that has it can do the same.
std::string WhatToDoInstead(const absl::Status& purged) {
  for (const schema::IndexFault& fault : schema::FaultsOf(purged)) {
    if (fault.reason != schema::FaultReason::kIndexLocked || fault.server.empty()) continue;
    const std::string client =
        "`broadsheet" + base::ShellOption("--server", fault.server) + " admin ";
    return "or let the server do it: " + client + "rebuild` and, two minutes later, " + client +
           "prune --keep 0`";
  }
  return "";
}

// What would happen, and nothing does.
ExitStatus TryTakedown(const std::vector<std::string>& ids, const storage::Takedowns& before,
                       const std::vector<std::string>& unknown, bool accepted, const Io& io) {
  if (!unknown.empty() && !accepted) return Fail(io, RefuseUnknown(unknown));
  const auto added =
      std::count_if(ids.begin(), ids.end(), [&](const auto& id) { return !before.Contains(id); });
  Report("would take down ", ids.size(), static_cast<size_t>(added), unknown, io.out);
  return kAllGood;
}

ExitStatus UndoTakedown(const storage::Layout& layout, const std::vector<std::string>& ids,
                        const Io& io) {
  const absl::StatusOr<size_t> undone = storage::UndoTakedowns(layout, ids, absl::Now());
  if (!undone.ok()) return Fail(io, undone.status());
  io.out << "undid " << Counted(*undone, "takedown");
  if (*undone < ids.size()) {
    const size_t others = ids.size() - *undone;
    io.out << "; " << Count(others) << (others == 1 ? " was" : " were") << " not taken down";
  }
  io.out << "\n";
  const auto takedowns = storage::Takedowns::Read(layout);
  if (!takedowns.ok()) return Fail(io, takedowns.status());
  const std::unique_ptr<storage::Snapshot> snapshot = OpenSnapshot(layout);
  const std::vector<std::string> gone = UnknownIds(snapshot.get(), **takedowns, ids);
  if (!gone.empty()) {
    io.out << "the published generation does not have " << FirstOf(gone)
           << " any more: readers see it once it is put or built again\n";
  }
  const absl::Status marked = MarkAsRecorded(layout);
  return marked.ok() ? kAllGood : Fail(io, marked);
}

ExitStatus Takedown(const TakedownFlags& flags, const Io& io) {
  const UpgradeNotice notice(flags.index, io);
  const storage::Layout layout{flags.index};
  if (flags.accept_loss) {
    const auto current = storage::ReadCurrent(layout);
    return current.ok() ? AcceptLoss(layout, io) : Fail(io, current.status());
  }
  if (flags.list) return ListTakenDown(layout, io);
  std::vector<std::string> ids = flags.ids;
  if (!flags.ids_file.empty()) {
    if (absl::Status read = ReadIds(flags.ids_file, &ids); !read.ok()) return Fail(io, read);
  }
  if (absl::Status good = CheckIds(ids); !good.ok()) return Fail(io, good);
  // No list is made where there is no index.
  if (const auto current = storage::ReadCurrent(layout); !current.ok()) {
    return Fail(io, current.status());
  }
  if (flags.undo) return UndoTakedown(layout, ids, io);
  const auto before = storage::Takedowns::Read(layout);
  if (!before.ok()) return Fail(io, before.status());
  // Before a purge, which removes what nobody has open.
  const std::vector<std::string> unknown = UnknownIds(OpenSnapshot(layout).get(), **before, ids);
  if (flags.dry_run) return TryTakedown(ids, **before, unknown, flags.unknown, io);
  if (!unknown.empty() && !flags.unknown) return Fail(io, RefuseUnknown(unknown));
  const absl::StatusOr<size_t> added = storage::AddTakedowns(layout, ids, absl::Now());
  if (!added.ok()) return Fail(io, added.status());
  Report("took down ", ids.size(), *added, unknown, io.out);
  if (absl::Status marked = MarkAsRecorded(layout); !marked.ok()) return Fail(io, marked);
  if (!flags.purge) return kAllGood;
  if (absl::Status purged = Purge(flags.index, io); !purged.ok()) {
    return Fail(io, schema::WithPrefix("taken down, but not purged from the disk: ", purged),
                WhatToDoInstead(purged));
  }
  return kAllGood;
}

}  // namespace

void AddTakedownCommand(CLI::App& app, const Io& io, ExitStatus* status) {
  auto flags = std::make_shared<TakedownFlags>();
  CLI::App* command = AddCommand(app, "takedown", "Withdraw articles for good", kTakedownHelp);
  AddIndexOption(*command, &flags->index);
  AddArguments(*command, "ID", &flags->ids, "Ids of articles, to the letter");
  command->add_option("--ids-from", flags->ids_file, "A file with one id a line")
      ->type_name("FILE");
  command->add_flag("--unknown", flags->unknown,
                    "Also take down what the index does not have, so that it never comes in");
  CLI::Option* dry_run = command->add_flag("--dry-run", flags->dry_run,
                                           "Say what would be taken down, and do nothing");
  CLI::Option* purge = command->add_flag(
      "--purge", flags->purge,
      "Remove their text from the disk, too: rebuild, and prune all other generations");
  dry_run->excludes(purge);
  command
      ->add_flag("--list", flags->list, "Print what is taken down, with the time of its takedown")
      ->excludes("ID")
      ->excludes("--ids-from")
      ->excludes(purge)
      ->excludes(dry_run);
  command->add_flag("--undo", flags->undo, "Let readers see these articles again")
      ->excludes(purge)
      ->excludes(dry_run);
  command
      ->add_flag("--accept-loss", flags->accept_loss,
                 "Go on with what is left of takedowns when lines of it are lost for good")
      ->excludes("ID")
      ->excludes("--ids-from")
      ->excludes("--purge");
  command->callback([flags, &io, status] { *status = Takedown(*flags, io); });
}

}  // namespace broadsheet::commands
