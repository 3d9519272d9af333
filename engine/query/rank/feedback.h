// SPDX-License-Identifier: GPL-3.0-or-later
// Adds a small score for words of the best hits: an article that shares words with the three best
// ones is probably about the same subject, even if it uses other words than the query ("pseudo
// relevance feedback": Lavrenko and Croft, "Relevance-Based Language Models", 2001).
//
//   1. Count the words of the default search in the best kFeedbackArticles. A word counts by its
//      field's weight, divided by the article's length, times the article's score as a share of the
//      best score.
//   2. Leave out stop words, and words of a single article or of more than kMostArticles of all.
//      Keep the kFeedbackWords with the highest count · idf, with weights that add up to
//      kFeedbackWeight times the number of words in the query.
//   3. Each kept word adds its weight · idf · Saturation(occurrences) to an article's score.
//
// base/ has no term lists, so the best articles are read and analysed (docs/decisions/0001). Only
// hits that are re-scored gain: a second match over all articles found nothing more.
#pragma once

#include <xapian.h>
#include <cstdint>
#include <string>
#include <vector>

#include "broadsheet/v1/article.pb.h"
#include "engine/base/call_control.h"
#include "engine/query/positions/hashed_words.h"
#include "engine/storage/base/token_run.h"
#include "engine/text/analyzer.h"

namespace broadsheet::query {

// Found by measurement (docs/relevance.md).
inline constexpr size_t kFeedbackArticles = 3;
inline constexpr size_t kFeedbackWords = 15;
inline constexpr double kFeedbackWeight = 0.3;
inline constexpr double kMostArticles = 0.15;

struct FeedbackArticle {
  v1::Article article;
  std::string language;  // that its texts are analysed in (schema::AnalysisLanguage)
  double score = 0;
};

struct FeedbackWord {
  std::string term;
  double weight = 0;  // idf included
};

// `best` is sorted, best first; `query_words` is the number of words in the query. Throws Xapian's
// exceptions and DeadlineError.
std::vector<FeedbackWord> ChooseFeedbackWords(const std::vector<FeedbackArticle>& best,
                                              size_t query_words, const Xapian::Database& database,
                                              text::Analyzer& analyzer, base::Deadline& deadline);

// Not thread-safe: keeps scratch memory.
class FeedbackScorer {
 public:
  FeedbackScorer(const std::vector<FeedbackWord>& words, uint64_t token_seed);

  // 0 or greater.
  double Score(storage::TokenRun run);

 private:
  HashedWords words_;
  std::vector<double> weights_;
  std::vector<int> counts_;  // occurrences times field weight
};

}  // namespace broadsheet::query
