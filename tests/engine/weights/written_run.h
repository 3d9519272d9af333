// SPDX-License-Identifier: GPL-3.0-or-later
// Token runs, written as text, and what their words tell.
#pragma once

#include <algorithm>
#include <cstdint>
#include <map>
#include <memory>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "engine/storage/base/token_run.h"
#include "engine/storage/base/word_table.h"
#include "engine/weights/bm25.h"
#include "engine/weights/word_rarity.h"
#include "tests/testing/packed_run.h"

namespace broadsheet::weights::written {

inline constexpr uint64_t kSeed = 7;
inline constexpr double kArticles = 1000;

inline uint32_t HashOf(std::string_view term) { return storage::HashTerm(term, kSeed); }

// The letters are those of the fields' prefixes where they have one.
inline const std::map<char, schema::FieldId> kFields = {
    {'S', schema::FieldId::kHeadline}, {'B', schema::FieldId::kBody},
    {'C', schema::FieldId::kCaption},  {'R', schema::FieldId::kCredit},
    {'A', schema::FieldId::kByline},   {'K', schema::FieldId::kTag}};

// "S: harri=harris covid/covid19 . x" is a headline of a word that is written harris, one with the
// alternative covid19, and a sentence that starts before x.
inline std::vector<uint32_t> CodesOf(const std::string& text) {
  std::vector<uint32_t> run;
  std::istringstream words(text);
  for (std::string word; words >> word;) {
    if (word == ".") {
      run.push_back(storage::BreakMark(storage::MarkKind::kSentence));
      continue;
    }
    if (word.back() == ':') {
      run.push_back(storage::FieldMark(kFields.at(word[0])));
      continue;
    }
    storage::CodeKind kind = storage::CodeKind::kWord;
    for (size_t begin = 0; begin <= word.size();) {
      const size_t end = std::min(word.find_first_of("=/", begin), word.size());
      run.push_back(storage::MakeCode(kind, HashOf(word.substr(begin, end - begin))));
      kind = word[end] == '=' ? storage::CodeKind::kExact : storage::CodeKind::kAlternative;
      begin = end + 1;
    }
  }
  return run;
}

// The frequent words of the index that all runs are of. Any other word is rare.
inline const std::shared_ptr<const storage::WordTable>& FrequentWords() {
  static const auto table = std::make_shared<const storage::WordTable>(
      CodesOf("ferry harri=harris bridge the of w0 w2 w4 w6 covid/covid19"));
  return table;
}

inline testing::PackedRun RunOf(const std::string& text) {
  return testing::PackedRun(CodesOf(text), FrequentWords());
}

// "the" and "of" are stop words; every other word is in one article.
inline const WordRarity& Rarity() {
  static KnownWords known([] {
    HashedWords hashes;
    for (const char* word : {"the", "of"}) hashes.Add(HashOf(word), 0);
    return hashes;
  }());
  static const WordRarity rarity(std::make_shared<storage::DocumentFrequencies>(), kArticles, known,
                                 *FrequentWords());
  return rarity;
}
// What any word but these tells.
inline double IdfOfOne() { return Idf(1, kArticles); }

}  // namespace broadsheet::weights::written
