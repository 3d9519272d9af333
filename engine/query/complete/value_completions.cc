// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/complete/value_completions.h"

#include <algorithm>
#include <memory>
#include <tuple>
#include <utility>

#include "engine/query/compile/spellings.h"
#include "engine/schema/terms.h"
#include "engine/storage/columns/article_columns.h"
#include "engine/storage/columns/columns.h"

namespace broadsheet::query {
namespace {

using storage::ValueWord;

// Values that are looked at for one that is offered, with a filter.
constexpr size_t kValuesForOne = 40;

// The values that were found, each by its folded form, with the fewest edits of its words.
class BestValues {
 public:
  explicit BestValues(const ValueSearch& search)
      : search_(search),
        values_(search.context.snapshot.generation().columns().values()),
        index_(search.context.snapshot.generation().columns().Index()) {}

  const storage::ValueIndex& index() const { return *index_; }

  void AddBase(const ValueWord& word, int edits) {
    found_.push_back({.folded = {}, .number = word.number, .edits = edits});
  }
  void AddLive(std::string_view folded, int edits) {
    const storage::ValueRange base = values_.Find(search_.field, folded);
    if (base.size() > 0) {
      found_.push_back({.folded = {}, .number = base.begin, .edits = edits});
    } else {
      found_.push_back({.folded = folded, .number = kNotInBase, .edits = edits});
    }
  }

  std::vector<OfferedValue> Take(size_t most) {
    CountEachOnce();
    const size_t looked_at =
        std::min(found_.size(), search_.filtered != nullptr ? most * kValuesForOne : most);
    std::partial_sort(found_.begin(), found_.begin() + static_cast<ptrdiff_t>(looked_at),
                      found_.end(), Before);
    std::vector<OfferedValue> taken;
    for (size_t i = 0; i < looked_at && taken.size() < most; ++i) {
      const Candidate& candidate = found_[i];
      if (search_.filtered != nullptr && !PassesFilter(candidate)) continue;
      taken.push_back({.field = search_.field,
                       .value = SpellingOf(candidate),
                       .count = candidate.count,
                       .edits = candidate.edits});
    }
    return taken;
  }

 private:
  static constexpr uint32_t kNotInBase = UINT32_MAX;
  struct Candidate {
    std::string_view folded;  // only where base has not the value
    uint32_t number = kNotInBase;
    int edits = 0;
    uint64_t count = 0;
  };

  // Most frequent first, the fewer edits the better; then in order.
  static bool Before(const Candidate& a, const Candidate& b) {
    if (a.edits != b.edits) return a.edits < b.edits;
    if (a.count != b.count) return a.count > b.count;
    return std::tie(a.number, a.folded) < std::tie(b.number, b.folded);
  }

  // A value of which several words begin so is found more than once.
  void CountEachOnce() {
    const auto key = [](const Candidate& candidate) {
      return std::tie(candidate.number, candidate.folded, candidate.edits);
    };
    std::sort(found_.begin(), found_.end(),
              [&](const Candidate& a, const Candidate& b) { return key(a) < key(b); });
    const auto same = [](const Candidate& a, const Candidate& b) {
      return a.number == b.number && a.folded == b.folded;
    };
    found_.erase(std::unique(found_.begin(), found_.end(), same), found_.end());
    for (Candidate& candidate : found_) candidate.count = CountOf(candidate);
    std::erase_if(found_, [](const Candidate& candidate) { return candidate.count == 0; });
  }

  // Whether an article that passes the filter has the value.
  bool PassesFilter(const Candidate& candidate) const {
    const std::vector<bool>& values = search_.filtered->values;
    const auto term = [&] { return schema::ValueTerm(search_.field, FoldedOf(candidate)); };
    if (values.empty()) return search_.allowed.HaveTerm(term());
    for (uint32_t number = candidate.number; number < values.size();) {
      if (values[number]) return true;
      if (!values_.IsFurtherSpelling(++number)) break;
    }
    return LiveOf(candidate) != nullptr && search_.allowed.HaveLiveTerm(term());
  }

  uint64_t CountOf(const Candidate& candidate) const {
    uint64_t count = 0;
    if (candidate.number != kNotInBase) {
      count = search_.vocabulary.ArticlesOfBase(values_, *index_, candidate.number);
    }
    if (const LiveSpellings* live = LiveOf(candidate)) {
      for (const auto& [spelling, articles] : *live) count += articles;
    }
    return count;
  }

  std::string_view FoldedOf(const Candidate& candidate) const {
    return candidate.number == kNotInBase ? candidate.folded : values_.At(candidate.number).folded;
  }

  const LiveSpellings* LiveOf(const Candidate& candidate) const {
    const auto& all = search_.vocabulary.live_values();
    if (all.empty()) return nullptr;
    const auto live = all.find(storage::EncodeValue(
        {.field = search_.field, .folded = FoldedOf(candidate), .spelling = {}}));
    return live == all.end() ? nullptr : &live->second;
  }

  std::string SpellingOf(const Candidate& candidate) const {
    LiveSpellings spellings;
    if (const LiveSpellings* live = LiveOf(candidate)) spellings = *live;
    for (uint32_t number = candidate.number; number < values_.count();) {
      const uint64_t articles = search_.vocabulary.ArticlesOfSpelling(*index_, number);
      if (articles > 0) spellings[std::string(values_.At(number).spelling)] += articles;
      if (!values_.IsFurtherSpelling(++number)) break;
    }
    // Of equal counts the first in order.
    const auto best =
        std::max_element(spellings.begin(), spellings.end(),
                         [](const auto& a, const auto& b) { return a.second < b.second; });
    return best == spellings.end() ? "" : best->first;
  }

  const ValueSearch& search_;
  const storage::ValueTable& values_;
  const std::shared_ptr<const storage::ValueIndex> index_;
  std::vector<Candidate> found_;
};

// The words of live's values of the field, in order: the text from the word on, and the value.
using LiveWords = std::vector<std::pair<std::string_view, std::string_view>>;

LiveWords WordsOfLive(const ValueSearch& search) {
  LiveWords words;
  const std::string first(1, static_cast<char>(search.field));
  const auto& all = search.vocabulary.live_values();
  for (auto at = all.lower_bound(first); at != all.end() && at->first.front() == first.front();
       ++at) {
    const std::string_view folded = storage::DecodeValue(at->first).folded;
    for (const size_t begin : storage::WordBegins(folded)) {
      words.emplace_back(folded.substr(begin), folded);
    }
  }
  std::sort(words.begin(), words.end());
  return words;
}

}  // namespace

std::vector<OfferedValue> ValuesWithPrefix(const ValueSearch& search, const std::string& prefix,
                                           size_t most) {
  BestValues best(search);
  for (const ValueWord& word : best.index().WordsWith(search.field, prefix)) {
    best.AddBase(word, 0);
  }
  for (const auto& [text, value] : WordsOfLive(search)) {
    if (text.starts_with(prefix)) best.AddLive(value, 0);
  }
  return best.Take(most);
}

std::vector<OfferedValue> ValuesNear(const ValueSearch& search, const std::string& typed,
                                     int most_edits, size_t right_letters, size_t most) {
  BestValues best(search);
  const NearRequest request{
      .typed = CodePoints(typed), .what = NearWhat::kBeginning, .most_edits = most_edits};
  const std::string right(FirstLetters(typed, right_letters));
  const auto words = best.index().WordsWith(search.field, right);
  NearTexts base(
      request, [&](uint32_t place) { return best.index().TextFrom(words[place]); },
      [&](uint32_t begin, uint32_t end, int edits) {
        for (uint32_t place = begin; place < end && edits > 0; ++place) {
          best.AddBase(words[place], edits);
        }
      });
  base.Run(0, static_cast<uint32_t>(words.size()), right_letters, right.size());
  LiveWords live = WordsOfLive(search);
  std::erase_if(live, [&](const auto& word) { return !word.first.starts_with(right); });
  NearTexts written(
      request, [&](uint32_t place) { return live[place].first; },
      [&](uint32_t begin, uint32_t end, int edits) {
        for (uint32_t place = begin; place < end && edits > 0; ++place) {
          best.AddLive(live[place].second, edits);
        }
      });
  written.Run(0, static_cast<uint32_t>(live.size()), right_letters, right.size());
  return best.Take(most);
}

}  // namespace broadsheet::query
