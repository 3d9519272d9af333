// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/indexing/publish/written_generation.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "absl/strings/str_format.h"
#include "engine/xapian/guard.h"

namespace broadsheet::indexing {
namespace {

constexpr int kMaxFruitlessReads = 100;

// Adds the articles of live/ after docid `last`. The newer state of an article that is written
// meanwhile has a higher docid; an article that is not written keeps its docid.
absl::Status AddPuts(const storage::Snapshot& snapshot, uint32_t& last,
                     absl::FunctionRef<absl::Status(v1::Article&&)> on_article,
                     std::vector<storage::WrittenId>& written) {
  if (!snapshot.has_live()) return absl::OkStatus();
  const Xapian::Database& live = snapshot.live();
  auto docid = live.postlist_begin("");
  docid.skip_to(last + 1);
  for (; docid != live.postlist_end(""); ++docid) {
    const storage::DocRef doc{.segment = storage::Segment::kLive, .docid = *docid};
    // Leaves out articles that were taken down.
    if (snapshot.IsSuperseded(doc)) continue;
    auto article = snapshot.ReadArticle(doc);
    if (!article.ok()) return article.status();
    written.push_back({.id = article->id()});
    if (absl::Status taken = on_article(*std::move(article)); !taken.ok()) return taken;
    last = *docid;
  }
  return absl::OkStatus();
}

// Keeps the first entry of each id, which is the newest.
void DropRepeated(std::vector<storage::WrittenId>& written) {
  std::stable_sort(written.begin(), written.end(),
                   [](const auto& a, const auto& b) { return a.id < b.id; });
  const auto same = [](const auto& a, const auto& b) { return a.id == b.id; };
  written.erase(std::unique(written.begin(), written.end(), same), written.end());
}

}  // namespace

absl::Status ReadWhileWritten(
    const std::shared_ptr<const storage::Generation>& generation,
    std::unique_ptr<storage::Snapshot>& state,
    absl::FunctionRef<absl::Status(const storage::Snapshot&, uint32_t& position)> read) {
  const std::string attempt =
      absl::StrFormat("cannot read what is stored in %s", generation->folder().string());
  uint32_t position = 0;
  int fruitless = 0;
  while (true) {
    const uint32_t before = position;
    auto newer = storage::Snapshot::Open(generation, state.get());
    absl::Status status = newer.status();
    if (newer.ok()) {
      state = *std::move(newer);
      status = xapian::Guard(attempt, [&] { return read(*state, position); });
      status = state->AsOvertaken(status);
    }
    if (!absl::IsAborted(status)) return status;
    fruitless = position == before ? fruitless + 1 : 0;
    if (fruitless == kMaxFruitlessReads) return status;
  }
}

absl::Status ReadWhileWritten(
    const std::shared_ptr<const storage::Generation>& generation,
    absl::FunctionRef<absl::Status(const storage::Snapshot&, uint32_t& position)> read) {
  std::unique_ptr<storage::Snapshot> state;
  return ReadWhileWritten(generation, state, read);
}

absl::StatusOr<std::vector<storage::WrittenId>> ReadWrittenIds(
    const std::shared_ptr<const storage::Generation>& generation,
    absl::FunctionRef<absl::Status(v1::Article&&)> on_article) {
  std::vector<storage::WrittenId> written;
  absl::Status read = ReadWhileWritten(
      generation, [&](const storage::Snapshot& snapshot, uint32_t& last) -> absl::Status {
        absl::Status puts = AddPuts(snapshot, last, on_article, written);
        if (!puts.ok()) return puts;
        for (const storage::Deletion& deletion : snapshot.ReadDeletions()) {
          written.push_back({.id = deletion.id, .deleted_version = deletion.version});
        }
        return absl::OkStatus();
      });
  if (!read.ok()) return read;
  auto folded = storage::ReadFoldedWrites(generation->folder() / storage::kBaseName);
  if (!folded.ok()) return folded.status();
  std::move(folded->begin(), folded->end(), std::back_inserter(written));
  DropRepeated(written);
  return written;
}

absl::StatusOr<std::vector<storage::WrittenId>> ReadWrittenIds(
    const std::shared_ptr<const storage::Generation>& generation) {
  return ReadWrittenIds(generation, [](v1::Article&&) { return absl::OkStatus(); });
}

}  // namespace broadsheet::indexing
