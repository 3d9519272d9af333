// SPDX-License-Identifier: GPL-3.0-or-later
// Cuts a text into words. Nearly all words of a newspaper are plain ASCII between a space and a
// space or comma: WordPass::TakePlainWord copies them in lower case straight into the key of the
// stem cache. Everything else goes through WrittenWord (pieces and units) and WordForms (ICU).
// Neither way allocates once buffers and caches are warm.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/text/ascii_word.h"
#include "engine/text/char_class.h"
#include "engine/text/long_word.h"
#include "engine/text/normal_form.h"
#include "engine/text/sentence.h"
#include "engine/text/spelling.h"
#include "engine/text/stemmers.h"
#include "engine/text/token.h"
#include "engine/text/written_word.h"

namespace broadsheet::text {

// Buffers and caches that are reused from word to word.
struct WordScratch {
  const CharClasses& classes = CharClasses::Get();
  StemKey key;
  WordForms forms;
  WrittenWord written;
  std::vector<Spelling> spellings;
  WholeCompound whole;
  std::string buffer;
};

// Bytes that may continue a written word, or start one that is not plain.
constexpr std::array<bool, 256> MakeJoinsTable() {
  std::array<bool, 256> table{};
  for (const char c : {'\'', '-', '.', ',', '&', '/', '@', ':', '_', '+', '#'}) {
    table[static_cast<size_t>(c)] = true;
  }
  for (size_t c = 128; c < 256; ++c) table[c] = true;
  return table;
}

inline constexpr std::array<bool, 256> kJoins = MakeJoinsTable();

// Finds the words of one text and gives them to a Delivery, which has
//   static constexpr bool kWantsForms   whether TakeKey reads the key
//   bool stopped() const                whether it wants no more
//   void StartWord(size_t begin)        a written word starts here
//   void TakeKey(size_t begin, size_t end)      a plain word; its lower case is in the key
//   void TakeForms(const Forms&, size_t begin, size_t end, bool alternative)
//                                       any other token; forms may be long (long_word.h)
//   void EndWord(const WordBefore&)     the written word has ended
template <typename Delivery>
class WordPass {
 public:
  WordPass(WordScratch& scratch, std::string_view text, Delivery& delivery)
      : scratch_(scratch), text_(text), delivery_(delivery) {}

  void Run() {
    size_t pos = 0;
    while (pos < text_.size() && !delivery_.stopped()) {
      const char c = text_[pos];
      if (IsAsciiAlnum(c)) {
        if (!TakePlainWord(&pos)) TakeWrittenWord(&pos);
      } else if (!IsAscii(c)) {
        if (scratch_.classes.StartsWord(text_, pos)) {
          TakeWrittenWord(&pos);
        } else {
          pos = CharacterAt(text_, pos).end;
        }
      } else if ((c == '#' || c == '@') && scratch_.classes.StartsWord(text_, pos + 1)) {
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
    const CharClass char_class = scratch_.classes.Of(character.code_point);
    if (char_class == CharClass::kSeparator) return true;
    const bool joins = char_class == CharClass::kApostrophe || char_class == CharClass::kHyphen ||
                       char_class == CharClass::kSlash;
    return joins && !scratch_.classes.StartsWord(text_, character.end);
  }

  // Whether capitals may make another word of a plain word (US). Few words end in a capital, which
  // makes asking that first nearly free.
  bool IsInCapitals(size_t begin, size_t end) const {
    return IsAsciiUpper(text_[end - 1]) && IsCapitalInitialism(text_.substr(begin, end - begin));
  }

  // The fast way. Returns false, and changes nothing, when the word at *pos is not plain.
  bool TakePlainWord(size_t* pos) {
    const size_t begin = *pos;
    size_t end = begin;
    if constexpr (Delivery::kWantsForms) scratch_.key.Clear();
    AsciiRun run;
    do {
      if (end - begin >= kMaxTermLetters) return false;
      run = ReadAsciiRun(text_, end);
      if constexpr (Delivery::kWantsForms) scratch_.key.Append(run.lower, run.count);
      end += run.count;
    } while (run.count == 8 && end < text_.size());
    if (!EndsPlainWord(begin, end) || IsInCapitals(begin, end)) return false;
    delivery_.StartWord(begin);
    delivery_.TakeKey(begin, end);
    delivery_.EndWord({begin, end, false});
    *pos = end;
    return true;
  }

  void TakeWrittenWord(size_t* pos) {
    delivery_.StartWord(*pos);
    *pos = scratch_.written.Scan(text_, *pos);
    SpellAll();
    const std::vector<Unit>& units = scratch_.written.units();
    for (size_t i = 0; i < units.size(); ++i) {
      if (units[i].kind == UnitKind::kBigrams) {
        TakeBigrams(units[i]);
      } else if (units[i].kind == UnitKind::kFraction) {
        TakeFraction(units[i]);
      } else if (!scratch_.spellings[i].folded.empty()) {
        TakeUnit(i);
      }
    }
    const Unit& last = units.back();
    delivery_.EndWord({last.begin, *pos, last.kind == UnitKind::kInitialism});
  }

  void SpellAll() {
    const std::vector<Unit>& units = scratch_.written.units();
    if (scratch_.spellings.size() < units.size()) scratch_.spellings.resize(units.size());
    for (size_t i = 0; i < units.size(); ++i) {
      if (units[i].kind == UnitKind::kBigrams || units[i].kind == UnitKind::kFraction) continue;
      Spell(text_, scratch_.written.pieces(), units[i], &scratch_.forms, &scratch_.spellings[i]);
    }
  }

  // Delivers unit `i`, its further forms, and the whole compound that it starts.
  void TakeUnit(size_t i) {
    const Unit& unit = scratch_.written.units()[i];
    const Spelling& spelling = scratch_.spellings[i];
    DeliverForms({spelling.exact, spelling.folded}, unit.begin, unit.end, false);
    const size_t plain_begin = unit.begin + (unit.sign != 0 ? 1 : 0);
    if (!spelling.plain_folded.empty()) {
      DeliverForms({spelling.plain_exact, spelling.plain_folded}, plain_begin, unit.plain_end,
                   true);
    }
    if (!spelling.common_word.empty()) {
      DeliverForms({spelling.common_word, spelling.common_word}, plain_begin, unit.plain_end, true);
    }
    const size_t last = scratch_.whole.Join(scratch_.written.units(), scratch_.spellings, i);
    if (last > i) {
      DeliverForms({scratch_.whole.exact(), scratch_.whole.folded()}, unit.begin,
                   scratch_.written.units()[last].end, true);
    }
  }

  // Its two numbers, each a word at the place of the whole.
  void TakeFraction(const Unit& unit) {
    constexpr std::string_view kSlash = "\u2044";
    CaseFold(text_.substr(unit.begin, unit.end - unit.begin), &scratch_.buffer);
    const std::string_view fraction = scratch_.buffer;
    const size_t slash = fraction.find(kSlash);
    if (slash == std::string_view::npos) return;
    for (const std::string_view number :
         {fraction.substr(0, slash), fraction.substr(slash + kSlash.size())}) {
      if (!number.empty()) DeliverForms({number, number}, unit.begin, unit.end, false);
    }
  }

  // Overlapping pairs of characters, each with its marks; a lone character by itself.
  void TakeBigrams(const Unit& unit) {
    size_t begin = unit.begin;
    size_t middle = EndOfCluster(begin, unit.end);
    do {
      const size_t end = middle < unit.end ? EndOfCluster(middle, unit.end) : middle;
      const Forms forms = scratch_.forms.Of(text_.substr(begin, end - begin));
      if (!forms.folded.empty()) DeliverForms(forms, begin, end, false);
      begin = middle;
      middle = end;
    } while (middle < unit.end);
  }

  size_t EndOfCluster(size_t pos, size_t limit) const {
    pos = CharacterAt(text_, pos).end;
    while (pos < limit) {
      const Character character = CharacterAt(text_, pos);
      if (scratch_.classes.Of(character.code_point) == CharClass::kBigram) break;
      pos = character.end;
    }
    return pos;
  }

  void DeliverForms(const Forms& forms, size_t begin, size_t end, bool alternative) {
    delivery_.TakeForms(forms, begin, end, alternative);
    if (!IsLong(forms.folded)) return;
    scratch_.buffer.clear();
    AppendBeginning(forms.folded, &scratch_.buffer);
    delivery_.TakeForms({scratch_.buffer, scratch_.buffer}, begin, end, true);
  }

  WordScratch& scratch_;
  const std::string_view text_;
  Delivery& delivery_;
};

}  // namespace broadsheet::text
