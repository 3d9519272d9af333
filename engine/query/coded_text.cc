// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/coded_text.h"

namespace broadsheet::query {

using storage::CodeKind;
using storage::MakeCode;

void CodedText::Assign(text::Analyzer& analyzer, schema::FieldId field, std::string_view text,
                       std::string_view language, uint64_t token_seed) {
  codes.assign(1, storage::FieldMark(field));
  words.clear();
  starts_sentence.clear();
  const std::string_view stem_language = schema::StemLanguage(schema::FieldOf(field), language);
  analyzer.Analyze(text, stem_language, [&](const text::Token& token) {
    const uint32_t hash = storage::HashTerm(token.term, token_seed);
    if (!token.alternative) {
      // A word that is too long for the index keeps its position, without a place in the text.
      while (words.size() < token.position) {
        codes.push_back(MakeCode(CodeKind::kWord, 0));
        words.push_back({token.begin, token.begin});
        starts_sentence.push_back(false);
      }
      words.push_back({token.begin, token.end});
      starts_sentence.push_back(token.before != text::Break::kNone || words.size() == 1);
    }
    codes.push_back(MakeCode(token.alternative ? CodeKind::kAlternative : CodeKind::kWord, hash));
    if (token.exact != token.term) {
      codes.push_back(MakeCode(CodeKind::kExact, storage::HashTerm(token.exact, token_seed)));
    }
  });
}

}  // namespace broadsheet::query
