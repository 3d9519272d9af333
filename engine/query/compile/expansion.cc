// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/compile/expansion.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <tuple>
#include <utility>

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

// Index terms are valid UTF-8.
std::u32string CodePoints(const std::string& text) {
  std::u32string points;
  for (Xapian::Utf8Iterator at(text); at != Xapian::Utf8Iterator(); ++at) {
    points += static_cast<char32_t>(*at);
  }
  return points;
}

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

Expansion ExpandFuzzy(const Xapian::Database& database, const std::string& prefix,
                      const std::vector<std::string>& words, int edits, size_t most,
                      base::Deadline& deadline) {
  std::vector<std::u32string> targets;
  std::vector<std::string> starts;
  for (const std::string& word : words) {
    targets.push_back(CodePoints(word));
    std::string first;
    Xapian::Unicode::append_utf8(first, targets.back().front());
    if (std::find(starts.begin(), starts.end(), first) == starts.end()) starts.push_back(first);
  }
  Best best(most);
  for (const std::string& start : starts) {
    ForEachTerm(database, prefix, start, deadline,
                [&](const std::string& term, const Xapian::TermIterator& at) {
                  const std::u32string points = CodePoints(term);
                  int nearest = edits + 1;
                  for (const std::u32string& target : targets) {
                    nearest = std::min(nearest, EditDistance(target, points, edits));
                  }
                  if (nearest > edits) return;
                  best.Add({.distance = nearest, .frequency = at.get_termfreq(), .term = term});
                });
  }
  return best.Take();
}

int EditDistance(const std::u32string& a, const std::u32string& b, int most) {
  const auto length_a = static_cast<int>(a.size());
  const auto length_b = static_cast<int>(b.size());
  if (std::abs(length_a - length_b) > most) return most + 1;
  // Three rows of the usual table: swaps look two rows back.
  std::array<std::vector<int>, 3> rows;
  for (std::vector<int>& row : rows) row.assign(b.size() + 1, 0);
  for (int j = 0; j <= length_b; ++j) rows[0][static_cast<size_t>(j)] = j;
  for (size_t i = 1; i <= a.size(); ++i) {
    std::vector<int>& row = rows[i % 3];
    const std::vector<int>& above = rows[(i + 2) % 3];
    const std::vector<int>& two_above = rows[(i + 1) % 3];
    row[0] = static_cast<int>(i);
    int least = row[0];
    for (size_t j = 1; j <= b.size(); ++j) {
      const int change = a[i - 1] == b[j - 1] ? 0 : 1;
      row[j] = std::min({above[j] + 1, row[j - 1] + 1, above[j - 1] + change});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) row[j] = std::min(row[j], two_above[j - 2] + 1);
      least = std::min(least, row[j]);
    }
    if (least > most) return most + 1;
  }
  return std::min(rows[a.size() % 3][b.size()], most + 1);
}

}  // namespace broadsheet::query
