// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/build/written_generation.h"

#include "absl/strings/str_format.h"
#include "engine/storage/guard.h"

namespace broadsheet::build {
namespace {

constexpr int kMaxFruitlessReads = 100;

}  // namespace

absl::Status ReadWhileWritten(
    const std::shared_ptr<const storage::Generation>& generation,
    absl::FunctionRef<absl::Status(const storage::Snapshot&, uint32_t& position)> read) {
  const std::string attempt =
      absl::StrFormat("cannot read what is stored in %s", generation->folder().string());
  uint32_t position = 0;
  int fruitless = 0;
  std::unique_ptr<storage::Snapshot> snapshot;
  while (true) {
    const uint32_t before = position;
    auto newer = storage::Snapshot::Open(generation, snapshot.get());
    absl::Status status = newer.status();
    if (newer.ok()) {
      snapshot = *std::move(newer);
      status = storage::Guard(attempt, [&] { return read(*snapshot, position); });
    }
    if (!absl::IsAborted(status)) return status;
    fruitless = position == before ? fruitless + 1 : 0;
    if (fruitless == kMaxFruitlessReads) return status;
  }
}

}  // namespace broadsheet::build
