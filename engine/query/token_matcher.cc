// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/token_matcher.h"

#include <algorithm>

namespace broadsheet::query {
namespace {

using storage::CodeKind;
using storage::KindOf;
using storage::MakeCode;
using storage::MarkKind;
using storage::TokenRun;

bool IsFieldMark(uint32_t code) {
  return KindOf(code) == CodeKind::kMark && storage::MarkKindOf(code) == MarkKind::kField;
}

bool Contains(const std::vector<uint32_t>& sorted, uint32_t value) {
  // Nearly all words stand for one term or two.
  if (sorted.size() <= 8) return std::find(sorted.begin(), sorted.end(), value) != sorted.end();
  return std::binary_search(sorted.begin(), sorted.end(), value);
}

constexpr size_t kNone = static_cast<size_t>(-1);

// The word code of the position after the one at `at`, or kNone where the field ends.
size_t NextWord(TokenRun run, size_t at) {
  for (size_t i = at + 1; i < run.size(); ++i) {
    if (KindOf(run[i]) == CodeKind::kWord) return i;
    if (IsFieldMark(run[i])) return kNone;
  }
  return kNone;
}

FieldMask FieldAt(TokenRun run, size_t at) {
  while (!IsFieldMark(run[at])) {
    if (at == 0) return 0;
    --at;
  }
  return MaskOf(storage::FieldOfMark(run[at]));
}

}  // namespace

bool TokenMatcher::Word::AcceptsTerm(uint32_t code) const { return Contains(codes, code); }
bool TokenMatcher::Word::AcceptsExact(uint32_t payload) const { return Contains(exact, payload); }

TokenMatcher::TokenMatcher(const TokenConstraint& constraint)
    : fields_(constraint.fields), distance_(constraint.distance), ordered_(constraint.ordered) {
  for (const std::vector<PhrasePattern>& alternatives : constraint.operands) {
    Operand operand;
    size_t longest = 0;
    for (const PhrasePattern& pattern : alternatives) {
      Phrase phrase{.words = {}, .slop = pattern.slop};
      for (const WordPattern& word : pattern.words) {
        Word codes{.codes = {}, .exact = word.exact};
        for (const uint32_t hash : word.terms) {
          codes.codes.push_back(MakeCode(CodeKind::kWord, hash));
          codes.codes.push_back(MakeCode(CodeKind::kAlternative, hash));
        }
        std::sort(codes.codes.begin(), codes.codes.end());
        std::sort(codes.exact.begin(), codes.exact.end());
        phrase.words.push_back(std::move(codes));
      }
      longest = std::max(longest, phrase.words.size());
      operand.push_back(std::move(phrase));
    }
    most_words_ += static_cast<uint32_t>(longest);
    operands_.push_back(std::move(operand));
  }
  plain_phrase_ = operands_.size() == 1 && operands_[0].size() == 1 && operands_[0][0].slop == 0 &&
                  !operands_[0][0].words.empty();
  places_.resize(operands_.size());
}

// `at` is a word code; the exact forms and alternatives behind it belong to its position.
bool TokenMatcher::Accepts(const Word& word, TokenRun codes, size_t at) const {
  for (size_t i = at; i < codes.size(); ++i) {
    const CodeKind kind = KindOf(codes[i]);
    if (kind == CodeKind::kMark || (kind == CodeKind::kWord && i > at)) return false;
    if (kind == CodeKind::kExact) {
      if (word.AcceptsExact(codes[i] & storage::kPayloadMask)) return true;
      continue;
    }
    if (word.AcceptsTerm(codes[i])) return true;
    // Without an exact code behind it a form is its own exact form.
    const bool has_exact = i + 1 < codes.size() && KindOf(codes[i + 1]) == CodeKind::kExact;
    if (!has_exact && word.AcceptsExact(codes[i] & storage::kPayloadMask)) return true;
  }
  return false;
}

bool TokenMatcher::Matches(TokenRun run) {
  if (plain_phrase_) return MatchesPlainPhrase(run);
  bool found = false;
  ForEachStretch(run, [&](uint32_t) {
    ListOperandPlaces();
    found = operands_.size() == 1 ? !places_[0].empty() : FindNear(nullptr);
    return !found;
  });
  return found;
}

bool TokenMatcher::MatchesPlainPhrase(TokenRun run) const {
  const Word& first = operands_[0][0].words[0];
  for (size_t i = 0; i < run.size(); ++i) {
    if (KindOf(run[i]) != CodeKind::kWord || !Accepts(first, run, i)) continue;
    if (PhraseStandsAt(run, i) && (FieldAt(run, i) & fields_) != 0) return true;
  }
  return false;
}

bool TokenMatcher::PhraseStandsAt(TokenRun run, size_t at) const {
  const std::vector<Word>& words = operands_[0][0].words;
  for (size_t i = 1; i < words.size(); ++i) {
    at = NextWord(run, at);
    if (at == kNone || !Accepts(words[i], run, at)) return false;
  }
  return true;
}

template <typename Visit>
void TokenMatcher::ForEachStretch(TokenRun run, Visit visit) {
  uint32_t position = 0;
  size_t at = 0;
  while (at < run.size()) {
    const bool wanted = IsFieldMark(run[at]) && (MaskOf(storage::FieldOfMark(run[at])) & fields_);
    const size_t begin = IsFieldMark(run[at]) ? at + 1 : at;
    size_t end = begin;
    stretch_.words.clear();
    for (; end < run.size() && !IsFieldMark(run[end]); ++end) {
      if (KindOf(run[end]) == CodeKind::kWord) {
        stretch_.words.push_back(static_cast<uint32_t>(end - begin));
      }
    }
    stretch_.codes = run.subspan(begin, end - begin);
    if (wanted && !visit(position)) return;
    position += static_cast<uint32_t>(stretch_.words.size());
    at = end;
  }
}

// For a given first word the earliest place of each next one gives the shortest span.
void TokenMatcher::ListPlaces(const Phrase& phrase, std::vector<Place>* places) const {
  const auto count = static_cast<uint32_t>(stretch_.words.size());
  const auto stands = [&](const Word& word, uint32_t position) {
    return Accepts(word, stretch_.codes, stretch_.words[position]);
  };
  for (uint32_t first = 0; first < count; ++first) {
    if (!stands(phrase.words[0], first)) continue;
    uint32_t last = first;
    uint32_t slack = phrase.slop;
    bool complete = true;
    for (size_t i = 1; i < phrase.words.size() && complete; ++i) {
      uint32_t next = last + 1;
      while (next < count && slack > 0 && !stands(phrase.words[i], next)) {
        ++next;
        --slack;
      }
      complete = next < count && stands(phrase.words[i], next);
      last = next;
    }
    if (complete) places->push_back({{first, last}, static_cast<uint32_t>(phrase.words.size())});
  }
}

void TokenMatcher::ListOperandPlaces() {
  for (size_t i = 0; i < operands_.size(); ++i) {
    places_[i].clear();
    for (const Phrase& phrase : operands_[i]) ListPlaces(phrase, &places_[i]);
    std::sort(places_[i].begin(), places_[i].end());
    places_[i].erase(std::unique(places_[i].begin(), places_[i].end()), places_[i].end());
  }
}

// Tries every place as the one that starts the window. With `found` null it stops at the first.
bool TokenMatcher::FindNear(std::vector<Occurrence>* found) {
  bool any = false;
  const size_t starters = ordered_ ? 1 : operands_.size();
  for (size_t operand = 0; operand < starters; ++operand) {
    for (const Place& start : places_[operand]) {
      if (!ChooseFrom(start, operand)) continue;
      any = true;
      if (found == nullptr) return true;
      found->insert(found->end(), chosen_.begin(), chosen_.end());
    }
  }
  return any;
}

bool TokenMatcher::ChooseFrom(const Place& start, size_t start_operand) {
  window_start_ = start.span.first;
  ListCandidates(start, start_operand);
  for (const size_t operand : order_) {
    if (candidates_[operand].empty()) return false;
  }
  chosen_.assign(1, start.span);
  return Extend(0, start.span.last, start.words);
}

// Fills candidates_ with the places of every operand but `skip` that a window from `start` can
// hold, and order_ with those operands: in order of writing for ADJ, else fewest candidates first,
// so that a hopeless choice fails at once and the search stays small.
void TokenMatcher::ListCandidates(const Place& start, size_t skip) {
  candidates_.resize(operands_.size());
  order_.clear();
  const uint32_t end = window_start_ + most_words_ + distance_ - 1;
  for (size_t i = 0; i < operands_.size(); ++i) {
    candidates_[i].clear();
    if (i == skip) continue;
    order_.push_back(i);
    auto place =
        std::lower_bound(places_[i].begin(), places_[i].end(), Place{{start.span.last + 1, 0}, 0});
    for (; place != places_[i].end() && place->span.first < end; ++place) {
      if (place->span.last < end) candidates_[i].push_back(*place);
    }
  }
  if (ordered_) return;
  std::stable_sort(order_.begin(), order_.end(), [&](size_t a, size_t b) {
    return candidates_[a].size() < candidates_[b].size();
  });
}

// Depth is bounded by the number of operands. `used` counts the operands' words chosen so far.
bool TokenMatcher::Extend(size_t depth, uint32_t last_end, uint32_t used) {
  if (depth == order_.size()) return last_end - window_start_ + 1 - used < distance_;
  const auto overlaps = [&](const Occurrence& span) {
    return std::any_of(chosen_.begin(), chosen_.end(), [&](const Occurrence& other) {
      return span.first <= other.last && other.first <= span.last;
    });
  };
  for (const Place& place : candidates_[order_[depth]]) {
    if (ordered_ ? place.span.first <= chosen_.back().last : overlaps(place.span)) continue;
    chosen_.push_back(place.span);
    if (Extend(depth + 1, std::max(last_end, place.span.last), used + place.words)) return true;
    chosen_.pop_back();
  }
  return false;
}

std::vector<Occurrence> TokenMatcher::Find(TokenRun run) {
  std::vector<Occurrence> found;
  ForEachStretch(run, [&](uint32_t first_position) {
    ListOperandPlaces();
    const size_t before = found.size();
    if (operands_.size() == 1) {
      for (const Place& place : places_[0]) found.push_back(place.span);
    } else {
      FindNear(&found);
    }
    for (size_t i = before; i < found.size(); ++i) {
      found[i].first += first_position;
      found[i].last += first_position;
    }
    return true;
  });
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

}  // namespace broadsheet::query
