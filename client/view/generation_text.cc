// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/view/generation_text.h"

#include <string_view>

#include "absl/strings/str_format.h"
#include "absl/time/time.h"
#include "client/view/remedy.h"
#include "client/view/terminal.h"

namespace broadsheet::client {
namespace {

std::string Count(int count, std::string_view thing) {
  return absl::StrFormat("%d %s%s", count, std::string(thing), count == 1 ? "" : "s");
}

std::string_view StateName(v1::Generation::State state) {
  switch (state) {
    case v1::Generation::STATE_PUBLISHED:
      return "published";
    case v1::Generation::STATE_READY:
      return "ready";
    default:
      return "unusable";
  }
}

std::string_view PhaseName(v1::OperationProgress::Phase phase) {
  switch (phase) {
    case v1::OperationProgress::PHASE_READ:
      return "reading";
    case v1::OperationProgress::PHASE_SORT:
      return "ordering";
    case v1::OperationProgress::PHASE_ANALYSE:
      return "analysing";
    case v1::OperationProgress::PHASE_COMPACT:
      return "compacting";
    case v1::OperationProgress::PHASE_VERIFY:
      return "verifying";
    case v1::OperationProgress::PHASE_PUBLISH:
      return "publishing";
    default:
      return "starting";
  }
}

std::string_view KindName(v1::Operation::Kind kind) {
  switch (kind) {
    case v1::Operation::KIND_REBUILD:
      return "rebuild";
    case v1::Operation::KIND_PUBLISH:
      return "publish";
    case v1::Operation::KIND_PRUNE:
      return "prune";
    default:
      return "operation";
  }
}

std::string BuiltText(const v1::Operation& operation, std::string_view publish) {
  std::string text = absl::StrFormat("generation %d, %s", operation.generation_number(),
                                     Count(operation.article_count(), "article"));
  if (!operation.published()) {
    // Without, the command would fail on an index that has been written to.
    return text + absl::StrFormat(", not published: %s %d --keep-writes", std::string(publish),
                                  operation.generation_number());
  }
  text += ", published";
  if (operation.carried_writes() > 0) {
    text += ", with " + Count(operation.carried_writes(), "write") + " made meanwhile";
  }
  if (operation.has_write_pause()) {
    const absl::Duration pause = absl::Seconds(operation.write_pause().seconds()) +
                                 absl::Nanoseconds(operation.write_pause().nanos());
    text += absl::StrFormat("; writes waited %d ms", absl::ToInt64Milliseconds(pause));
  }
  return text;
}

std::string StateText(const v1::Operation& operation, std::string_view publish) {
  switch (operation.state()) {
    case v1::Operation::STATE_SUCCEEDED:
      return operation.kind() == v1::Operation::KIND_PRUNE ? "done" : BuiltText(operation, publish);
    case v1::Operation::STATE_FAILED:
      return "failed: " + WithRemedy(operation.error());
    case v1::Operation::STATE_CANCELLED:
      return "cancelled; the published generation is as it was";
    default:
      return ProgressText(operation.progress());
  }
}

}  // namespace

std::string GenerationList(const v1::ListGenerationsResponse& response) {
  std::string list;
  for (const v1::Generation& generation : response.generations()) {
    // What is unusable may have no more columns.
    const int width = generation.has_built_time() ? 9 : 0;
    absl::StrAppendFormat(&list, "%6d  %-*s", generation.number(), width,
                          std::string(StateName(generation.state())));
    if (generation.has_built_time()) {
      absl::StrAppendFormat(
          &list, "  built %s UTC, %s",
          absl::FormatTime("%Y-%m-%d %H:%M",
                           absl::FromUnixSeconds(generation.built_time().seconds()),
                           absl::UTCTimeZone()),
          Count(generation.article_count(), "article"));
    }
    if (generation.live_writes() > 0) {
      list += ", " + Count(generation.live_writes(), "write") + " since";
    }
    absl::StrAppendFormat(&list, ", %.1f MB", static_cast<double>(generation.size_bytes()) / 1e6);
    if (!generation.problem().empty()) list += ": " + Sanitized(generation.problem());
    list += '\n';
  }
  return list;
}

std::string PublishedText(const v1::Generation& published, int discarded_writes) {
  std::string text;
  if (discarded_writes > 0) text = "discarded " + Count(discarded_writes, "write") + "\n";
  return text + absl::StrFormat("published generation %d: %s\n", published.number(),
                                Count(published.article_count(), "article"));
}

std::string PrunedText(const v1::PruneGenerationsResponse& response) {
  if (response.removed().empty()) return "nothing to remove\n";
  std::string text;
  for (const int32_t number : response.removed()) {
    absl::StrAppendFormat(&text, "removed generation %d\n", number);
  }
  return text;
}

std::string OperationText(const v1::Operation& operation, std::string_view publish) {
  return absl::StrFormat("%s %s: %s\n", std::string(KindName(operation.kind())), operation.id(),
                         StateText(operation, publish));
}

std::string ProgressText(const v1::OperationProgress& progress) {
  std::string text(PhaseName(progress.phase()));
  if (progress.total() > 0 && progress.done() > 0) {
    absl::StrAppendFormat(&text, ", %d of %s", progress.done(), Count(progress.total(), "article"));
  } else if (progress.done() > 0) {
    text += ", " + Count(progress.done(), "article");
  }
  return text;
}

}  // namespace broadsheet::client
