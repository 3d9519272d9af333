// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/text/analyzer.h"

#include <algorithm>

#include "engine/text/char_class.h"
#include "engine/text/language.h"
#include "engine/text/long_word.h"
#include "engine/text/normal_form.h"
#include "engine/text/sentence.h"
#include "engine/text/stemmers.h"
#include "engine/text/word_pass.h"

namespace broadsheet::text {
namespace {

using TokenSink = absl::FunctionRef<void(const Token&)>;
using PlaceSink = absl::FunctionRef<bool(const Place&)>;

}  // namespace

struct Analyzer::Impl {
  WordScratch scratch;
  Stemmers stemmers;

  // As Analyzer::Analyze.
  void Run(std::string_view text, std::string_view language, TokenSink sink);
};

namespace {

// What becomes of the words of one text: tokens for the sink.
class TokenDelivery {
 public:
  static constexpr bool kWantsForms = true;

  TokenDelivery(StemKey& key, Stemmers& stemmers, std::string_view text, std::string_view language,
                TokenSink sink)
      : key_(key),
        stemmers_(stemmers),
        text_(text),
        stemmer_(stemmers.Find(language)),
        sink_(sink) {}

  bool stopped() const { return false; }

  // A written word starts at `begin`. A break before one without words counts for the next one.
  void StartWord(size_t begin) {
    continues_ = false;
    if (before_.end == 0) return;
    if (begin == before_.end + 1 && text_[before_.end] == ' ') return;
    break_ = std::max(break_, BreakBetween(text_, before_, begin));
  }
  void EndWord(const WordBefore& word) { before_ = word; }

  // The word in the stem key.
  void TakeKey(size_t begin, size_t end) {
    Token token;
    Fill(begin, end, &token);
    token.exact = token.folded;
    TakeWord(&token);
  }

  // Forms that are not empty. They may live anywhere but in the key.
  void TakeForms(const Forms& forms, size_t begin, size_t end, bool alternative) {
    Token token;
    if (IsLong(forms.folded) || IsLong(forms.exact)) {
      FillShortened(forms, begin, end, &token);
    } else {
      key_.Assign(forms.folded);
      Fill(begin, end, &token);
      token.exact = forms.exact;
    }
    if (!alternative) return TakeWord(&token);
    token.alternative = true;
    token.position = position_ - 1;
    sink_(token);
  }

 private:
  void Fill(size_t begin, size_t end, Token* token) {
    token->folded = key_.word();
    token->term = stemmers_.Stem(stemmer_, &key_);
    token->begin = static_cast<uint32_t>(begin);
    token->end = static_cast<uint32_t>(end);
  }

  // A word is stemmed before it is shortened, so that the forms of a long word meet.
  void FillShortened(const Forms& forms, size_t begin, size_t end, Token* token) {
    std::string_view stem = forms.folded;
    if (stem.size() <= StemKey::kMaxBytes) {
      key_.Assign(stem);
      stem = stemmers_.Stem(stemmer_, &key_);
    }
    token->term = Shortened(stem, &term_);
    token->folded = Shortened(forms.folded, &folded_);
    token->exact = Shortened(forms.exact, &exact_);
    token->begin = static_cast<uint32_t>(begin);
    token->end = static_cast<uint32_t>(end);
  }

  void TakeWord(Token* token) {
    token->position = position_++;
    token->continues_word = continues_;
    continues_ = true;
    token->before = break_;
    break_ = Break::kNone;
    sink_(*token);
  }

  StemKey& key_;
  Stemmers& stemmers_;
  const std::string_view text_;
  const int stemmer_;
  TokenSink sink_;
  uint32_t position_ = 0;
  WordBefore before_;
  Break break_ = Break::kNone;
  bool continues_ = false;
  // Forms of a long word.
  std::string term_;
  std::string folded_;
  std::string exact_;
};

// What becomes of the words of one text: their places.
class PlaceDelivery {
 public:
  static constexpr bool kWantsForms = false;

  explicit PlaceDelivery(PlaceSink sink) : sink_(sink) {}

  bool stopped() const { return stopped_; }
  void StartWord(size_t) {}
  void EndWord(const WordBefore&) {}
  void TakeKey(size_t begin, size_t end) { Take(position_++, begin, end, false); }
  void TakeForms(const Forms&, size_t begin, size_t end, bool alternative) {
    Take(alternative ? position_ - 1 : position_++, begin, end, alternative);
  }

 private:
  void Take(uint32_t position, size_t begin, size_t end, bool alternative) {
    stopped_ = stopped_ || !sink_({.position = position,
                                   .begin = static_cast<uint32_t>(begin),
                                   .end = static_cast<uint32_t>(end),
                                   .alternative = alternative});
  }

  PlaceSink sink_;
  uint32_t position_ = 0;
  bool stopped_ = false;
};

}  // namespace

void Analyzer::Impl::Run(std::string_view text, std::string_view language, TokenSink sink) {
  TokenDelivery delivery(scratch.key, stemmers, text, language, sink);
  WordPass(scratch, text, delivery).Run();
}

Analyzer::Analyzer() : impl_(std::make_unique<Impl>()) {}
Analyzer::~Analyzer() = default;

void Analyzer::Analyze(std::string_view text, std::string_view language, TokenSink sink) {
  impl_->Run(text, language, sink);
}

void Analyzer::Locate(std::string_view text, PlaceSink sink) {
  PlaceDelivery delivery(sink);
  WordPass(impl_->scratch, text, delivery).Run();
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

std::string_view NumberBehindLetters(std::string_view word) {
  const auto is_letter = [](char c) { return !IsAscii(c) || IsAsciiAlpha(c); };
  const auto number = std::find_if_not(word.begin(), word.end(), is_letter);
  const bool digits = number != word.begin() && std::all_of(number, word.end(), IsAsciiDigit);
  return digits ? word.substr(static_cast<size_t>(number - word.begin())) : std::string_view();
}

// A query's word stands for its first form, so the beginnings of other forms do not count.
void TakeBeginning(const Token& token, QueryWord* word) {
  if (token.begin == word->begin && token.end == word->end) word->beginning = token.term;
}

}  // namespace

// How text is cut into words does not depend on the language, so a pass for each language gives
// the same words with that language's stems.
std::vector<QueryWord> AnalyzeQuery(Analyzer& analyzer, std::string_view text,
                                    const std::vector<std::string>& languages) {
  std::vector<QueryWord> words;
  analyzer.impl_->Run(text, "", [&words](const Token& token) {
    if (token.alternative) {
      if (IsBeginning(token.term)) return TakeBeginning(token, &words.back());
      if (!IsWholeCompound(token, words.back())) return;
      words.back().whole_terms.emplace_back(token.term);
      words.back().whole_end = token.end;
      return;
    }
    QueryWord& word = words.emplace_back();
    AddDistinct(token.term, &word.terms);
    word.exact = token.exact;
    word.number = NumberBehindLetters(token.folded);
    word.begin = token.begin;
    word.end = token.end;
    word.continues_word = token.continues_word;
  });
  for (const std::string& language : languages) {
    if (!HasStemmer(language)) continue;
    analyzer.impl_->Run(text, language, [&words](const Token& token) {
      QueryWord& word = words[token.position];
      if (!token.alternative) {
        AddDistinct(token.term, &word.terms);
      } else if (IsWholeCompound(token, word) && !IsBeginning(token.term)) {
        AddDistinct(token.term, &word.whole_terms);
      }
    });
  }
  return words;
}

bool HasStemmer(std::string_view language) { return SnowballKnows(PrimaryLanguage(language)); }

}  // namespace broadsheet::text
