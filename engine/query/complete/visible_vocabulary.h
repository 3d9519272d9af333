// SPDX-License-Identifier: GPL-3.0-or-later
// What readers may see of the words, values and headlines of one state of the index: base less what
// is barred or withheld, and live, which has no lists of its own.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "broadsheet/v1/article.pb.h"
#include "engine/query/aggregate/matched_documents.h"
#include "engine/query/aggregate/timeline.h"
#include "engine/query/compile/filters.h"
#include "engine/query/match/match_context.h"
#include "engine/storage/columns/value_index.h"
#include "engine/storage/vocabulary/vocabulary.h"
#include "engine/text/analyzer.h"

namespace broadsheet::query {

// Of one value (by its folded form) in live: in how many articles each spelling is.
using LiveSpellings = std::map<std::string, uint64_t, std::less<>>;

// Of the visible articles those that pass a filter.
struct FilteredArticles {
  MatchedDocuments documents;
  // By the number of a value of base: whether one of these documents has it in this spelling. Empty
  // where they are so many that it is quicker to look for the value among them.
  std::vector<bool> values = {};
};

// Not thread-safe: a searcher keeps one from request to request, since most of it stays the same.
// Everything but Update() is about the state that Update() was last called for.
class VisibleVocabulary {
 public:
  // Brings it up to date. Where nothing has changed this costs nothing; after a commit it reads
  // what was written since, and adds live's articles up anew. DATA_LOSS when live is damaged;
  // throws what Xapian and the deadline throw.
  absl::Status Update(MatchContext& context, text::Analyzer& analyzer, absl::Time now);
  // The same without live's values, headlines and words, which may not be asked for then: for
  // searches, which nobody asked to read all of live.
  void UpdateBase(MatchContext& context, absl::Time now);

  const MatchedDocuments& visible() const { return *visible_; }
  // Kept for the last filters, since who types asks at each key. The result is valid until the next
  // call. Throws what Xapian and the deadline throw.
  const FilteredArticles& Filtered(MatchContext& context, const Filter& filter);
  // How many visible articles there are in each period. Kept like the last filters, since a
  // timeline is drawn for search after search. Valid until the next call. Errors and throws as
  // TallyPeriods().
  absl::StatusOr<const PeriodTally*> Periods(MatchContext& context, Interval interval,
                                             const absl::TimeZone& zone);
  // How many articles of base readers may not see.
  uint64_t hidden_of_base() const { return hidden_of_base_; }

  // How many visible articles have the value that starts at `number` in base, in all spellings.
  uint64_t ArticlesOfBase(const storage::ValueTable& values, const storage::ValueIndex& index,
                          uint32_t number) const;
  // The same of one spelling.
  uint64_t ArticlesOfSpelling(const storage::ValueIndex& index, uint32_t number) const;

  // By EncodeValue() without a spelling.
  const std::map<std::string, LiveSpellings, std::less<>>& live_values() const {
    return live_values_;
  }
  // Docids of live by folded headline.
  const std::multimap<std::string, uint32_t, std::less<>>& live_headlines() const {
    return live_headlines_;
  }
  // By storage::EncodeWord(): in how many articles of live the word stands in what Update() reads
  // of them, which is all but the body.
  const std::map<std::string, uint64_t, std::less<>>& live_words() const { return live_words_; }

 private:
  // What was read of an article of live, once: a replaced one may keep its docid.
  struct LiveArticle {
    size_t card_hash = 0;
    std::vector<std::string> values;  // EncodeValue()
    std::string headline;             // folded
    std::vector<std::string> words;   // EncodeWord(), each once
  };

  absl::Status ReadLive(MatchContext& context, text::Analyzer& analyzer);
  // `known` is what was read of this document before, null when nothing was.
  absl::Status ReadLiveArticle(MatchContext& context, text::Analyzer& analyzer, uint32_t docid,
                               LiveArticle* known);
  void CountValues(MatchContext& context);
  void AddUpLive(MatchContext& context);

  std::string identity_;  // of the state that visible_ is about
  absl::Time valid_from_ = absl::InfiniteFuture();
  absl::Time valid_until_ = absl::InfinitePast();
  bool has_live_ = false;  // whether what is below of live is about the same state
  std::optional<MatchedDocuments> visible_;
  struct Periodical {
    Interval interval;
    absl::TimeZone zone;
    PeriodTally tally;
  };

  // The last asked for first.
  std::deque<std::pair<Filter, FilteredArticles>> filtered_;
  std::deque<Periodical> periods_;
  uint64_t hidden_of_base_ = 0;
  // By the number of a value: how many articles of base have it, of the hidden or of the visible
  // ones, whichever are fewer.
  std::unordered_map<uint32_t, uint32_t> counted_values_;
  bool counts_visible_ = false;
  std::map<uint32_t, LiveArticle> live_;  // by docid
  std::map<std::string, LiveSpellings, std::less<>> live_values_;
  std::multimap<std::string, uint32_t, std::less<>> live_headlines_;
  std::map<std::string, uint64_t, std::less<>> live_words_;
};

}  // namespace broadsheet::query
