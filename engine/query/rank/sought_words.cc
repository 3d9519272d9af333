// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/rank/sought_words.h"

#include <algorithm>
#include <map>
#include <string>
#include <utility>

#include "engine/schema/field_table.h"
#include "engine/schema/term_weight.h"

namespace broadsheet::query {
namespace {

using storage::CodeKind;
using storage::KindOf;
using storage::kPayloadMask;

// What a word counts for a text that it covers in another form than the typed one.
constexpr double kOtherFormShare = 0.25;

// Walks one run.
class RunReader {
 public:
  RunReader(const std::vector<SoughtWords::Word>& words, const weights::HashedWords& hashes,
            const weights::WordRarity& rarity, storage::RunForms& forms, RunWords* found)
      : words_(words), hashes_(hashes), rarity_(rarity), forms_(forms), found_(*found) {
    found_.occurrences.clear();
    found_.texts.clear();
    found_.typed.assign(words.size(), 0);
    covered_.resize(words.size());
  }

  // `sought` finds the words in the run.
  void Read(const storage::TokenRun& run, const WordCodes& sought) {
    size_t mark = NextFieldMark(run.codes, 0);
    while (mark < run.size()) {
      const size_t end = NextFieldMark(run.codes, mark + 1);
      StartText(weights::TableFieldOf(run[mark]));
      if (weight_ > 0) {
        if (text_ != nullptr) {
          ReadWhole(run, mark + 1, end);
        } else {
          ReadSought(run, mark + 1, end, sought);
        }
      }
      mark = end;
    }
    found_.length_norm = schema::LengthNorm(length_);
  }

 private:
  // What a word has counted for the last text that has it.
  struct Covered {
    uint32_t stretch = 0;
    double share = 0;
  };

  void StartText(const schema::Field& field) {
    ++stretch_;
    weight_ = field.weight;
    text_ = nullptr;
    if (field.cover == 0) return;
    text_ = &found_.texts.emplace_back();
    text_->cover = field.cover;
  }

  // A text that a query may cover: each of its words matters.
  void ReadWhole(const storage::TokenRun& run, size_t begin, size_t end) {
    for (size_t at = begin; at < end; ++at) {
      if (!storage::StartsWord(run[at])) continue;
      ++length_;
      TakeWord(forms_.At(at));
    }
  }

  // A text of which only the sought words matter, and how many words it has.
  void ReadSought(const storage::TokenRun& run, size_t begin, size_t end, const WordCodes& sought) {
    const Codes text = run.codes.first(end);
    size_t counted = begin;
    for (size_t at = sought.Find(text, begin); at != kNoCode; at = sought.Find(text, at + 1)) {
      length_ += static_cast<uint32_t>(CountWords(text.subspan(counted, at + 1 - counted)));
      counted = at + 1;
      TakeWord(forms_.At(at));
    }
    length_ += static_cast<uint32_t>(CountWords(text.subspan(counted)));
  }

  // The word at position length_.
  void TakeWord(storage::WordForms forms) {
    for (size_t at = 0; at < forms.size(); ++at) {
      if (KindOf(forms[at]) == CodeKind::kExact) continue;
      const uint32_t hash = forms[at] & kPayloadMask;
      const auto found = hashes_.Find(hash);
      // An alternative stands at the place of the word before it.
      if (found.empty() && text_ != nullptr && KindOf(forms[at]) == CodeKind::kWord) {
        text_->rest += rarity_.IdfOf(hash);
      }
      for (const auto& [same_hash, word] : found) {
        if (!IsHere(word)) {
          found_.occurrences.push_back({.word = word, .position = length_, .stretch = stretch_});
        }
        const bool typed = words_[word].typed == storage::WrittenForm(forms, at);
        if (typed) found_.typed[word] += weight_;
        if (text_ != nullptr) Cover(word, typed ? 1 : kOtherFormShare);
      }
    }
  }

  // Whether the word was found at this position before: covid* is both forms of COVID-19.
  bool IsHere(uint32_t word) const {
    for (size_t i = found_.occurrences.size(); i-- > 0;) {
      const FoundWord& before = found_.occurrences[i];
      if (before.position != length_) return false;
      if (before.word == word) return true;
    }
    return false;
  }

  // A word counts once for a text, by the best of its forms there.
  void Cover(uint32_t word, double share) {
    Covered& covered = covered_[word];
    if (covered.stretch != stretch_) covered = {.stretch = stretch_};
    if (share <= covered.share) return;
    text_->matched += (share - covered.share) * words_[word].weight;
    covered.share = share;
  }

  const std::vector<SoughtWords::Word>& words_;
  const weights::HashedWords& hashes_;
  const weights::WordRarity& rarity_;
  storage::RunForms& forms_;  // of the run
  RunWords& found_;
  std::vector<Covered> covered_;  // for each word
  CoverableText* text_ = nullptr;
  uint32_t stretch_ = 0;
  uint32_t length_ = 0;
  int weight_ = 0;
};

// A word with any of the terms.
WordPattern AnyOf(const std::vector<RankedWord>& words, uint64_t token_seed) {
  WordPattern any;
  for (const RankedWord& word : words) {
    if (!word.default_search) continue;
    for (const std::string& term : word.terms) {
      any.terms.push_back(storage::HashTerm(term, token_seed));
    }
  }
  return any;
}

}  // namespace

SoughtWords::SoughtWords(const std::vector<RankedWord>& words, double articles, uint64_t token_seed)
    : codes_(AnyOf(words, token_seed)) {
  std::map<std::vector<std::string>, uint32_t> numbers;
  std::vector<std::pair<size_t, uint32_t>> places;
  for (const RankedWord& word : words) {
    if (!word.default_search) continue;
    const auto number = static_cast<uint32_t>(words_.size());
    const auto [known, is_new] = numbers.emplace(word.terms, number);
    for (const size_t place : word.places) places.emplace_back(place, known->second);
    if (!is_new) continue;
    Word& added = words_.emplace_back();
    added.idf = IdfOf(word, articles);
    added.weight = added.idf * WeightOfRepeats(word.places.size());
    if (!word.typed.empty()) added.typed = storage::HashTerm(word.typed, token_seed);
    for (const std::string& term : word.terms) {
      hashes_.Add(storage::HashTerm(term, token_seed), number);
    }
  }
  // The parts of a compound have one place.
  std::stable_sort(places.begin(), places.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  for (const auto& [place, number] : places) in_order_.push_back(number);
}

void SoughtWords::FindIn(const storage::TokenRun& run, const weights::WordRarity& rarity,
                         RunWords* found) {
  codes_.Enter(run);
  forms_.Enter(run);
  RunReader(words_, hashes_, rarity, forms_, found).Read(run, codes_);
}

}  // namespace broadsheet::query
