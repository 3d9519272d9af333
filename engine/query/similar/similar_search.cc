// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/similar/similar_search.h"

#include <xapian.h>

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "engine/query/match/folded_weight.h"
#include "engine/query/match/started_query.h"
#include "engine/query/match/visibility.h"
#include "engine/query/rank/centroid.h"
#include "engine/query/rank/vector_norm.h"
#include "engine/schema/terms.h"
#include "engine/weights/article_vectors.h"

namespace broadsheet::query {
namespace {

// A word of the seeds.
struct SoughtTerm {
  const SeedWord* word = nullptr;
  double weight = 0;  // in the mean of their vectors
  double worth = 0;   // what it adds to an article that has it once
};

class SimilarSearch {
 public:
  SimilarSearch(MatchContext& context, const SimilarQuery& query)
      : context_(context),
        query_(query),
        rarity_(context.snapshot.Frequencies(), context.snapshot.both().get_doccount(),
                query.known_words, context.snapshot.generation().tokens().words()),
        vectors_(rarity_) {
    for (const SeedText& seed : query_.seeds) {
      counts_.clear();
      for (const SeedWord& word : seed.words) counts_.push_back({word.hash, word.count});
      vectors_.AddCounts(counts_, seed.length);
    }
  }

  SimilarArticles Run() {
    const std::vector<SoughtTerm> terms = TellingTerms();
    if (terms.empty()) return {};
    SimilarArticles found;
    found.articles = Compared(Matched(terms));
    if (found.articles.size() > query_.count) found.articles.resize(query_.count);
    found.words = WordsOf(terms, found.articles);
    return found;
  }

 private:
  std::vector<SoughtTerm> TellingTerms() const;
  Xapian::Query AnyOf(const std::vector<SoughtTerm>& terms) const;
  Xapian::MSet Matched(const std::vector<SoughtTerm>& terms);
  std::vector<SimilarArticle> Compared(const Xapian::MSet& matched);
  std::vector<std::string> WordsOf(const std::vector<SoughtTerm>& terms,
                                   const std::vector<SimilarArticle>& articles) const;

  MatchContext& context_;
  const SimilarQuery& query_;
  const weights::WordRarity rarity_;
  weights::ArticleVectors vectors_;  // those of the seeds
  std::vector<weights::CountedTerm> counts_;
};

std::vector<SoughtTerm> SimilarSearch::TellingTerms() const {
  std::unordered_map<uint32_t, const SeedWord*> by_hash;
  for (const SeedText& seed : query_.seeds) {
    for (const SeedWord& word : seed.words) by_hash.try_emplace(word.hash, &word);
  }
  std::unordered_map<uint32_t, size_t> places;
  std::vector<SoughtTerm> terms;
  for (size_t seed = 0; seed < vectors_.size(); ++seed) {
    for (const weights::VectorWord& word : vectors_[seed]) {
      const auto [place, is_new] = places.try_emplace(word.term, terms.size());
      if (is_new) terms.push_back({.word = by_hash.at(vectors_.HashOf(word.term))});
      SoughtTerm& term = terms[place->second];
      term.weight += word.weight;
      term.worth += word.weight * vectors_.RootOfIdf(word.term);
    }
  }
  const size_t kept = std::min(terms.size(), kSimilarWords);
  // Where words are worth the same, the order of the text decides, so that answers repeat.
  std::stable_sort(terms.begin(), terms.end(),
                   [](const SoughtTerm& a, const SoughtTerm& b) { return a.worth > b.worth; });
  terms.resize(kept);
  return terms;
}

// BM25 weighs each word by its idf once more; the vector has its root already.
Xapian::Query SimilarSearch::AnyOf(const std::vector<SoughtTerm>& terms) const {
  std::vector<Xapian::Query> any;
  for (const SoughtTerm& term : terms) {
    const double root = term.worth / term.weight;
    any.emplace_back(Xapian::Query::OP_SCALE_WEIGHT, Xapian::Query(term.word->term),
                     term.weight / root);
  }
  return {Xapian::Query::OP_OR, any.begin(), any.end()};
}

Xapian::MSet SimilarSearch::Matched(const std::vector<SoughtTerm>& terms) {
  std::vector<std::string> own;
  for (const std::string& id : query_.left_out) own.push_back(schema::IdTerm(id));
  Xapian::Query query = Filtered(AnyOf(terms), query_.filter);
  if (!own.empty()) {
    query = Xapian::Query(Xapian::Query::OP_AND_NOT, query,
                          Xapian::Query(Xapian::Query::OP_OR, own.begin(), own.end()));
  }
  Xapian::Enquire enquire(context_.snapshot.both());
  enquire.set_query(Started(context_, NotBarred(context_, query)));
  enquire.set_weighting_scheme(FoldedWeight());
  DeadlineSpy spy(context_.deadline);
  enquire.add_matchspy(&spy);
  return enquire.get_mset(0, kMostCompared);
}

std::vector<SimilarArticle> SimilarSearch::Compared(const Xapian::MSet& matched) {
  std::vector<Teacher> teachers;
  for (size_t seed = 0; seed < vectors_.size(); ++seed) {
    teachers.push_back(
        {.vector = vectors_[seed], .share = 1.0 / static_cast<double>(vectors_.size())});
  }
  Centroid mean(teachers, vectors_, rarity_, query_.known_words.code_slots());
  weights::ArticleVectors measured(rarity_);
  std::vector<SimilarArticle> articles;
  for (Xapian::MSetIterator hit = matched.begin(); hit != matched.end(); ++hit) {
    context_.deadline.Check();
    const storage::DocRef doc = context_.snapshot.FromBoth(*hit);
    const storage::TokenRun run = context_.snapshot.ReadTokens(doc);
    articles.push_back(
        {.doc = doc,
         .likeness = mean.Times(run, NormOfVector(context_.snapshot, doc, run, measured))});
  }
  std::stable_sort(
      articles.begin(), articles.end(),
      [](const SimilarArticle& a, const SimilarArticle& b) { return a.likeness > b.likeness; });
  return articles;
}

// Only what an article of the answer has is told: other words tell of articles that may not be
// shown.
std::vector<std::string> SimilarSearch::WordsOf(const std::vector<SoughtTerm>& terms,
                                                const std::vector<SimilarArticle>& articles) const {
  std::vector<std::string> words;
  for (const SoughtTerm& term : terms) {
    if (words.size() == kShownWords) break;
    const bool has =
        std::any_of(articles.begin(), articles.end(), [&](const SimilarArticle& article) {
          const Xapian::Database& segment = article.doc.segment == storage::Segment::kBase
                                                ? context_.snapshot.base()
                                                : context_.snapshot.live();
          Xapian::PostingIterator posting = segment.postlist_begin(term.word->term);
          if (posting == segment.postlist_end(term.word->term)) return false;
          posting.skip_to(article.doc.docid);
          return posting != segment.postlist_end(term.word->term) && *posting == article.doc.docid;
        });
    if (has) words.push_back(term.word->written);
  }
  return words;
}

}  // namespace

SimilarArticles FindSimilar(MatchContext& context, const SimilarQuery& query) {
  return SimilarSearch(context, query).Run();
}

}  // namespace broadsheet::query
