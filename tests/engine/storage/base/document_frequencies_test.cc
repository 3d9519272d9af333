// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/storage/base/document_frequencies.h"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "engine/storage/base/token_run.h"
#include "tests/testing/temp_dir.h"

namespace broadsheet::storage {
namespace {

constexpr uint64_t kFirstSeed = 7;
constexpr int kDocuments = 300;

// The word in so many documents.
std::string WordIn(int count) { return "word" + std::to_string(count); }

class DocumentFrequenciesTest : public ::testing::Test {
 protected:
  void AddDocuments(int count, const std::string& term) {
    for (int i = 0; i < count; ++i) {
      if (documents_.size() == static_cast<size_t>(i)) documents_.emplace_back();
      documents_[static_cast<size_t>(i)].add_term(term);
    }
  }
  DocumentFrequencies Count(uint64_t seed = kFirstSeed) {
    const std::string path = (dir_ / ("db" + std::to_string(++databases_))).string();
    Xapian::WritableDatabase database(path, Xapian::DB_CREATE | Xapian::DB_NO_SYNC);
    for (const Xapian::Document& document : documents_) database.add_document(document);
    database.commit();
    return {database, seed};
  }

 private:
  testing::TempDir dir_;
  std::vector<Xapian::Document> documents_;
  int databases_ = 0;
};

TEST_F(DocumentFrequenciesTest, AreAtMostFourAndAHalfPercentOff) {
  for (int count = 1; count <= kDocuments; ++count) AddDocuments(count, WordIn(count));
  const DocumentFrequencies frequencies = Count();
  for (int count = 1; count <= kDocuments; ++count) {
    const uint8_t level = frequencies.LevelOf(HashTerm(WordIn(count), kFirstSeed));
    EXPECT_NEAR(DocumentFrequencies::CountOfLevel(level), count, 0.045 * count);
  }
}

TEST_F(DocumentFrequenciesTest, AWordOfOneDocumentOrNoneHasTheLowestLevel) {
  AddDocuments(1, "once");
  AddDocuments(2, "twice");
  const DocumentFrequencies frequencies = Count();
  EXPECT_EQ(frequencies.LevelOf(HashTerm("once", kFirstSeed)), 0);
  EXPECT_EQ(frequencies.LevelOf(HashTerm("unheard", kFirstSeed)), 0);
  EXPECT_EQ(DocumentFrequencies::CountOfLevel(0), 1);
  EXPECT_DOUBLE_EQ(
      DocumentFrequencies::CountOfLevel(frequencies.LevelOf(HashTerm("twice", kFirstSeed))), 2);
}

TEST_F(DocumentFrequenciesTest, AnEmptyIndexHasNone) {
  EXPECT_EQ(Count().LevelOf(HashTerm("word", kFirstSeed)), 0);
  EXPECT_EQ(DocumentFrequencies().LevelOf(0), 0);
}

TEST_F(DocumentFrequenciesTest, TermsOfFieldsAreNotCounted) {
  // What stands before the capitals, among them, and behind them.
  const std::vector<std::string> words = {"2024", "ferri", "zebra", "\xC3\xBC"};
  const std::vector<std::string> field_terms = {"Sferri", "Aroberts", "XC:ferri", "Zx", "Kkim"};
  for (const std::string& term : words) AddDocuments(10, term);
  for (const std::string& term : field_terms) AddDocuments(10, term);
  const DocumentFrequencies frequencies = Count();
  for (const std::string& term : words) {
    EXPECT_GT(frequencies.LevelOf(HashTerm(term, kFirstSeed)), 0) << term;
  }
  for (const std::string& term : field_terms) {
    EXPECT_EQ(frequencies.LevelOf(HashTerm(term, kFirstSeed)), 0) << term;
  }
}

TEST_F(DocumentFrequenciesTest, AreTheSameUnderAnotherSeed) {
  constexpr uint64_t kSecondSeed = 0x123456789abcdef;
  for (int count = 1; count <= 40; ++count) AddDocuments(count, WordIn(count));
  const DocumentFrequencies first = Count(kFirstSeed);
  const DocumentFrequencies second = Count(kSecondSeed);
  for (int count = 1; count <= 40; ++count) {
    EXPECT_EQ(first.LevelOf(HashTerm(WordIn(count), kFirstSeed)),
              second.LevelOf(HashTerm(WordIn(count), kSecondSeed)));
  }
}

TEST_F(DocumentFrequenciesTest, FindEachOfManyWords) {
  constexpr int kWords = 5000;
  for (int i = 0; i < kWords; ++i) AddDocuments(2 + i % 3, "w" + std::to_string(i));
  const DocumentFrequencies frequencies = Count();
  for (int i = 0; i < kWords; ++i) {
    const uint8_t level = frequencies.LevelOf(HashTerm("w" + std::to_string(i), kFirstSeed));
    EXPECT_EQ(std::lround(DocumentFrequencies::CountOfLevel(level)), 2 + i % 3);
  }
}

}  // namespace
}  // namespace broadsheet::storage
