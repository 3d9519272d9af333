// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/html/titles/headline.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "indexer/sources/html/titles/headline_candidates.h"

namespace broadsheet::sources::html {
namespace {

// From this likeness on an h1 is told to be like what is stated.
constexpr double kAlike = 0.3;

std::vector<const char*> StatementsOf(const HeadlineCandidate& candidate) {
  std::vector<const char*> names;
  if (candidate.Has(HeadlineSign::kJsonLd)) names.push_back("JSON-LD");
  if (candidate.Has(HeadlineSign::kOpenGraph)) names.push_back("Open Graph");
  if (candidate.Has(HeadlineSign::kTitleElement)) names.push_back("title element");
  if (names.empty() && candidate.Has(HeadlineSign::kListing)) names.push_back("other metadata");
  return names;
}

// Why `candidate` is the headline, for a person to read.
std::string DescribeChoice(const HeadlineCandidate& candidate) {
  const std::vector<const char*> statements = StatementsOf(candidate);
  std::string place;
  if (candidate.is_part) {
    place = "part of the h1";
  } else if (candidate.Has(HeadlineSign::kHeading)) {
    place = candidate.Has(HeadlineSign::kWithoutKicker) ? "h1 without its kicker" : "h1";
  } else if (candidate.lower != kNoNode) {
    place = "lower heading";
  }
  if (!place.empty() && !statements.empty()) {
    return absl::StrCat(place, ", as in ", absl::StrJoin(statements, ", "));
  }
  if (!place.empty()) {
    const double likeness = candidate.signs[static_cast<size_t>(HeadlineSign::kLikeness)];
    const bool lower = candidate.lower != kNoNode;
    if (lower) return "lower heading that starts like a stated title";
    return absl::StrCat(place, likeness >= kAlike ? " most like the stated titles" : "");
  }
  return absl::StrCat(absl::StrJoin(statements, " and "), statements.size() > 1 ? " agree" : "");
}

// The h1 most like `candidate`, which no h1 has. Where JSON-LD and Open Graph agree, any h1 is the
// headline in other words.
NodeId MostLike(const HeadlineCandidate& candidate, const Headings& headings) {
  double best_likeness = candidate.Has(HeadlineSign::kAgreement) ? -1 : 0;
  NodeId node = kNoNode;
  for (const Heading& heading : headings.first()) {
    const double likeness = Likeness(heading.whole.text, candidate.title.text);
    if (likeness > best_likeness) {
      best_likeness = likeness;
      node = heading.node;
    }
  }
  return node;
}

// Where the headline stands: a lower heading stands below an h1 that a title confirms.
NodeId NodeOf(const HeadlineCandidate& candidate, const HeadlineCandidates& candidates) {
  if (candidate.heading != kNoNode) return candidate.heading;
  if (candidate.lower == kNoNode) return MostLike(candidate, candidates.headings);
  for (const HeadlineCandidate& other : candidates.all) {
    if (other.Has(HeadlineSign::kHeading) && !StatementsOf(other).empty()) return other.heading;
  }
  return candidate.lower;
}

Choice<Headline> FirstLowerHeading(const Tree& tree) {
  for (NodeId at = 0; at < tree.size(); ++at) {
    if (tree.tag(at) != Tag::kH2) continue;
    std::string text = tree.TextBelow(at);
    // It may stand below the text, so that it does not say where the article begins.
    if (!text.empty()) return {{.text = std::move(text)}, "first h2"};
  }
  return {};
}

}  // namespace

Choice<Headline> FindHeadline(const Tree& tree, const Metadata& json_ld, const Metadata& meta,
                              const Metadata& microdata) {
  const HeadlineCandidates candidates = FindHeadlineCandidates(tree, json_ld, meta, microdata);
  std::vector<std::pair<double, const HeadlineCandidate*>> ranked;
  for (const HeadlineCandidate& candidate : candidates.all) {
    ranked.emplace_back(HeadlineScore(candidate.signs), &candidate);
  }
  if (ranked.empty()) return FirstLowerHeading(tree);
  std::stable_sort(ranked.begin(), ranked.end(),
                   [](const auto& a, const auto& b) { return a.first > b.first; });
  const HeadlineCandidate& best = *ranked.front().second;
  Choice<Headline> choice = {{.text = best.title.text, .node = NodeOf(best, candidates)},
                             DescribeChoice(best)};
  for (const auto& [score, candidate] : ranked) {
    if (choice.considered.size() == kMaxConsidered) break;
    choice.considered.push_back(
        {.score = score, .signs = DescribeSigns(candidate->signs), .value = candidate->title.text});
  }
  return choice;
}

}  // namespace broadsheet::sources::html
