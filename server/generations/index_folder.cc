// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/generations/index_folder.h"

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "engine/schema/index_fault.h"
#include "engine/storage/base/generation.h"
#include "engine/storage/check/base_check.h"
#include "engine/storage/index/current.h"
#include "engine/storage/live/article_counter.h"

namespace broadsheet::server {
namespace {

absl::Status CheckBase(const storage::Generation& generation, const storage::Layout& layout,
                       const std::function<bool()>& stop) {
  const absl::StatusOr<std::vector<std::string>> faults = storage::CheckBase(
      generation.folder(), generation.manifest(), storage::FileCheck::kContents, stop);
  if (!faults.ok()) return faults.status();
  if (faults->empty()) return absl::OkStatus();
  return schema::FaultError(
      absl::StatusCode::kDataLoss,
      {.reason = schema::FaultReason::kGenerationDamaged, .index = layout.root().string()},
      absl::StrFormat("generation %d is damaged: %s", generation.manifest().ref.number,
                      absl::StrJoin(*faults, "; ")));
}

}  // namespace

absl::StatusOr<storage::GenerationRef> IndexFolder::Published() {
  return storage::ReadCurrent(layout_);
}

absl::StatusOr<std::shared_ptr<const ServedGeneration>> IndexFolder::Open() {
  auto opened = storage::Generation::OpenCurrent(layout_);
  if (!opened.ok()) return opened.status();
  std::shared_ptr<const storage::Generation> generation = *std::move(opened);
  auto served = std::make_shared<ServedGeneration>();
  served->manifest = generation->manifest();
  served->open_searcher = [generation, limits = limits_, ranking = ranking_, answers = answers_,
                           synonyms = synonyms_](std::shared_ptr<const query::Licence> licence) {
    return query::Searcher::Open(generation, limits, ranking, answers, synonyms,
                                 std::move(licence));
  };
  served->check_base = [generation, layout = layout_](const std::function<bool()>& stop) {
    return CheckBase(*generation, layout, stop);
  };
  served->count_articles = [counter = std::make_shared<storage::ArticleCounter>(generation)](
                               absl::Time now) { return counter->Count(now); };
  served->answer_figures = [answers = answers_] { return answers->figures(); };
  return served;
}

absl::Status IndexFolder::CheckTakedowns() {
  TakedownsCheck check{.stamp = storage::ReadTakedownsStamp(layout_),
                       .current = base::ReadFileStamp(layout_.current()),
                       .result = absl::OkStatus()};
  const bool same =
      checked_ && checked_->stamp == check.stamp && checked_->current == check.current;
  // What could not be read may be readable now all the same.
  if (same && checked_->result.ok()) return absl::OkStatus();
  check.result = storage::Takedowns::Read(layout_).status();
  checked_ = std::move(check);
  return checked_->result;
}

}  // namespace broadsheet::server
