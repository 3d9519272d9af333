// SPDX-License-Identifier: GPL-3.0-or-later
// broadsheet-indexer generations: what an index keeps.
#include "engine/storage/index/generations.h"

#include <filesystem>
#include <memory>
#include <string>
#include <system_error>
#include <vector>

#include "absl/strings/str_format.h"
#include "absl/time/time.h"
#include "engine/storage/base/generation.h"
#include "engine/storage/index/current.h"
#include "engine/storage/live/live_counts.h"
#include "engine/storage/live/live_stamp.h"
#include "indexer/commands/shared/command.h"
#include "indexer/commands/shared/figures.h"
#include "indexer/commands/shared/remedy.h"
#include "indexer/commands/shared/write_policy_option.h"

namespace broadsheet::commands {
namespace {

constexpr const char* kGenerationsHelp =
    "Lists the generations of the index, oldest first, with what each takes on disk; * marks the\n"
    "published one. `stats --generation N` says more of one, `verify --generation N` checks it.\n";

// What was written to a generation since it was built; "" when nothing was.
std::string Written(const std::filesystem::path& folder) {
  if (!storage::LiveExists(folder)) return "";
  const auto generation = storage::Generation::Open(folder);
  if (!generation.ok()) return ", " + WithRemedy(generation.status());
  const absl::StatusOr<storage::LiveCounts> live = storage::CountLive(*generation);
  return live.ok() ? WrittenSince(*live) : ", " + WithRemedy(live.status());
}

void PrintRow(const storage::GenerationInfo& info, const storage::Layout& layout,
              std::ostream& out) {
  out << absl::StrFormat("%s %6d  ", info.current ? "*" : " ", info.number);
  if (!info.problem.ok()) {
    const bool unfinished = info.state == storage::GenerationState::kUnfinished;
    out << (unfinished ? "being built, or left by a build that never finished"
                       : WithRemedy(info.problem))
        << ", " << Bytes(info.bytes_on_disk) << "\n";
    return;
  }
  out << absl::StrFormat(
      "%s  %14s  %7s%s\n",
      absl::FormatTime("%Y-%m-%d %H:%M:%S UTC", info.manifest.built, absl::UTCTimeZone()),
      Counted(info.manifest.articles, "article"), Bytes(info.bytes_on_disk),
      Written(layout.generation(info.number)));
}

void PrintDisk(const std::vector<storage::GenerationInfo>& infos, const std::string& index,
               std::ostream& out) {
  uint64_t bytes = 0;
  for (const storage::GenerationInfo& info : infos) bytes += info.bytes_on_disk;
  out << "in all " << Bytes(bytes);
  std::error_code error;
  const std::filesystem::space_info disk = std::filesystem::space(index, error);
  if (!error) out << "; " << Bytes(disk.available) << " are free on its disk";
  out << "\n";
}

ExitStatus Generations(const std::string& index, const Io& io) {
  const storage::Layout layout{index};
  const absl::StatusOr<std::vector<storage::GenerationInfo>> infos =
      storage::ListGenerations(layout);
  if (!infos.ok()) return Fail(io, infos.status());
  // With generations but no CURRENT there is still something to list.
  const absl::StatusOr<storage::GenerationRef> current = storage::ReadCurrent(layout);
  if (!current.ok() && infos->empty()) return Fail(io, current.status());
  for (const storage::GenerationInfo& info : *infos) PrintRow(info, layout, io.out);
  PrintDisk(*infos, index, io.out);
  return current.ok() ? kAllGood : Fail(io, current.status());
}

}  // namespace

void AddGenerationsCommand(CLI::App& app, const Io& io, ExitStatus* status) {
  auto index = std::make_shared<std::string>();
  CLI::App* command =
      AddCommand(app, "generations", "List the generations of an index", kGenerationsHelp);
  AddIndexOption(*command, index.get());
  command->callback([index, &io, status] { *status = Generations(*index, io); });
}

}  // namespace broadsheet::commands
