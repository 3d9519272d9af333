// SPDX-License-Identifier: GPL-3.0-or-later
// broadsheet-indexer generations: what an index keeps.
#include "engine/storage/generations.h"

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_format.h"
#include "absl/time/time.h"
#include "engine/storage/current.h"
#include "indexer/commands/command.h"
#include "indexer/commands/figures.h"

namespace broadsheet::commands {
namespace {

constexpr const char* kGenerationsHelp =
    "Lists the generations of the index, oldest first; * marks the published one.\n";

void PrintRow(const storage::GenerationInfo& info, std::ostream& out) {
  out << absl::StrFormat("%s %6d  ", info.current ? "*" : " ", info.number);
  if (!info.state.ok()) {
    const bool unfinished = absl::IsNotFound(info.state);
    out << (unfinished ? "being built, or left by a build that never finished"
                       : std::string(info.state.message()))
        << "\n";
    return;
  }
  out << absl::StrFormat(
      "%s  %14s  %7s\n",
      absl::FormatTime("%Y-%m-%d %H:%M:%S UTC", info.manifest.built, absl::UTCTimeZone()),
      Counted(info.manifest.articles, "article"), Bytes(info.bytes_on_disk));
}

ExitStatus Generations(const std::string& index, const Io& io) {
  const storage::Layout layout{index};
  const absl::StatusOr<std::vector<storage::GenerationInfo>> infos =
      storage::ListGenerations(layout);
  if (!infos.ok()) return Fail(io, infos.status());
  // With generations but no CURRENT there is still something to list.
  const absl::StatusOr<storage::GenerationRef> current = storage::ReadCurrent(layout);
  if (!current.ok() && infos->empty()) return Fail(io, current.status());
  for (const storage::GenerationInfo& info : *infos) PrintRow(info, io.out);
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
