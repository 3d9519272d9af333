// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/weights/word_rarity.h"

#include <gtest/gtest.h>
#include <xapian.h>

#include <cmath>
#include <memory>
#include <string>
#include <vector>

#include "engine/storage/base/token_run.h"
#include "engine/weights/bm25.h"

namespace broadsheet::weights {
namespace {

constexpr uint64_t kRaritySeed = 11;

uint32_t TermHash(const std::string& term) { return storage::HashTerm(term, kRaritySeed); }

// The frequencies of "said" in 90 documents, "ferri" in 10, "once" in one.
std::shared_ptr<const storage::DocumentFrequencies> SomeFrequencies() {
  Xapian::WritableDatabase database("", Xapian::DB_BACKEND_INMEMORY);
  for (int i = 0; i < 100; ++i) {
    Xapian::Document document;
    if (i < 90) document.add_term("said");
    if (i < 10) document.add_term("ferri");
    if (i < 1) document.add_term("once");
    database.add_document(document);
  }
  return std::make_shared<storage::DocumentFrequencies>(database, kRaritySeed);
}

bool Has(const HashedWords& hashes, const std::string& term) {
  return !hashes.Find(TermHash(term)).empty();
}

TEST(WordRarityTest, AWordOfFewArticlesTellsMore) {
  KnownWords known{HashedWords()};
  const storage::WordTable table;
  const WordRarity rarity(SomeFrequencies(), 100, known, table);
  EXPECT_DOUBLE_EQ(rarity.IdfOf(TermHash("once")), Idf(1, 100));
  EXPECT_DOUBLE_EQ(rarity.IdfOf(TermHash("unheard")), Idf(1, 100));
  // The count is at most 4.5 % off.
  EXPECT_NEAR(rarity.IdfOf(TermHash("ferri")), Idf(10, 100), 0.06);
  EXPECT_NEAR(rarity.IdfOf(TermHash("said")), Idf(90, 100), 0.06);
  EXPECT_GT(rarity.IdfOf(TermHash("ferri")), rarity.IdfOf(TermHash("said")));
  EXPECT_GT(rarity.IdfOf(TermHash("said")), 0);
}

TEST(WordRarityTest, AStopWordTellsNothing) {
  HashedWords stop_words;
  stop_words.Add(TermHash("said"), 0);
  KnownWords known(stop_words);
  const storage::WordTable table;
  const WordRarity rarity(SomeFrequencies(), 100, known, table);
  EXPECT_EQ(rarity.IdfOf(TermHash("said")), 0);
  EXPECT_GT(rarity.IdfOf(TermHash("ferri")), 0);
}

TEST(WordRarityTest, AFrequentWordTellsTheSameByTheNumberOfItsTerm) {
  HashedWords stop_words;
  stop_words.Add(TermHash("said"), 0);
  KnownWords known(stop_words);
  std::vector<uint32_t> words;
  for (const char* term : {"said", "ferri", "unheard", "once"}) {
    words.push_back(storage::MakeCode(storage::CodeKind::kWord, TermHash(term)));
  }
  const storage::WordTable table(words);
  // The levels are kept between searches, until the frequencies change.
  for (const auto& frequencies :
       {std::make_shared<const storage::DocumentFrequencies>(), SomeFrequencies()}) {
    const WordRarity rarity(frequencies, 100, known, table);
    for (const char* term : {"said", "ferri", "unheard", "once"}) {
      EXPECT_DOUBLE_EQ(rarity.RootOfIdf(table.TermWith(TermHash(term))),
                       std::sqrt(rarity.IdfOf(TermHash(term))))
          << term;
    }
  }
}

TEST(HashStopWordsTest, HasThemAsTheIndexDoes) {
  text::Analyzer analyzer;
  const HashedWords english = HashStopWords(analyzer, {"en"}, kRaritySeed);
  for (const char* word : {"the", "of", "which"}) EXPECT_TRUE(Has(english, word)) << word;
  // The stem of "because" and the word as a name has it.
  EXPECT_TRUE(Has(english, "becaus"));
  EXPECT_TRUE(Has(english, "because"));
  EXPECT_FALSE(Has(english, "ferri"));
  EXPECT_FALSE(Has(english, "die"));
}

TEST(HashStopWordsTest, MakesNoStopWordOfOneThatAStopWordResembles) {
  text::Analyzer analyzer;
  const HashedWords english = HashStopWords(analyzer, {"en"}, kRaritySeed);
  for (const char* word : {"hell", "ill", "shed", "well", "cant", "id", "ve", "ll", "US", "us"}) {
    EXPECT_FALSE(Has(english, word)) << word;
  }
}

TEST(HashStopWordsTest, TakesThoseOfAllLanguages) {
  text::Analyzer analyzer;
  const HashedWords both = HashStopWords(analyzer, {"en-GB", "de"}, kRaritySeed);
  EXPECT_TRUE(Has(both, "the"));
  EXPECT_TRUE(Has(both, "wahrend"));
  const HashedWords unknown = HashStopWords(analyzer, {"tlh", ""}, kRaritySeed);
  EXPECT_FALSE(Has(unknown, "the"));
}

}  // namespace
}  // namespace broadsheet::weights
