// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/aggregate/facet_counts.h"

#include <algorithm>
#include <numeric>
#include <span>
#include <unordered_map>
#include <utility>

#include "engine/query/aggregate/live_columns.h"

namespace broadsheet::query {

using storage::FieldValue;
using storage::ValueRange;

absl::Status FacetCounter::Count(const std::vector<schema::FieldId>& fields) {
  for (const schema::FieldId field : fields) {
    FieldCounts& counts = fields_.emplace_back();
    counts.field = field;
    counts.range = values().WithPrefix(field, "");
    counts.counts.resize(counts.range.size());
  }
  std::sort(fields_.begin(), fields_.end(), [](const FieldCounts& a, const FieldCounts& b) {
    return a.range.begin < b.range.begin;
  });
  CountBase();
  return CountLive();
}

void FacetCounter::CountBase() {
  const storage::ValueRows& rows = context_.snapshot.generation().columns().rows();
  matched_.base.ForEach(context_.deadline, [&](uint32_t docid) {
    const std::span<const uint32_t> numbers = rows.NumbersOf(docid);
    auto number = numbers.begin();
    // Both ascend.
    for (FieldCounts& counts : fields_) {
      while (number != numbers.end() && *number < counts.range.begin) ++number;
      if (number == numbers.end()) return;
      if (*number >= counts.range.end) continue;
      ++counts.articles;
      for (; number != numbers.end() && counts.range.Has(*number); ++number) {
        ++counts.counts[*number - counts.range.begin];
      }
    }
  });
}

absl::Status FacetCounter::CountLive() {
  return ForEachOfLive(context_, matched_.live, [this](const storage::ArticleColumns& columns) {
    for (FieldCounts& counts : fields_) {
      bool any = false;
      for (const std::string& bytes : columns.values) {
        const FieldValue value = storage::DecodeValue(bytes);
        if (value.field != counts.field || value.folded.empty()) continue;
        ++counts.live[std::string(value.folded)][std::string(value.spelling)];
        any = true;
      }
      if (any) ++counts.articles;
    }
  });
}

std::vector<FacetCounter::Candidate> FacetCounter::CandidatesOf(const FieldCounts& counts,
                                                                std::string_view prefix) {
  std::vector<Candidate> candidates;
  // By the first number of a value of base, what live adds to it.
  std::unordered_map<uint32_t, Candidate> also_live;
  for (auto at = counts.live.lower_bound(prefix);
       at != counts.live.end() && std::string_view(at->first).starts_with(prefix); ++at) {
    Candidate candidate{.base = values().Find(counts.field, at->first), .folded = at->first};
    for (const auto& [spelling, count] : at->second) candidate.count += count;
    if (candidate.base.size() == 0) {
      candidates.push_back(candidate);
    } else {
      also_live[candidate.base.begin] = candidate;
    }
  }
  const ValueRange range = values().WithPrefix(counts.field, prefix);
  for (uint32_t begin = range.begin; begin < range.end;) {
    if (begin % 1024 == 0) context_.deadline.Check();
    Candidate candidate;
    uint32_t end = begin;
    do {
      candidate.count += counts.counts[end - counts.range.begin];
    } while (++end < range.end && values().IsFurtherSpelling(end));
    candidate.base = {.begin = begin, .end = end};
    if (const auto live = also_live.find(begin); live != also_live.end()) {
      candidate.folded = live->second.folded;
      candidate.count += live->second.count;
    }
    if (candidate.count > 0) candidates.push_back(candidate);
    begin = end;
  }
  return candidates;
}

bool FacetCounter::Before(const Candidate& a, const Candidate& b) const {
  // Numbers of base are in the order of values.
  if (a.base.size() > 0 && b.base.size() > 0) return a.base.begin < b.base.begin;
  const auto folded = [this](const Candidate& candidate) {
    return candidate.base.size() > 0 ? values().At(candidate.base.begin).folded : candidate.folded;
  };
  return folded(a) < folded(b);
}

std::string FacetCounter::SpellingOf(const FieldCounts& counts, const Candidate& candidate) const {
  Spellings spellings;
  if (const auto live = counts.live.find(candidate.folded); live != counts.live.end()) {
    spellings = live->second;
  }
  for (uint32_t number = candidate.base.begin; number < candidate.base.end; ++number) {
    const uint32_t count = counts.counts[number - counts.range.begin];
    if (count > 0) spellings[std::string(values().At(number).spelling)] += count;
  }
  // Of equal counts the first in order.
  const auto most =
      std::max_element(spellings.begin(), spellings.end(),
                       [](const auto& a, const auto& b) { return a.second < b.second; });
  return most == spellings.end() ? "" : most->first;
}

const FacetCounter::FieldCounts& FacetCounter::CountsOf(schema::FieldId field) const {
  return *std::find_if(fields_.begin(), fields_.end(),
                       [&](const FieldCounts& counted) { return counted.field == field; });
}

uint64_t FacetCounter::CountOf(schema::FieldId field, std::string_view folded) const {
  const FieldCounts& counts = CountsOf(field);
  uint64_t count = 0;
  const ValueRange base = values().Find(field, folded);
  for (uint32_t number = base.begin; number < base.end; ++number) {
    count += counts.counts[number - counts.range.begin];
  }
  if (const auto live = counts.live.find(folded); live != counts.live.end()) {
    for (const auto& [spelling, articles] : live->second) count += articles;
  }
  return count;
}

FacetValues FacetCounter::Select(const FacetSelection& selection) {
  const FieldCounts& counts = CountsOf(selection.field);
  std::vector<Candidate> candidates = CandidatesOf(counts, selection.prefix);
  FacetValues selected{
      .values = {}, .distinct = candidates.size(), .without = matched_.Count() - counts.articles};
  const size_t kept = std::min(selection.limit, candidates.size());
  std::partial_sort(candidates.begin(), candidates.begin() + static_cast<ptrdiff_t>(kept),
                    candidates.end(), [&](const Candidate& a, const Candidate& b) {
                      if (!selection.by_value && a.count != b.count) return a.count > b.count;
                      return Before(a, b);
                    });
  candidates.resize(kept);
  for (const Candidate& candidate : candidates) {
    selected.values.push_back({.value = SpellingOf(counts, candidate), .count = candidate.count});
  }
  return selected;
}

}  // namespace broadsheet::query
