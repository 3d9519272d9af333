// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/complete/word_completions.h"

#include <algorithm>
#include <set>
#include <utility>

#include "engine/query/compile/spellings.h"
#include "engine/schema/terms.h"
#include "engine/storage/vocabulary/word_list.h"

namespace broadsheet::query {
namespace {

// Words that are checked for one that is offered: with a filter, or where much is withheld, most of
// the popular ones may have to be passed over.
constexpr size_t kWordsForOne = 40;

// A word of base by its place, or one of live.
struct WordCandidate {
  int edits = 0;
  uint64_t popularity = 0;
  uint32_t place = 0;
  const std::string* live = nullptr;  // storage::EncodeWord()

  bool operator<(const WordCandidate& other) const {
    if (edits != other.edits) return edits > other.edits;
    if (popularity != other.popularity) return popularity < other.popularity;
    return place > other.place;
  }
};

// Takes candidates from the best on, and checks each only then.
class BestWords {
 public:
  explicit BestWords(const WordSearch& search)
      : search_(search), list_(search.context.snapshot.generation().vocabulary().words()) {}

  void AddBase(uint32_t begin, uint32_t end, int edits) {
    for (uint32_t place = begin; place < end; ++place) {
      if (place % 4096 == 0) search_.context.deadline.Check();
      candidates_.push_back(
          {.edits = edits, .popularity = list_.ArticlesAt(place), .place = place});
    }
  }
  void AddLive(const std::string& word, uint64_t articles, int edits) {
    candidates_.push_back({.edits = edits, .popularity = articles, .place = 0, .live = &word});
  }

  std::vector<OfferedWord> Take(size_t most) {
    std::vector<OfferedWord> found;
    std::make_heap(candidates_.begin(), candidates_.end());
    size_t checks = most * kWordsForOne;
    while (found.size() < most && !candidates_.empty() && checks-- > 0) {
      std::pop_heap(candidates_.begin(), candidates_.end());
      const WordCandidate candidate = candidates_.back();
      candidates_.pop_back();
      const storage::ListedWord word = candidate.live != nullptr
                                           ? storage::DecodeWord(*candidate.live)
                                           : list_.At(candidate.place);
      if (word.folded.empty() || seen_.contains(word.folded)) continue;
      if (!IsOffered(candidate, word)) continue;
      seen_.emplace(word.folded);
      found.push_back({.folded = std::string(word.folded),
                       .written = std::string(word.written),
                       .popularity = candidate.popularity,
                       .edits = candidate.edits});
    }
    return found;
  }

 private:
  bool IsOffered(const WordCandidate& candidate, const storage::ListedWord& word) {
    if (!search_.filtered && !search_.field) {
      // What is in live was read from visible articles; what is in more articles of base than are
      // hidden is in a visible one.
      if (candidate.live != nullptr) return true;
      if (candidate.popularity > search_.vocabulary.hidden_of_base()) return true;
    }
    return search_.allowed.Write(
        {.written = std::string(word.written),
         .terms = TermsOf(search_, word.written),
         .segment = candidate.live != nullptr ? storage::Segment::kLive : storage::Segment::kBase,
         .articles = candidate.popularity});
  }

  const WordSearch& search_;
  const storage::WordList& list_;
  std::vector<WordCandidate> candidates_;
  std::set<std::string, std::less<>> seen_;
};

}  // namespace

std::vector<std::string> TermsOf(const WordSearch& search, std::string_view word) {
  std::vector<std::string> languages;
  const bool stemmed = !search.field || schema::FieldOf(*search.field).stemmed;
  if (stemmed) languages = search.context.snapshot.generation().manifest().QueryLanguages();
  const std::vector<text::QueryWord> words = text::AnalyzeQuery(search.analyzer, word, languages);
  if (words.empty()) return {};
  std::vector<std::string> terms = words.front().terms;
  if (!search.field || schema::FieldOf(*search.field).prefix.empty()) return terms;
  for (std::string& term : terms) term = schema::FieldTerm(*search.field, term);
  return terms;
}

std::vector<OfferedWord> WordsWithPrefix(const WordSearch& search, const std::string& prefix,
                                         size_t most) {
  const storage::WordList& list = search.context.snapshot.generation().vocabulary().words();
  BestWords best(search);
  const storage::WordRange range = list.WithPrefix(prefix);
  best.AddBase(range.begin, range.end, 0);
  const auto& live = search.vocabulary.live_words();
  for (auto at = live.lower_bound(prefix);
       at != live.end() && std::string_view(at->first).starts_with(prefix); ++at) {
    best.AddLive(at->first, at->second, 0);
  }
  return best.Take(most);
}

std::vector<OfferedWord> WordsNear(const WordSearch& search, const NearWords& near, size_t most) {
  const storage::WordList& list = search.context.snapshot.generation().vocabulary().words();
  const NearRequest request{
      .typed = CodePoints(near.typed), .what = near.what, .most_edits = near.most_edits};
  const std::string_view right = FirstLetters(near.typed, near.right_letters);
  BestWords best(search);
  const storage::WordRange range = list.WithPrefix(right);
  NearTexts base(
      request, [&](uint32_t place) { return list.At(place).folded; },
      [&](uint32_t begin, uint32_t end, int edits) {
        if (edits > 0) best.AddBase(begin, end, edits);
      });
  base.Run(range.begin, range.end, near.right_letters, right.size());
  std::vector<std::pair<const std::string*, uint64_t>> words;
  if (search.with_live) {
    const auto& live = search.vocabulary.live_words();
    for (auto at = live.lower_bound(right);
         at != live.end() && std::string_view(at->first).starts_with(right); ++at) {
      words.emplace_back(&at->first, at->second);
    }
  }
  NearTexts written(
      request, [&](uint32_t place) { return storage::DecodeWord(*words[place].first).folded; },
      [&](uint32_t begin, uint32_t end, int edits) {
        for (uint32_t i = begin; i < end && edits > 0; ++i) {
          best.AddLive(*words[i].first, words[i].second, edits);
        }
      });
  written.Run(0, static_cast<uint32_t>(words.size()), near.right_letters, right.size());
  return best.Take(most);
}

}  // namespace broadsheet::query
