// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/slips.h"

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/query/compiled_search.h"
#include "engine/query/complete/allowed_documents.h"
#include "engine/query/complete/word_completions.h"
#include "engine/query/match/matches.h"
#include "engine/query/syntax/edit.h"
#include "engine/text/char_class.h"
#include "engine/text/fold.h"
#include "engine/text/utf8.h"

namespace broadsheet::query {
namespace {

// A search that finds more has words enough that are right.
constexpr int kFewHits = 5;
constexpr size_t kMostArticlesOfASlip = 2;
// How much more frequent the word has to be that was meant.
constexpr uint64_t kTimesAsFrequent = 5;
constexpr size_t kMostSlips = 3;
constexpr size_t kCandidates = 3;
// Letters from which on one of them, and two of them, may be wrong: as Meilisearch has it
// (docs/query_language.md).
constexpr size_t kLettersOfAWordWithASlip = 4;
constexpr size_t kLettersOfAWordWithTwo = 9;

struct Slip {
  Span span;
  std::vector<OfferedWord> candidates;  // best first
};

bool HasAsciiDigit(std::string_view text) {
  return std::any_of(text.begin(), text.end(), text::IsAsciiDigit);
}

class SlipFinder {
 public:
  SlipFinder(const MatchedSearch& search, const VisibleVocabulary& vocabulary)
      : search_(search),
        vocabulary_(vocabulary),
        allowed_(search.input.match, vocabulary.visible()) {}

  std::vector<Slip> Find() {
    Visit(search_.plan.parsed->root);
    std::stable_sort(slips_.begin(), slips_.end(),
                     [](const Slip& a, const Slip& b) { return a.span.begin < b.span.begin; });
    return std::move(slips_);
  }

 private:
  void Visit(const Node& node) {
    switch (node.kind) {
      case NodeKind::kAnd:
      case NodeKind::kOr:
      case NodeKind::kNear:
        for (const Node& child : node.children) Visit(child);
        return;
      case NodeKind::kWord:
        return CheckWord(node);
      case NodeKind::kPhrase:
      case NodeKind::kValue:
      case NodeKind::kDate:
      case NodeKind::kNot:
        return;
    }
  }

  // A capital behind the first word; few people like their names to be mended.
  bool IsAName(std::string_view written) {
    const bool first = std::exchange(first_, false);
    return !first && !written.empty() && u_isupper(text::CharacterAt(written, 0).code_point) != 0;
  }

  // The word alone, without the field in front of it.
  Span SpanOf(const Node& word) const {
    const size_t begin = word.span.end - std::min(word.span.end, word.text.size());
    return {.begin = std::max(begin, word.span.begin), .end = word.span.end};
  }

  void CheckWord(const Node& word) {
    const Span span = SpanOf(word);
    const bool name = IsAName(TextOf(search_.plan.query, span));
    if (name || word.form != WordForm::kPlain || slips_.size() >= kMostSlips) return;
    // Marks or escapes stand in it.
    if (HasAsciiDigit(word.text) || TextOf(search_.plan.query, span) != word.text) return;
    const std::string typed = text::FoldValue(word.text);
    const size_t letters = text::CountCharacters(typed);
    if (letters < kLettersOfAWordWithASlip || typed.find(' ') != std::string::npos) return;
    const WordSearch words{.context = search_.input.match,
                           .analyzer = search_.input.analyzer,
                           .vocabulary = vocabulary_,
                           .allowed = allowed_,
                           .filtered = nullptr,
                           .with_live = false,
                           .field = word.field};
    const std::vector<std::string> terms = TermsOf(words, typed);
    const size_t articles = allowed_.CountWith(terms, kMostArticlesOfASlip + 1);
    if (articles > kMostArticlesOfASlip) return;
    Slip slip{.span = span, .candidates = {}};
    const NearWords near{.typed = typed,
                         .what = NearWhat::kWhole,
                         .most_edits = letters < kLettersOfAWordWithTwo ? 1 : 2,
                         .right_letters = 1};
    for (OfferedWord& candidate : WordsNear(words, near, 2 * kCandidates)) {
      const bool frequent =
          candidate.popularity >= kTimesAsFrequent * std::max<size_t>(articles, 1);
      // Another form of the same word finds the same articles.
      const bool same = TermsOf(words, candidate.folded) == terms;
      if (frequent && !same && slip.candidates.size() < kCandidates) {
        slip.candidates.push_back(std::move(candidate));
      }
    }
    if (!slip.candidates.empty()) slips_.push_back(std::move(slip));
  }

  const MatchedSearch& search_;
  const VisibleVocabulary& vocabulary_;
  AllowedDocuments allowed_;
  bool first_ = true;  // no word was looked at yet
  std::vector<Slip> slips_;
};

// The query with a candidate in the place of each slip.
std::string WithCandidates(const std::string& query, const std::vector<Slip>& slips,
                           const std::vector<size_t>& chosen) {
  std::string mended = query;
  // From the end on, so that the places before stay right.
  for (size_t i = slips.size(); i-- > 0;) {
    mended = Replaced(mended, slips[i].span, slips[i].candidates[chosen[i]].written);
  }
  return mended;
}

// nullopt for a query that is not accepted.
std::optional<v1::Total> CountOfQuery(const MatchedSearch& search, const std::string& query) {
  absl::StatusOr<ParsedQuery> parsed = Parse(query, search.plan.limits, search.plan.match);
  if (!parsed.ok()) return std::nullopt;
  SearchPlan plan = search.plan;
  plan.query = query;
  plan.parsed = *std::move(parsed);
  const absl::StatusOr<CompiledSearch> compiled = CompileSearch(plan, search.input);
  if (!compiled.ok()) return std::nullopt;
  return CountMatches(search.input.match, compiled->whole, search.input.limits.total_check_limit);
}

}  // namespace

std::optional<MendedQuery> MendSlips(const MatchedSearch& search, const v1::Total& found,
                                     VisibleVocabulary& vocabulary) {
  const bool first_page = !search.plan.token && search.plan.skip == 0;
  if (!search.plan.parsed || !first_page || found.value() > kFewHits) return std::nullopt;
  vocabulary.UpdateBase(search.input.match, search.input.dates.now);
  const std::vector<Slip> slips = SlipFinder(search, vocabulary).Find();
  if (slips.empty()) return std::nullopt;
  std::optional<MendedQuery> best;
  const auto consider = [&](const std::vector<size_t>& chosen) {
    const std::string query = WithCandidates(search.plan.query, slips, chosen);
    const std::optional<v1::Total> total = CountOfQuery(search, query);
    const int most = best ? best->total.value() : found.value();
    if (total && total->value() > most) best = MendedQuery{query, "", *total};
  };
  std::vector<size_t> chosen(slips.size(), 0);
  consider(chosen);
  // One word at a time: the nearest candidate is not always the one that goes with the others.
  for (size_t i = 0; i < slips.size() && !best; ++i) {
    for (chosen[i] = 1; chosen[i] < slips[i].candidates.size(); ++chosen[i]) consider(chosen);
    chosen[i] = 0;
  }
  if (!best) return std::nullopt;
  for (const Slip& slip : slips) {
    best->slips +=
        (best->slips.empty() ? "" : " ") + std::string(TextOf(search.plan.query, slip.span));
  }
  return best;
}

}  // namespace broadsheet::query
