// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/rank/feedback.h"

#include <algorithm>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "engine/query/match/bm25.h"
#include "engine/schema/article_texts.h"
#include "engine/schema/field_table.h"
#include "engine/text/stop_words.h"

namespace broadsheet::query {
namespace {

// Only the most counted words are candidates, since looking up a word's frequency costs far more
// than counting it, and less counted words are never chosen: 50 candidates give the same choice as
// all words.
constexpr size_t kMostCounted = 60;

// How much of one text is read. The analyser cannot be interrupted, so the deadline holds only if
// no single article takes long. The subject of an article is clear from its beginning.
constexpr size_t kMostReadBytes = 1 << 15;

using Counts = std::unordered_map<std::string, double>;

// Adds `share` · count / length of each word of `best` to `sums`.
void AddCounts(const FeedbackArticle& best, double share, text::Analyzer& analyzer, Counts* sums) {
  Counts counts;
  double length = 0;
  for (const schema::ArticleText& one : schema::TextsOf(best.article)) {
    const schema::Field& field = schema::FieldOf(one.field);
    // Only texts of the default search count.
    if (field.weight == 0) continue;
    const std::string_view language = schema::StemLanguage(field, best.language);
    const std::string_view start = one.text.substr(0, kMostReadBytes);
    analyzer.Analyze(start, language, [&](const text::Token& token) {
      if (!token.alternative) ++length;
      if (text::IsStopWord(best.language, token.folded)) return;
      counts[std::string(token.term)] += field.weight;
    });
  }
  for (const auto& [term, count] : counts) (*sums)[term] += share * count / length;
}

// Sorts the highest first, and equals by their bytes, so that a search gives the same result each
// time.
void KeepHighest(size_t most, std::vector<FeedbackWord>* words) {
  const size_t kept = std::min(most, words->size());
  std::partial_sort(words->begin(), words->begin() + static_cast<std::ptrdiff_t>(kept),
                    words->end(), [](const FeedbackWord& a, const FeedbackWord& b) {
                      return a.weight != b.weight ? a.weight > b.weight : a.term < b.term;
                    });
  words->resize(kept);
}

}  // namespace

std::vector<FeedbackWord> ChooseFeedbackWords(const std::vector<FeedbackArticle>& best,
                                              size_t query_words, const Xapian::Database& database,
                                              text::Analyzer& analyzer, base::Deadline& deadline) {
  if (best.empty() || best.front().score <= 0) return {};
  Counts sums;
  for (const FeedbackArticle& article : best) {
    deadline.Check();
    AddCounts(article, article.score / best.front().score, analyzer, &sums);
  }
  std::vector<FeedbackWord> counted;
  counted.reserve(sums.size());
  for (const auto& [term, sum] : sums) counted.push_back({.term = term, .weight = sum});
  KeepHighest(kMostCounted, &counted);

  const double articles = database.get_doccount();
  std::vector<FeedbackWord> chosen;
  for (FeedbackWord& word : counted) {
    deadline.Poll();
    const double with = database.get_termfreq(word.term);
    if (with < 2 || with > kMostArticles * articles) continue;
    word.weight *= Idf(with, articles);
    chosen.push_back(std::move(word));
  }
  KeepHighest(kFeedbackWords, &chosen);
  double sum = 0;
  for (const FeedbackWord& word : chosen) sum += word.weight;
  for (FeedbackWord& word : chosen) {
    word.weight *= kFeedbackWeight * static_cast<double>(query_words) / sum *
                   Idf(database.get_termfreq(word.term), articles);
  }
  return chosen;
}

FeedbackScorer::FeedbackScorer(const std::vector<FeedbackWord>& words, uint64_t token_seed)
    : counts_(words.size()) {
  for (const FeedbackWord& word : words) {
    words_.Add(storage::HashTerm(word.term, token_seed), static_cast<uint32_t>(weights_.size()));
    weights_.push_back(word.weight);
  }
}

double FeedbackScorer::Score(storage::TokenRun run) {
  std::fill(counts_.begin(), counts_.end(), 0);
  const uint32_t length = FindWords(run, words_, [this](uint32_t word, const RunPlace& place) {
    counts_[word] += place.field_weight;
  });
  const double norm = schema::LengthNorm(length);
  double score = 0;
  for (size_t i = 0; i < weights_.size(); ++i) {
    if (counts_[i] > 0) score += weights_[i] * Saturation(counts_[i], norm);
  }
  return score;
}

}  // namespace broadsheet::query
