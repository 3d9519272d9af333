// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/aggregate/significant_values.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "engine/query/aggregate/facet_counts.h"
#include "engine/text/fold.h"

namespace broadsheet::query {
namespace {

constexpr uint64_t kLeastArticles = 3;
// Of each field, the most frequent ones among the matching articles.
constexpr size_t kMostValuesWeighed = 2000;

std::vector<schema::FieldId> TellingFields() {
  std::vector<schema::FieldId> fields;
  for (const schema::Field& field : schema::Fields()) {
    if (field.telling) fields.push_back(field.id);
  }
  return fields;
}

}  // namespace

absl::StatusOr<std::vector<SignificantOccurrence>> FindSignificantValues(
    MatchContext& context, const MatchedDocuments& matched, const MatchedDocuments& visible,
    size_t most) {
  const std::vector<schema::FieldId> fields = TellingFields();
  FacetCounter here(context, matched);
  FacetCounter everywhere(context, visible);
  absl::Status status = here.Count(fields);
  if (status.ok()) status = everywhere.Count(fields);
  if (!status.ok()) return status;
  const auto matching = static_cast<double>(std::max<uint64_t>(matched.Count(), 1));
  const auto articles = static_cast<double>(std::max<uint64_t>(visible.Count(), 1));
  std::vector<SignificantOccurrence> found;
  for (const schema::FieldId field : fields) {
    for (ValueOccurrence& value :
         here.Select({.field = field, .limit = kMostValuesWeighed}).values) {
      if (value.count < kLeastArticles) break;
      const uint64_t all = everywhere.CountOf(field, text::FoldValue(value.value));
      const double share = static_cast<double>(value.count) / matching;
      const double share_of_all = static_cast<double>(std::max(all, value.count)) / articles;
      if (share <= share_of_all) continue;
      found.push_back({.field = field,
                       .value = std::move(value.value),
                       .count = value.count,
                       .all = all,
                       .score = (share - share_of_all) * (share / share_of_all)});
    }
  }
  const size_t kept = std::min(most, found.size());
  std::partial_sort(found.begin(), found.begin() + static_cast<ptrdiff_t>(kept), found.end(),
                    [](const SignificantOccurrence& a, const SignificantOccurrence& b) {
                      return std::tie(b.score, a.field, a.value) <
                             std::tie(a.score, b.field, b.value);
                    });
  found.resize(kept);
  return found;
}

}  // namespace broadsheet::query
