// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/positions/token_matcher.h"

#include <algorithm>

#include "engine/query/positions/code_scan.h"

namespace broadsheet::query {
namespace {

using storage::RunCode;
using storage::TokenRun;

// Steps between two polls of the deadline: a few dozen microseconds.
constexpr size_t kStepsPerCheck = 1 << 14;

// Codes that a scan reads in about the time of one other step.
constexpr size_t kCodesPerStep = 16;

}  // namespace

TokenMatcher::TokenMatcher(const TokenConstraint& constraint, base::Deadline* deadline)
    : fields_(constraint.fields), unit_(constraint.unit), deadline_(deadline) {
  for (const std::vector<PhrasePattern>& alternatives : constraint.operands) {
    Operand& operand = operands_.emplace_back();
    for (const PhrasePattern& pattern : alternatives) {
      Phrase phrase{.words = {}, .slop = pattern.slop};
      for (const WordPattern& word : pattern.words) {
        phrase.words.emplace_back(word);
        if (phrase.words.back().RarerThan(phrase.words[phrase.rarest])) {
          phrase.rarest = phrase.words.size() - 1;
        }
      }
      if (!phrase.words.empty()) operand.push_back(std::move(phrase));
    }
  }
  plain_phrases_ =
      operands_.size() == 1 && std::all_of(operands_[0].begin(), operands_[0].end(),
                                           [](const Phrase& phrase) { return phrase.slop == 0; });
  if (operands_.size() > 1) {
    const bool by_words = unit_ == NearUnit::kWords;
    near_.emplace(operands_.size(), by_words ? constraint.distance : NearSweep::kAnyDistance,
                  constraint.ordered);
  }
}

void TokenMatcher::Spend(size_t steps) {
  steps_ += steps;
  if (steps_ < kStepsPerCheck) return;
  steps_ = 0;
  if (deadline_ != nullptr) deadline_->Check();
}

bool TokenMatcher::Matches(const TokenRun& run) {
  if (plain_phrases_) {
    return std::any_of(operands_[0].begin(), operands_[0].end(),
                       [&](Phrase& phrase) { return MatchesPlainPhrase(&phrase, run); });
  }
  bool found = false;
  ForEachCandidate(run, [&] {
    found = !near_ || near_->Matches(places_, [this](size_t steps) { Spend(steps); });
    return !found;
  });
  return found;
}

std::vector<Occurrence> TokenMatcher::Find(const TokenRun& run) {
  std::vector<Occurrence> found;
  ForEachCandidate(run, [&] {
    if (near_) {
      near_->FindParts(
          places_, [this](size_t steps) { Spend(steps); }, &found);
    } else {
      for (const Place& place : places_) found.push_back(place.span);
    }
    return true;
  });
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

bool TokenMatcher::MatchesPlainPhrase(Phrase* phrase, const TokenRun& run) {
  WordCodes& rarest = phrase->words[phrase->rarest];
  rarest.Enter(run);
  const Codes codes = run.codes;
  size_t from = 0;
  bool entered = false;
  for (size_t at = rarest.Find(codes, 0); at != kNoCode; at = rarest.Find(codes, from)) {
    Spend(1 + (at - from) / kCodesPerStep);
    from = at + 1;
    if (!entered) {
      for (WordCodes& word : phrase->words) {
        if (&word != &rarest) word.Enter(run);
      }
      entered = true;
    }
    if (!StandsAround(*phrase, codes, at)) continue;
    if (IsInField(codes, at)) return true;
    // The rest of this field is not wanted either.
    from = NextFieldMark(codes, from);
  }
  Spend((codes.size() - from) / kCodesPerStep);
  return false;
}

// Whether the phrase matches with its rarest word at codes[rarest].
bool TokenMatcher::StandsAround(const Phrase& phrase, Codes codes, size_t rarest) const {
  size_t at = rarest;
  for (size_t i = phrase.rarest + 1; i < phrase.words.size(); ++i) {
    at = NextWord(codes, at);
    if (at == kNoCode || !phrase.words[i].StandsAt(codes, at)) return false;
  }
  at = rarest;
  for (size_t i = phrase.rarest; i > 0; --i) {
    at = PreviousWord(codes, at);
    if (at == kNoCode || !phrase.words[i - 1].StandsAt(codes, at)) return false;
  }
  return true;
}

bool TokenMatcher::IsInField(Codes codes, size_t at) {
  const size_t mark = LastFieldMark(codes, at);
  if (mark == codes.size()) return false;
  Spend((at - mark) / kCodesPerStep);
  return (MaskOf(storage::FieldOfMark(codes[mark])) & fields_) != 0;
}

bool TokenMatcher::WordsOccur(const TokenRun& run) {
  const auto occurs = [&](const WordCodes& word) {
    Spend(run.size() / kCodesPerStep);
    return word.Find(run.codes, 0) != kNoCode;
  };
  for (Operand& operand : operands_) {
    for (Phrase& phrase : operand) {
      for (WordCodes& word : phrase.words) word.Enter(run);
    }
  }
  return std::all_of(operands_.begin(), operands_.end(), [&](const Operand& operand) {
    return std::any_of(operand.begin(), operand.end(), [&](const Phrase& phrase) {
      return std::all_of(phrase.words.begin(), phrase.words.end(), occurs);
    });
  });
}

bool TokenMatcher::EndsStretch(RunCode code) const {
  if (storage::IsFieldMark(code)) return true;
  if (code == storage::kSentenceMark) return unit_ == NearUnit::kSentence;
  if (code == storage::kParagraphMark) return unit_ != NearUnit::kWords;
  return false;
}

void TokenMatcher::ReadPositions(Codes codes) {
  positions_.clear();
  stretches_.clear();
  bool in_field = false;
  bool wanted = false;
  uint32_t begin = 0;
  const auto end_stretch = [&] {
    const auto end = static_cast<uint32_t>(positions_.size());
    if (wanted && begin < end) stretches_.push_back({begin, end});
    begin = end;
  };
  for (size_t at = 0; at < codes.size(); ++at) {
    const RunCode code = codes[at];
    if (storage::StartsWord(code)) {
      // A run starts with a field mark; words before it in a damaged run are not positions.
      if (in_field) positions_.push_back(static_cast<uint32_t>(at));
      continue;
    }
    if (!EndsStretch(code)) continue;
    end_stretch();
    if (!storage::IsFieldMark(code)) continue;
    in_field = true;
    wanted = (MaskOf(storage::FieldOfMark(code)) & fields_) != 0;
  }
  end_stretch();
  Spend(codes.size());
}

void TokenMatcher::ListStarts(Codes codes, Phrase* phrase) {
  const WordCodes& word = phrase->words.front();
  phrase->starts.clear();
  auto position = positions_.begin();
  for (size_t at = word.Find(codes, 0); at != kNoCode; at = word.Find(codes, at + 1)) {
    position = std::lower_bound(position, positions_.end(), static_cast<uint32_t>(at));
    Spend(1);
    if (position == positions_.end() || *position != at) continue;
    phrase->starts.push_back(static_cast<uint32_t>(position - positions_.begin()));
  }
  Spend(codes.size() / kCodesPerStep);
}

template <typename Visit>
void TokenMatcher::ForEachCandidate(const TokenRun& run, Visit visit) {
  if (!WordsOccur(run)) return;
  const Codes codes = run.codes;
  ReadPositions(codes);
  for (Operand& operand : operands_) {
    for (Phrase& phrase : operand) ListStarts(codes, &phrase);
  }
  for (const Stretch& stretch : stretches_) {
    if (ListPlaces(codes, stretch) && !visit()) return;
  }
}

bool TokenMatcher::ListPlaces(Codes codes, const Stretch& stretch) {
  places_.clear();
  for (uint32_t operand = 0; operand < operands_.size(); ++operand) {
    const size_t before = places_.size();
    for (const Phrase& phrase : operands_[operand]) ListPhrase(codes, stretch, phrase, operand);
    if (places_.size() == before) return false;
  }
  std::sort(places_.begin(), places_.end(), [](const Place& a, const Place& b) {
    return a.span != b.span ? a.span < b.span : a.operand < b.operand;
  });
  return true;
}

void TokenMatcher::ListPhrase(Codes codes, const Stretch& stretch, const Phrase& phrase,
                              uint32_t operand) {
  Spend(1);
  auto start = std::lower_bound(phrase.starts.begin(), phrase.starts.end(), stretch.begin);
  for (; start != phrase.starts.end() && *start < stretch.end; ++start) {
    const std::optional<uint32_t> last = EndOfPhrase(codes, phrase, *start, stretch.end);
    if (!last) continue;
    places_.push_back({.span = {*start, *last},
                       .words = static_cast<uint32_t>(phrase.words.size()),
                       .operand = operand});
  }
}

// For a given first word, taking the earliest place of each next word gives the shortest span; if
// that does not match, no longer span can.
std::optional<uint32_t> TokenMatcher::EndOfPhrase(Codes codes, const Phrase& phrase, uint32_t first,
                                                  uint32_t end) {
  uint32_t last = first;
  uint32_t slack = phrase.slop;
  for (size_t i = 1; i < phrase.words.size(); ++i) {
    ++last;
    Spend(1);
    while (last < end && !phrase.words[i].StandsAt(codes, positions_[last])) {
      if (slack == 0) return std::nullopt;
      --slack;
      ++last;
      Spend(1);
    }
    if (last >= end) return std::nullopt;
  }
  return last;
}

}  // namespace broadsheet::query
