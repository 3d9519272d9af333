// SPDX-License-Identifier: GPL-3.0-or-later
// broadsheet-indexer verify: proof that a generation is whole.
#include "engine/storage/check/verify.h"

#include <filesystem>
#include <memory>
#include <string>

#include "absl/time/clock.h"
#include "engine/storage/base/generation.h"
#include "engine/storage/index/manifest.h"
#include "engine/storage/index/takedowns.h"
#include "engine/storage/live/live_counts.h"
#include "indexer/commands/shared/command.h"
#include "indexer/commands/shared/figures.h"
#include "indexer/commands/shared/generation_option.h"
#include "indexer/commands/shared/write_policy_option.h"

namespace broadsheet::commands {
namespace {

constexpr const char* kVerifyHelp =
    "Checks the published generation, or the one of --generation: every file against its "
    "checksum,\n"
    "the database's own structure, and a sample of articles from id to text; and that no line of\n"
    "takedowns is lost. Lists every fault.\n";

// In an index from before.
constexpr const char* kNotRecorded =
    "its takedowns are not on record yet: that lines of them are lost would not be noticed; the "
    "next command that writes to the index puts them on record";

struct VerifyFlags {
  std::string index;
  // 0 = the published one; numbers start at 1.
  uint64_t generation = 0;
};

ExitStatus Verify(const VerifyFlags& flags, const Io& io) {
  const absl::Time started = absl::Now();
  const absl::StatusOr<std::filesystem::path> folder =
      GenerationFolder(storage::Layout{flags.index}, flags.generation);
  if (!folder.ok()) return Fail(io, folder.status());
  // Takedowns belong to the index, so their fault is named whatever else is wrong.
  const auto takedowns = storage::Takedowns::Read(storage::Layout{flags.index});
  if (!takedowns.ok()) Fail(io, takedowns.status());
  const absl::StatusOr<storage::Manifest> manifest = storage::ReadManifest(*folder);
  if (!manifest.ok()) return Fail(io, manifest.status());
  storage::VerifyOptions options;
  options.cancelled = io.cancelled;
  const absl::Status whole = storage::VerifyGeneration(*folder, options);
  if (!whole.ok()) return Fail(io, whole);
  if (!takedowns.ok()) return kFailed;
  const auto generation = storage::Generation::Open(*folder);
  if (!generation.ok()) return Fail(io, generation.status());
  const absl::StatusOr<storage::LiveCounts> live = storage::CountLive(*generation);
  if (!live.ok()) return Fail(io, live.status());
  io.out << "generation " << manifest->ref.number
         << " is whole: " << Counted(manifest->articles, "article") << ", "
         << Counted(manifest->files.size(), "file") << ", " << Bytes(manifest->IndexBytes())
         << WrittenSince(*live) << ", checked in " << Elapsed(absl::Now() - started) << "\n";
  if (!(*takedowns)->recorded()) io.out << kNotRecorded << "\n";
  return kAllGood;
}

}  // namespace

void AddVerifyCommand(CLI::App& app, const Io& io, ExitStatus* status) {
  auto flags = std::make_shared<VerifyFlags>();
  CLI::App* command = AddCommand(app, "verify", "Check that a generation is whole", kVerifyHelp);
  AddIndexOption(*command, &flags->index);
  AddGenerationOption(*command, &flags->generation);
  command->callback([flags, &io, status] { *status = Verify(*flags, io); });
}

}  // namespace broadsheet::commands
