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
#include "indexer/sources/json/json_string.h"

namespace broadsheet::commands {
namespace {

constexpr const char* kGenerationsHelp =
    "Lists the generations of the index, oldest first, with what each takes on disk; * marks the\n"
    "published one. `stats --generation N` says more of one, `verify --generation N` checks it.\n"
    "\n"
    "  broadsheet-indexer generations --index /srv/news --json | jq '.generations[].number'\n";

struct GenerationsFlags {
  std::string index;
  bool json = false;
};

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

std::string JsonOf(const storage::GenerationInfo& info, const storage::Layout& layout) {
  std::string json =
      absl::StrFormat("{\"number\":%d,\"published\":%s,\"bytesOnDisk\":%d", info.number,
                      info.current ? "true" : "false", info.bytes_on_disk);
  if (!info.problem.ok()) {
    const bool unfinished = info.state == storage::GenerationState::kUnfinished;
    json += absl::StrFormat(",\"unfinished\":%s,\"problem\":%s", unfinished ? "true" : "false",
                            sources::JsonString(WithRemedy(info.problem)));
    return json + "}";
  }
  json += absl::StrFormat(
      ",\"built\":\"%s\",\"buildId\":\"%s\",\"articles\":%d",
      absl::FormatTime("%Y-%m-%dT%H:%M:%SZ", info.manifest.built, absl::UTCTimeZone()),
      info.manifest.ref.build_id, info.manifest.articles);
  if (storage::LiveExists(layout.generation(info.number))) {
    const auto generation = storage::Generation::Open(layout.generation(info.number));
    const auto live = generation.ok() ? storage::CountLive(*generation)
                                      : absl::StatusOr<storage::LiveCounts>(generation.status());
    json += live.ok() ? absl::StrFormat(",\"writes\":%d", live->total())
                      : ",\"problem\":" + sources::JsonString(WithRemedy(live.status()));
  }
  return json + "}";
}

void PrintJson(const std::vector<storage::GenerationInfo>& infos, const storage::Layout& layout,
               std::ostream& out) {
  out << "{\"generations\":[";
  for (size_t i = 0; i < infos.size(); ++i) out << (i == 0 ? "" : ",") << JsonOf(infos[i], layout);
  out << "]";
  std::error_code error;
  const std::filesystem::space_info disk = std::filesystem::space(layout.root(), error);
  if (!error) out << ",\"freeBytes\":" << disk.available;
  out << "}\n";
}

ExitStatus Generations(const GenerationsFlags& flags, const Io& io) {
  const storage::Layout layout{flags.index};
  const absl::StatusOr<std::vector<storage::GenerationInfo>> infos =
      storage::ListGenerations(layout);
  if (!infos.ok()) return Fail(io, infos.status());
  // With generations but no CURRENT there is still something to list.
  const absl::StatusOr<storage::GenerationRef> current = storage::ReadCurrent(layout);
  if (!current.ok() && infos->empty()) return Fail(io, current.status());
  if (flags.json) {
    PrintJson(*infos, layout, io.out);
  } else {
    for (const storage::GenerationInfo& info : *infos) PrintRow(info, layout, io.out);
    PrintDisk(*infos, flags.index, io.out);
  }
  return current.ok() ? kAllGood : Fail(io, current.status());
}

}  // namespace

void AddGenerationsCommand(CLI::App& app, const Io& io, ExitStatus* status) {
  auto flags = std::make_shared<GenerationsFlags>();
  CLI::App* command =
      AddCommand(app, "generations", "List the generations of an index", kGenerationsHelp);
  AddIndexOption(*command, &flags->index);
  command->add_flag("--json", flags->json, "Print JSON");
  command->callback([flags, &io, status] { *status = Generations(*flags, io); });
}

}  // namespace broadsheet::commands
