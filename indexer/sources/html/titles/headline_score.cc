// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/html/titles/headline_score.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

namespace broadsheet::sources::html {
namespace {

struct SignWeight {
  HeadlineSign sign;
  double weight;
  const char* name;
};

// Round numbers. bench/headline_weights fits such ones, and says how well they hold on publishers
// that they were not fitted to; docs/decisions/0014-headlines-by-weight.md has its table.
constexpr std::array<SignWeight, kHeadlineSigns> kSignWeights = {{
    {HeadlineSign::kHeading, 5, "h1"},
    {HeadlineSign::kWithoutKicker, 1, "without its kicker"},
    {HeadlineSign::kLowerHeading, 10, "lower heading"},
    {HeadlineSign::kJsonLd, 4, "JSON-LD"},
    {HeadlineSign::kOpenGraph, 3, "Open Graph"},
    {HeadlineSign::kAgreement, 4, "both agree"},
    {HeadlineSign::kTitleElement, 1, "title element"},
    {HeadlineSign::kListing, 1, "listing"},
    {HeadlineSign::kLikeness, 2, "likeness"},
    {HeadlineSign::kShort, -7, "short"},
    {HeadlineSign::kName, -6, "names site or section"},
}};

}  // namespace

double HeadlineScore(const HeadlineSigns& signs) {
  double score = 0;
  for (const SignWeight& weight : kSignWeights) {
    score += weight.weight * signs[static_cast<size_t>(weight.sign)];
  }
  return score;
}

std::string DescribeSigns(const HeadlineSigns& signs) {
  std::string line;
  for (const SignWeight& weight : kSignWeights) {
    const double value = signs[static_cast<size_t>(weight.sign)];
    if (value == 0) continue;
    absl::StrAppend(&line, line.empty() ? "" : ", ", weight.name);
    if (weight.sign == HeadlineSign::kLikeness) absl::StrAppendFormat(&line, " %.2f", value);
  }
  return line.empty() ? "nothing" : line;
}

}  // namespace broadsheet::sources::html
