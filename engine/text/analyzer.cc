// SPDX-License-Identifier: GPL-3.0-or-later
//
// How a text becomes tokens. Nearly all words of a newspaper are plain ASCII between a space and a
// space or comma: Pass::TakePlainWord copies them in lower case straight into the key of the stem
// cache and delivers them. Everything else goes through WrittenWord (pieces and units) and
// WordForms (ICU). Neither way allocates once buffers and caches are warm.
#include "engine/text/analyzer.h"

#include <algorithm>
#include <array>

#include "engine/text/ascii_word.h"
#include "engine/text/char_class.h"
#include "engine/text/language.h"
#include "engine/text/sentence.h"
#include "engine/text/spelling.h"
#include "engine/text/stemmers.h"
#include "engine/text/written_word.h"

namespace broadsheet::text {
namespace {

using Sink = absl::FunctionRef<void(const Token&)>;

// Bytes that may continue a written word, or start one that is not plain.
constexpr std::array<bool, 256> MakeJoinsTable() {
  std::array<bool, 256> table{};
  for (const char c : {'\'', '-', '.', ',', '&', '/', '@', ':', '_', '+', '#'}) {
    table[static_cast<size_t>(c)] = true;
  }
  for (size_t c = 128; c < 256; ++c) table[c] = true;
  return table;
}

constexpr std::array<bool, 256> kJoins = MakeJoinsTable();

}  // namespace

struct Analyzer::Impl {
  const CharClasses& classes = CharClasses::Get();
  Stemmers stemmers;
  StemKey key;
  WordForms forms;
  WrittenWord written;
  std::vector<Spelling> spellings;
  WholeCompound whole;

  // As Analyzer::Analyze. With `report_long_words` a word over kMaxTermBytes is delivered too,
  // with empty forms.
  void Run(std::string_view text, std::string_view language, bool report_long_words, Sink sink);
};

namespace {

// One text on its way through the analyser.
template <typename Impl>
class Pass {
 public:
  Pass(Impl& impl, std::string_view text, std::string_view language, bool report_long_words,
       Sink sink)
      : impl_(impl),
        text_(text),
        stemmer_(impl.stemmers.Find(language)),
        report_long_words_(report_long_words),
        sink_(sink) {}

  void Run() {
    size_t pos = 0;
    while (pos < text_.size()) {
      const char c = text_[pos];
      if (IsAsciiAlnum(c)) {
        if (!TakePlainWord(&pos)) TakeWrittenWord(&pos);
      } else if (!IsAscii(c)) {
        if (impl_.classes.StartsWord(text_, pos)) {
          TakeWrittenWord(&pos);
        } else {
          pos = CharacterAt(text_, pos).end;
        }
      } else if ((c == '#' || c == '@') && impl_.classes.StartsWord(text_, pos + 1)) {
        TakeWrittenWord(&pos);
      } else {
        ++pos;
      }
    }
  }

 private:
  // Whether a run of ASCII letters and digits that ends at `end` is a whole written word.
  bool EndsPlainWord(size_t begin, size_t end) const {
    if (end == text_.size()) return true;
    const char c = text_[end];
    if (!kJoins[static_cast<unsigned char>(c)]) return true;
    const char next = end + 1 < text_.size() ? text_[end + 1] : ' ';
    switch (c) {
      case ',':
        return !(IsAsciiDigit(next) && IsAsciiDigit(text_[end - 1]));
      case '+':
        return next != '+';
      case '#':
        return end - begin != 1;
      case ':':
        return next != '/' && !IsAsciiDigit(next);
      default:
        break;
    }
    if (IsAscii(c)) return IsAscii(next) && !IsAsciiAlnum(next);
    const Character character = CharacterAt(text_, end);
    const CharClass char_class = impl_.classes.Of(character.code_point);
    if (char_class == CharClass::kSeparator) return true;
    if (char_class != CharClass::kApostrophe && char_class != CharClass::kHyphen) return false;
    return !impl_.classes.StartsWord(text_, character.end);
  }

  // The fast way: false, with nothing done, when the word at *pos is not plain.
  bool TakePlainWord(size_t* pos) {
    const size_t begin = *pos;
    size_t end = begin;
    impl_.key.Clear();
    AsciiRun run;
    do {
      if (end - begin >= kMaxTermBytes) return false;
      run = ReadAsciiRun(text_, end);
      impl_.key.Append(run.lower, run.count);
      end += run.count;
    } while (run.count == 8 && end < text_.size());
    if (!EndsPlainWord(begin, end)) return false;
    NoteBreak(begin);
    Token token;
    token.exact = token.folded = impl_.key.word();
    token.term = impl_.stemmers.Stem(stemmer_, &impl_.key);
    token.begin = static_cast<uint32_t>(begin);
    token.end = static_cast<uint32_t>(end);
    continues_ = false;
    DeliverWord(&token);
    before_ = {begin, end, false};
    *pos = end;
    return true;
  }

  void TakeWrittenWord(size_t* pos) {
    NoteBreak(*pos);
    const size_t begin = *pos;
    *pos = impl_.written.Scan(text_, begin);
    SpellAll();
    const std::vector<Unit>& units = impl_.written.units();
    continues_ = false;
    for (size_t i = 0; i < units.size(); ++i) {
      if (units[i].kind == UnitKind::kBigrams) {
        TakeBigrams(units[i]);
      } else if (!impl_.spellings[i].folded.empty()) {
        TakeUnit(i);
      }
    }
    const Unit& last = units.back();
    before_ = {last.begin, *pos, last.kind == UnitKind::kInitialism};
  }

  void SpellAll() {
    const std::vector<Unit>& units = impl_.written.units();
    if (impl_.spellings.size() < units.size()) impl_.spellings.resize(units.size());
    for (size_t i = 0; i < units.size(); ++i) {
      if (units[i].kind == UnitKind::kBigrams) continue;
      Spell(text_, impl_.written.pieces(), units[i], &impl_.forms, &impl_.spellings[i]);
    }
  }

  // Delivers unit `i`, the form without its sign, and the whole compound that it starts.
  void TakeUnit(size_t i) {
    const Unit& unit = impl_.written.units()[i];
    const Spelling& spelling = impl_.spellings[i];
    DeliverForms({spelling.exact, spelling.folded}, unit.begin, unit.end, false);
    if (!spelling.plain_folded.empty()) {
      const size_t begin = unit.begin + (unit.sign != 0 ? 1 : 0);
      DeliverForms({spelling.plain_exact, spelling.plain_folded}, begin,
                   unit.end - unit.suffix.size(), true);
    }
    const size_t last = impl_.whole.Join(impl_.written.units(), impl_.spellings, i);
    if (last > i) {
      DeliverForms({impl_.whole.exact(), impl_.whole.folded()}, unit.begin,
                   impl_.written.units()[last].end, true);
    }
  }

  // Overlapping pairs of characters, each with its marks; a lone character by itself.
  void TakeBigrams(const Unit& unit) {
    size_t begin = unit.begin;
    size_t middle = EndOfCluster(begin, unit.end);
    do {
      const size_t end = middle < unit.end ? EndOfCluster(middle, unit.end) : middle;
      const Forms forms = impl_.forms.Of(text_.substr(begin, end - begin));
      if (!forms.folded.empty()) DeliverForms(forms, begin, end, false);
      begin = middle;
      middle = end;
    } while (middle < unit.end);
  }

  size_t EndOfCluster(size_t pos, size_t limit) const {
    pos = CharacterAt(text_, pos).end;
    while (pos < limit) {
      const Character character = CharacterAt(text_, pos);
      if (impl_.classes.Of(character.code_point) == CharClass::kBigram) break;
      pos = character.end;
    }
    return pos;
  }

  // `forms` may live anywhere but in the key.
  void DeliverForms(const Forms& forms, size_t begin, size_t end, bool alternative) {
    Token token;
    token.begin = static_cast<uint32_t>(begin);
    token.end = static_cast<uint32_t>(end);
    token.alternative = alternative;
    if (std::max(forms.folded.size(), forms.exact.size()) <= kMaxTermBytes) {
      impl_.key.Assign(forms.folded);
      token.exact = forms.exact;
      token.folded = impl_.key.word();
      token.term = impl_.stemmers.Stem(stemmer_, &impl_.key);
    }
    if (!alternative) return DeliverWord(&token);
    token.position = position_ - 1;
    if (!token.term.empty()) sink_(token);
  }

  void DeliverWord(Token* token) {
    token->position = position_++;
    token->continues_word = continues_;
    continues_ = true;
    if (token->term.empty() && !report_long_words_) return;
    token->before = break_;
    break_ = Break::kNone;
    sink_(*token);
  }

  // A break before a word that is not delivered counts for the next one.
  void NoteBreak(size_t begin) {
    if (before_.end == 0) return;
    if (begin == before_.end + 1 && text_[before_.end] == ' ') return;
    break_ = std::max(break_, BreakBetween(text_, before_, begin));
  }

  Impl& impl_;
  const std::string_view text_;
  const int stemmer_;
  const bool report_long_words_;
  Sink sink_;
  uint32_t position_ = 0;
  WordBefore before_;
  Break break_ = Break::kNone;
  bool continues_ = false;
};

}  // namespace

void Analyzer::Impl::Run(std::string_view text, std::string_view language, bool report_long_words,
                         Sink sink) {
  Pass<Impl>(*this, text, language, report_long_words, sink).Run();
}

Analyzer::Analyzer() : impl_(std::make_unique<Impl>()) {}
Analyzer::~Analyzer() = default;

void Analyzer::Analyze(std::string_view text, std::string_view language, Sink sink) {
  impl_->Run(text, language, /*report_long_words=*/false, sink);
}

namespace {

void AddDistinct(std::string_view term, std::vector<std::string>* terms) {
  if (term.empty() || std::find(terms->begin(), terms->end(), term) != terms->end()) return;
  terms->emplace_back(term);
}

// The whole of a compound spans more than its first part, unlike any other alternative.
bool IsWholeCompound(const Token& token, const QueryWord& first) {
  return token.alternative && token.begin == first.begin && token.end > first.end;
}

}  // namespace

// How text is cut into words does not depend on the language, so a pass for each language gives
// the same words with that language's stems.
std::vector<QueryWord> AnalyzeQuery(Analyzer& analyzer, std::string_view text,
                                    const std::vector<std::string>& languages) {
  std::vector<QueryWord> words;
  analyzer.impl_->Run(text, "", /*report_long_words=*/true, [&words](const Token& token) {
    if (token.alternative) {
      if (!IsWholeCompound(token, words.back())) return;
      words.back().whole_terms.emplace_back(token.term);
      words.back().whole_end = token.end;
      return;
    }
    QueryWord& word = words.emplace_back();
    AddDistinct(token.term, &word.terms);
    word.exact = token.exact;
    word.begin = token.begin;
    word.end = token.end;
    word.continues_word = token.continues_word;
  });
  for (const std::string& language : languages) {
    if (!HasStemmer(language)) continue;
    analyzer.impl_->Run(text, language, true, [&words](const Token& token) {
      QueryWord& word = words[token.position];
      if (!token.alternative) {
        AddDistinct(token.term, &word.terms);
      } else if (IsWholeCompound(token, word)) {
        AddDistinct(token.term, &word.whole_terms);
      }
    });
  }
  return words;
}

bool HasStemmer(std::string_view language) { return SnowballKnows(PrimaryLanguage(language)); }

}  // namespace broadsheet::text
