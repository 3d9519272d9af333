// SPDX-License-Identifier: GPL-3.0-or-later
// Token runs and patterns written in letters.
#pragma once

#include <cstdint>
#include <map>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "engine/query/positions/token_matcher.h"
#include "tests/testing/packed_run.h"

namespace broadsheet::query::letters {

inline uint32_t HashOf(char letter) { return static_cast<uint32_t>(letter) * 1000; }

inline const std::map<char, schema::FieldId> kFields = {{'H', schema::FieldId::kHeadline},
                                                        {'B', schema::FieldId::kBody},
                                                        {'C', schema::FieldId::kCaption},
                                                        {'R', schema::FieldId::kCredit}};

// "H: a b=B c/d . e" is a headline of four words, b with the exact form B, c with the alternative
// d, and a sentence that starts before e.
inline std::vector<uint32_t> CodesOf(const std::string& text) {
  std::vector<uint32_t> run;
  std::istringstream words(text);
  for (std::string word; words >> word;) {
    if (word.size() == 2 && word[1] == ':') {
      run.push_back(storage::FieldMark(kFields.at(word[0])));
    } else if (word == "." || word == "..") {
      run.push_back(storage::BreakMark(word == "." ? storage::MarkKind::kSentence
                                                   : storage::MarkKind::kParagraph));
    } else {
      run.push_back(storage::MakeCode(storage::CodeKind::kWord, HashOf(word[0])));
      for (size_t i = 1; i + 1 < word.size(); i += 2) {
        const storage::CodeKind kind =
            word[i] == '=' ? storage::CodeKind::kExact : storage::CodeKind::kAlternative;
        run.push_back(storage::MakeCode(kind, HashOf(word[i + 1])));
      }
    }
  }
  return run;
}

inline testing::PackedRun RunOf(const std::string& text) {
  return testing::PackedRun(CodesOf(text));
}

// "a|b =C" is two words: a or b, then the exact form C.
inline PhrasePattern Phrase(const std::string& text, uint32_t slop = 0) {
  PhrasePattern phrase{.words = {}, .slop = slop};
  std::istringstream words(text);
  for (std::string word; words >> word;) {
    WordPattern pattern;
    if (word[0] == '=') {
      pattern.exact.push_back(HashOf(word[1]));
    } else {
      for (size_t i = 0; i < word.size(); i += 2) pattern.terms.push_back(HashOf(word[i]));
    }
    phrase.words.push_back(std::move(pattern));
  }
  return phrase;
}

inline constexpr FieldMask kDefaultFields = MaskOf(schema::FieldId::kHeadline) |
                                            MaskOf(schema::FieldId::kBody) |
                                            MaskOf(schema::FieldId::kCaption);

inline TokenConstraint InFields(FieldMask fields, PhrasePattern phrase) {
  return {.fields = fields, .operands = {{std::move(phrase)}}};
}

inline TokenConstraint Near(std::vector<std::vector<PhrasePattern>> operands, uint32_t distance,
                            bool ordered = false) {
  return {.fields = kDefaultFields,
          .operands = std::move(operands),
          .distance = distance,
          .ordered = ordered};
}

}  // namespace broadsheet::query::letters
