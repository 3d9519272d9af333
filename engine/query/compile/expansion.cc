// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/compile/expansion.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "engine/text/utf8.h"

namespace broadsheet::query {
namespace {

struct Candidate {
  int distance = 0;
  Xapian::doccount frequency = 0;
  std::string term;
  // Best first.
  bool operator<(const Candidate& other) const {
    return std::tie(distance, other.frequency, term) <
           std::tie(other.distance, frequency, other.term);
  }
};

// Keeps the best `most` of any number of candidates; the worst of those kept is on top.
class Best {
 public:
  explicit Best(size_t most) : most_(most) {}

  void Add(Candidate candidate) {
    ++found_;
    if (most_ == 0) return;
    if (heap_.size() == most_) {
      if (!(candidate < heap_.front())) return;
      std::pop_heap(heap_.begin(), heap_.end());
      heap_.pop_back();
    }
    heap_.push_back(std::move(candidate));
    std::push_heap(heap_.begin(), heap_.end());
  }

  Expansion Take() {
    std::sort_heap(heap_.begin(), heap_.end());
    Expansion expansion;
    expansion.found = found_;
    for (Candidate& candidate : heap_) expansion.terms.push_back(std::move(candidate.term));
    return expansion;
  }

 private:
  size_t most_;
  size_t found_ = 0;
  std::vector<Candidate> heap_;
};

// A term without a prefix of a field: those start with a capital letter.
bool IsWord(const std::string& term) {
  return !term.empty() && !(term.front() >= 'A' && term.front() <= 'Z');
}

template <typename Visit>
void ForEachTerm(const Xapian::Database& database, const std::string& prefix,
                 const std::string& start, base::Deadline& deadline, Visit visit) {
  const Xapian::TermIterator end = database.allterms_end(prefix + start);
  for (Xapian::TermIterator at = database.allterms_begin(prefix + start); at != end; ++at) {
    deadline.Poll();
    const std::string term = (*at).substr(prefix.size());
    if (IsWord(term)) visit(term, at);
  }
}

}  // namespace

Expansion ExpandPrefix(const Xapian::Database& database, const std::string& prefix,
                       const std::string& start, size_t most, base::Deadline& deadline) {
  Best best(most);
  ForEachTerm(database, prefix, start, deadline,
              [&](const std::string& term, const Xapian::TermIterator& at) {
                best.Add({.distance = 0, .frequency = at.get_termfreq(), .term = term});
              });
  return best.Take();
}

int EditsOf(const FuzzyWord& word) {
  // Short words have too many neighbours two letters away.
  constexpr size_t kLongWord = 6;
  if (word.edits > 0) return word.edits;
  return text::CountCharacters(word.typed) < kLongWord ? 1 : 2;
}

Expansion ExpandFuzzy(const Xapian::Database& database, const std::string& prefix,
                      const FuzzyWord& word, Spellings& spellings, const WrittenWords& written,
                      size_t most, base::Deadline& deadline) {
  const int edits = EditsOf(word);
  std::string first;
  Xapian::Unicode::append_utf8(first, CodePoints(word.typed).front());
  std::vector<Candidate> near;
  std::vector<Candidate> possible;
  ForEachTerm(
      database, prefix, first, deadline,
      [&](const std::string& term, const Xapian::TermIterator& at) {
        int distance = spellings.DistanceTo(term);
        if (distance > edits) return;
        possible.push_back({.distance = distance, .frequency = at.get_termfreq(), .term = term});
        if (!spellings.near_words().empty() && distance > 0) {
          distance = std::min(spellings.stem_distance(),
                              written(term, spellings.near_words()).value_or(edits + 1));
        }
        if (distance > edits) return;
        near.push_back({.distance = distance, .frequency = at.get_termfreq(), .term = term});
      });
  if (near.empty()) near = std::move(possible);
  double nearer = 0;
  for (const Candidate& candidate : near) {
    if (candidate.distance < 2) nearer += candidate.frequency;
  }
  Best best(most);
  for (Candidate& candidate : near) {
    constexpr double kTimes = 100;
    const bool far = word.edits == 0 && candidate.distance == 2;
    if (!far || candidate.frequency >= kTimes * nearer) best.Add(std::move(candidate));
  }
  return best.Take();
}

}  // namespace broadsheet::query
