// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/compile/word_terms.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "engine/query/compile/make_notice.h"
#include "engine/query/compile/written_words.h"
#include "engine/query/match/polled_query.h"
#include "engine/query/syntax/query_error.h"
#include "engine/query/syntax/tree_text.h"
#include "engine/schema/terms.h"
#include "engine/storage/base/token_run.h"
#include "engine/text/long_word.h"
#include "engine/text/stop_words.h"
#include "engine/text/utf8.h"

namespace broadsheet::query {
namespace {

using XQuery = Xapian::Query;

// Terms that one word* or word~ stands for at most.
constexpr size_t kMaxExpansion = 100;

bool HasOwnTerms(const Node& node) {
  return node.field && !schema::FieldOf(*node.field).prefix.empty();
}

// The term as the index has it: with the prefix of a field that has terms of its own.
std::string FullTerm(const Node& node, const std::string& term) {
  return HasOwnTerms(node) ? schema::FieldTerm(*node.field, term) : term;
}

bool IsExpanded(const Node& node) {
  return node.form == WordForm::kPrefix || node.form == WordForm::kFuzzy;
}

}  // namespace

absl::StatusOr<std::vector<std::vector<Word>>> WordTerms::GroupsOf(const Node& node) {
  std::vector<std::vector<Word>> groups;
  const bool stemmed = !node.field || schema::FieldOf(*node.field).stemmed;
  const auto languages = stemmed ? input_.languages : std::vector<std::string>();
  std::vector<text::QueryWord> all = text::AnalyzeQuery(input_.analyzer, node.text, languages);
  for (size_t at = 0; at < all.size(); ++at) {
    text::QueryWord& found = all[at];
    Word word{.terms = std::move(found.terms),
              .exact = std::nullopt,
              .typed = found.exact,
              .beginning = std::move(found.beginning)};
    if (!word.beginning.empty()) NoteLongWord(node);
    if (node.form == WordForm::kPlain) AddSpellings(node, all, at, &word);
    if (node.form == WordForm::kExact) word.exact = std::move(found.exact);
    if (groups.empty() || !found.continues_word) groups.emplace_back();
    groups.back().push_back(std::move(word));
  }
  if (groups.empty()) return groups;
  if (IsExpanded(node)) Expand(node, &groups.back().back());
  if (input_.explain) Explain(node, groups, IsExpanded(node) ? reached_ : 0);
  return groups;
}

void WordTerms::NotePronoun(const Node& node) {
  constexpr std::string_view kPronoun = "us";
  const std::string country = "US";
  if (node.form != WordForm::kPlain || node.text != kPronoun) return;
  const std::string term =
      FullTerm(node, text::AnalyzeQuery(input_.analyzer, country, {}).front().terms.front());
  if (!database_.term_exists(term) || !visible_.Has(term)) return;
  notices_.push_back(MakeNotice(
      "CASE_MATTERS", "\"us\" in small letters is the pronoun; for the country write " + country,
      {{"word", std::string(kPronoun)}, {"suggestion", country}}));
}

absl::StatusOr<std::vector<Word>> WordTerms::RowOf(const Node& node) {
  std::vector<Word> words;
  const bool phrase = node.kind == NodeKind::kPhrase;
  const Node* first = phrase ? node.children.data() : &node;
  for (const Node* at = first; at != first + (phrase ? node.children.size() : 1); ++at) {
    absl::StatusOr<std::vector<std::vector<Word>>> groups = GroupsOf(*at);
    if (!groups.ok()) return groups.status();
    for (std::vector<Word>& group : *groups) {
      std::move(group.begin(), group.end(), std::back_inserter(words));
    }
  }
  return words;
}

void WordTerms::AddSpellings(const Node& node, const std::vector<text::QueryWord>& words, size_t at,
                             Word* word) {
  word->number = words[at].number;
  const std::vector<std::string>& whole = words[at].whole_terms;
  const bool known = std::any_of(whole.begin(), whole.end(), [&](const std::string& term) {
    return database_.term_exists(FullTerm(node, term));
  });
  if (!known) return;
  word->whole_terms = whole;
  const uint32_t end = words[at].whole_end;
  for (size_t i = at; i < words.size() && words[i].end <= end; ++i) ++word->whole_words;
}

void WordTerms::Expand(const Node& node, Word* word) {
  const auto leaves_left = static_cast<size_t>(input_.limits.max_expanded_leaves) - leaves_;
  const size_t most = std::min(kMaxExpansion, leaves_left);
  const std::string prefix =
      node.field ? std::string(schema::FieldOf(*node.field).prefix) : std::string();
  if (!word->beginning.empty()) word->terms = {word->beginning};
  Expansion expansion;
  if (node.form == WordForm::kPrefix) {
    expansion = ExpandPrefix(database_, prefix, word->terms.front(), most, input_.match.deadline);
  } else {
    const FuzzyWord fuzzy{.typed = word->terms.front(), .edits = node.distance};
    const bool stemmed = !node.field || schema::FieldOf(*node.field).stemmed;
    Spellings spellings(input_.analyzer, fuzzy.typed,
                        stemmed ? input_.languages : std::vector<std::string>(), EditsOf(fuzzy));
    const WrittenWords written = [&](const std::string& term, const auto& words) {
      return NearestWritten(input_.match, prefix + term, term, words);
    };
    expansion =
        ExpandFuzzy(database_, prefix, fuzzy, spellings, written, most, input_.match.deadline);
  }
  expansion.found -= std::erase_if(
      expansion.terms, [&](const std::string& term) { return !visible_.Has(prefix + term); });
  if (expansion.found > expansion.terms.size()) NoteTruncated(node, expansion);
  reached_ = expansion.found;
  word->terms = std::move(expansion.terms);
  word->typed.clear();
}

void WordTerms::NoteTruncated(const Node& node, const Expansion& expansion) {
  const std::string used = std::to_string(expansion.terms.size());
  const std::string found = std::to_string(expansion.found);
  const std::string word = ToString(node);
  notices_.push_back(MakeNotice(
      "WILDCARD_TRUNCATED",
      word + " stands for " + found + " words; the " + used + " most frequent were searched for",
      {{"word", word}, {"used", used}, {"found", found}}));
}

void WordTerms::NoteLongWord(const Node& node) {
  const std::string word = ToString(node);
  const std::string letters = std::to_string(text::kMaxTermLetters);
  notices_.push_back(MakeNotice(
      "LONG_WORD",
      word + " is longer than " + letters + " letters: its first " + letters +
          (IsExpanded(node) ? " were searched for" : " and a checksum of all were searched for"),
      {{"word", word}, {"letters", letters}}));
}

void WordTerms::Explain(const Node& node, const std::vector<std::vector<Word>>& groups,
                        size_t reached) {
  for (const std::vector<Word>& group : groups) {
    for (const Word& word : group) {
      v1::WordMeaning& meaning = meanings_.emplace_back();
      meaning.set_word(ToString(node));
      const bool last = &word == &groups.back().back();
      if (last) meaning.set_reached(static_cast<int32_t>(reached));
      for (const std::string& term : word.terms) {
        input_.match.deadline.Poll();
        const Xapian::doccount count = database_.get_termfreq(FullTerm(node, term));
        if (count == 0 || !visible_.Has(FullTerm(node, term))) continue;
        v1::IndexTerm& listed = *meaning.add_terms();
        listed.set_term(term);
        listed.set_article_count(static_cast<int32_t>(count));
      }
    }
  }
}

absl::StatusOr<XQuery> WordTerms::QueryOf(const Node& node, std::vector<Word>* words,
                                          std::vector<RankedWord>* ranked) {
  std::vector<XQuery> queries;
  for (Word& word : *words) {
    absl::StatusOr<XQuery> query = QueryOfWord(node, &word, ranked);
    if (!query.ok()) return query;
    queries.push_back(*std::move(query));
  }
  return AllOf(input_.match, queries);
}

absl::StatusOr<XQuery> WordTerms::QueryOfWord(const Node& node, Word* word,
                                              std::vector<RankedWord>* ranked) {
  RankedWord found;
  for (const std::string& term : word->terms) {
    input_.match.deadline.Poll();
    std::string full = FullTerm(node, term);
    const Xapian::doccount articles_with = database_.get_termfreq(full);
    if (articles_with == 0) continue;
    word->frequency += articles_with;
    found.articles_with += articles_with;
    found.terms.push_back(std::move(full));
  }
  const std::vector<XQuery> terms(found.terms.begin(), found.terms.end());
  if (absl::Status status = TakeLeaves(std::max<size_t>(terms.size(), 1), node); !status.ok()) {
    return status;
  }
  if (terms.empty()) return XQuery::MatchNothing;
  if (ranked != nullptr) {
    found.typed = word->typed;
    found.places = node.again;
    found.places.insert(found.places.begin(), node.span.begin);
    found.default_search = !HasOwnTerms(node);
    found.stop_word = IsStopWord(*word);
    ranked->push_back(std::move(found));
  }
  if (terms.size() == 1) return terms.front();
  return XQuery(XQuery::OP_SYNONYM, terms.begin(), terms.end());
}

bool WordTerms::IsStopWord(const Word& word) const {
  return std::any_of(input_.languages.begin(), input_.languages.end(),
                     [&word](const std::string& language) {
                       return text::IsStopWord(language, word.terms.front());
                     });
}

absl::Status WordTerms::TakeLeaves(size_t count, const Node& node) {
  leaves_ += count;
  const auto most = static_cast<size_t>(input_.limits.max_expanded_leaves);
  if (leaves_ <= most) return absl::OkStatus();
  return ToStatus(
      {.reason = kTooComplex,
       .span = node.span,
       .message = "the query stands for more than " + std::to_string(most) + " terms of the index",
       .hint = "use fewer words, or longer ones before a *"});
}

PhrasePattern WordTerms::PatternOf(const std::vector<Word>& words, uint32_t slop) const {
  const uint64_t seed = input_.match.snapshot.generation().manifest().token_seed;
  PhrasePattern pattern{.words = {}, .slop = slop};
  for (const Word& word : words) {
    WordPattern position{.terms = {}, .exact = {}, .frequency = word.frequency};
    if (word.exact) {
      position.exact.push_back(storage::HashTerm(*word.exact, seed));
    } else {
      for (const std::string& term : word.terms) {
        position.terms.push_back(storage::HashTerm(term, seed));
      }
    }
    pattern.words.push_back(std::move(position));
  }
  return pattern;
}

absl::Status NothingToSearch(const Node& node) {
  return ToStatus({.span = node.span,
                   .message = "there is no word here that can be searched for",
                   .hint = "only letters and digits are searched, punctuation is not"});
}

}  // namespace broadsheet::query
