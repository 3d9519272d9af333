// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/highlight/match_finder.h"

#include <algorithm>
#include <utility>

namespace broadsheet::query {
namespace {

using storage::CodeKind;
using storage::KindOf;

uint32_t HashIn(uint32_t code) { return code & storage::kPayloadMask; }

bool IsSingleWord(const TokenConstraint& constraint) {
  return constraint.operands.size() == 1 && constraint.operands[0].size() == 1 &&
         constraint.operands[0][0].words.size() == 1;
}

// Calls visit(form number, hash, hash of its exact form) for a word and its alternatives, until it
// returns true.
template <typename Visit>
void ForEachForm(storage::WordForms forms, Visit visit) {
  FormNumber form = 0;
  for (size_t i = 0; i < forms.size(); ++i) {
    if (KindOf(forms[i]) == CodeKind::kExact) continue;
    if (visit(form, HashIn(forms[i]), storage::WrittenForm(forms, i))) return;
    ++form;
  }
}

// A word with any of the hashes that single words have.
WordPattern AnyWordOf(const std::vector<const TokenConstraint*>& constraints) {
  WordPattern any;
  for (const TokenConstraint* constraint : constraints) {
    if (!IsSingleWord(*constraint)) continue;
    const WordPattern& word = constraint->operands[0][0].words[0];
    any.terms.insert(any.terms.end(), word.terms.begin(), word.terms.end());
    any.exact.insert(any.exact.end(), word.exact.begin(), word.exact.end());
  }
  return any;
}

}  // namespace

MatchFinder::MatchFinder(const std::vector<const TokenConstraint*>& constraints,
                         base::Deadline& deadline)
    : deadline_(deadline), words_(AnyWordOf(constraints)) {
  for (uint32_t pattern = 0; pattern < constraints.size(); ++pattern) {
    const TokenConstraint& constraint = *constraints[pattern];
    fields_.push_back(constraint.fields);
    if (IsSingleWord(constraint)) {
      const WordPattern& word = constraint.operands[0][0].words[0];
      for (const uint32_t hash : word.terms) terms_.Add(hash, pattern);
      for (const uint32_t hash : word.exact) exact_.Add(hash, pattern);
      continue;
    }
    Sequence sequence{.pattern = pattern,
                      .matcher = TokenMatcher(constraint, &deadline),
                      .terms = {},
                      .exact = {}};
    for (const std::vector<PhrasePattern>& operand : constraint.operands) {
      for (const PhrasePattern& phrase : operand) {
        for (const WordPattern& word : phrase.words) {
          sequence.terms.insert(sequence.terms.end(), word.terms.begin(), word.terms.end());
          sequence.exact.insert(sequence.exact.end(), word.exact.begin(), word.exact.end());
        }
      }
    }
    std::sort(sequence.terms.begin(), sequence.terms.end());
    std::sort(sequence.exact.begin(), sequence.exact.end());
    sequences_.push_back(std::move(sequence));
  }
}

void MatchFinder::Find(const RunLayout& layout, std::vector<MatchedSpan>* found) {
  // Bounds the memory for matches of many phrases in a book before they are merged.
  constexpr size_t kMostUnsorted = 1 << 16;
  found_.clear();
  forms_.Enter(layout.run);
  FindWords(layout);
  for (Sequence& sequence : sequences_) {
    deadline_.Poll();
    FindSequence(sequence, layout);
    if (found_.size() > kMostUnsorted) {
      deadline_.Check();
      SortFound();
    }
  }
  if (!sequences_.empty()) SortFound();
  found->swap(found_);
}

void MatchFinder::SortFound() {
  std::sort(found_.begin(), found_.end());
  size_t kept = 0;
  for (const MatchedSpan& one : found_) {
    if (kept > 0) {
      MatchedSpan& last = found_[kept - 1];
      if (last.first == one.first && last.last == one.last && last.first_form == one.first_form &&
          last.last_form == one.last_form) {
        last.patterns |= one.patterns;
        continue;
      }
    }
    found_[kept++] = one;
  }
  found_.resize(kept);
}

// Most words of an article are not words of the query: a scan skips them, and only words where it
// stops are examined.
void MatchFinder::FindWords(const RunLayout& layout) {
  const Codes codes = layout.run.codes;
  words_.Enter(layout.run);
  auto stretch = layout.stretches.begin();
  auto place = layout.words.begin();
  for (size_t at = words_.Find(codes, 0); at != kNoCode; at = words_.Find(codes, at + 1)) {
    deadline_.Poll();
    place = std::lower_bound(place, layout.words.end(), static_cast<uint32_t>(at));
    if (place == layout.words.end() || *place != at) continue;
    const auto word = static_cast<uint32_t>(place - layout.words.begin());
    while (stretch != layout.stretches.end() && stretch->past_word() <= word) ++stretch;
    if (stretch == layout.stretches.end()) return;
    if (word >= stretch->first_word) {
      LookAtWord(forms_.At(at), word, MaskOf(stretch->field));
    }
  }
}

void MatchFinder::LookAtWord(storage::WordForms forms, uint32_t word, FieldMask field) {
  ForEachForm(forms, [&](FormNumber form, uint32_t hash, uint32_t exact_hash) {
    PatternSet patterns = 0;
    const auto take = [&](const weights::HashedWords& words, uint32_t payload) {
      for (const auto& [known, pattern] : words.Find(payload)) {
        if ((fields_[pattern] & field) != 0) patterns |= SetOf(pattern);
      }
    };
    take(terms_, hash);
    take(exact_, exact_hash);
    if (patterns != 0) {
      found_.push_back({.first = word,
                        .last = word,
                        .first_form = form,
                        .last_form = form,
                        .patterns = patterns});
    }
    return false;
  });
}

void MatchFinder::FindSequence(Sequence& sequence, const RunLayout& layout) {
  for (const Occurrence& place : sequence.matcher.Find(layout.run)) {
    found_.push_back({.first = place.first,
                      .last = place.last,
                      .first_form = AcceptedForm(sequence, forms_.At(layout.words[place.first])),
                      .last_form = AcceptedForm(sequence, forms_.At(layout.words[place.last])),
                      .patterns = SetOf(sequence.pattern)});
  }
}

// The first form that any word of the sequence accepts.
FormNumber MatchFinder::AcceptedForm(const Sequence& sequence, storage::WordForms forms) {
  FormNumber accepted = 0;
  ForEachForm(forms, [&](FormNumber form, uint32_t hash, uint32_t exact_hash) {
    accepted = form;
    return std::binary_search(sequence.terms.begin(), sequence.terms.end(), hash) ||
           std::binary_search(sequence.exact.begin(), sequence.exact.end(), exact_hash);
  });
  return accepted;
}

}  // namespace broadsheet::query
