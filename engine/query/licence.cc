// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/licence.h"

#include <xxhash.h>

#include <algorithm>

#include "absl/status/status.h"
#include "absl/strings/str_format.h"
#include "engine/query/aggregate/matched_documents.h"

namespace broadsheet::query {
namespace {

constexpr size_t kGenerationsKept = 2;

}  // namespace

absl::StatusOr<std::shared_ptr<const Licence>> Licence::Make(
    const std::map<std::string, std::vector<std::string>>& values) {
  Filter filter;
  std::string written;
  for (const auto& [name, any_of] : values) {
    const schema::Field* field = schema::FindField(name);
    if (field == nullptr || !field->facet || any_of.empty()) {
      return absl::InvalidArgumentError(
          absl::StrFormat("a licence cannot be for values of \"%s\"", name));
    }
    filter.values.push_back({.field = field->id, .any_of = any_of});
    absl::StrAppendFormat(&written, "%d of field %d:", any_of.size(), static_cast<int>(field->id));
    // With lengths, so that no value can pass for two.
    for (const std::string& value : any_of) {
      absl::StrAppendFormat(&written, " %d %s", value.size(), value);
    }
  }
  if (filter.values.empty()) return absl::InvalidArgumentError("a licence for nothing");
  // Short, since it becomes a part of the keys of kept answers.
  const XXH128_hash_t hash = XXH3_128bits(written.data(), written.size());
  return std::shared_ptr<const Licence>(
      new Licence(std::move(filter), absl::StrFormat("%016x%016x", hash.high64, hash.low64)));
}

storage::PermittedDocuments Licence::DocumentsOf(MatchContext& context) const {
  const storage::Snapshot& snapshot = context.snapshot;
  const Xapian::Query licensed = CompileFilter(context, filter_);
  const std::string& build_id = snapshot.generation().manifest().ref.build_id;
  BaseDocuments base = FindKept(build_id);
  if (base == nullptr) {
    // Whatever is superseded, since that changes, and is asked for besides.
    storage::DocumentSet found(snapshot.base().get_lastdocid());
    CollectFrom(context, snapshot.base(), licensed, &found);
    base = std::make_shared<const storage::DocumentSet>(std::move(found));
    Keep(build_id, base);
  }
  storage::DocumentSet live(snapshot.has_live() ? snapshot.live().get_lastdocid() : 0);
  if (snapshot.has_live()) CollectFrom(context, snapshot.live(), licensed, &live);
  return {.base = std::move(base), .live = std::move(live)};
}

Licence::BaseDocuments Licence::FindKept(const std::string& build_id) const {
  base::MutexLock lock(mutex_);
  const auto found = std::find_if(kept_.begin(), kept_.end(),
                                  [&](const auto& kept) { return kept.first == build_id; });
  return found == kept_.end() ? nullptr : found->second;
}

void Licence::Keep(const std::string& build_id, BaseDocuments base) const {
  base::MutexLock lock(mutex_);
  kept_.emplace_front(build_id, std::move(base));
  if (kept_.size() > kGenerationsKept) kept_.pop_back();
}

}  // namespace broadsheet::query
