// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/text/spelling.h"

#include <algorithm>
#include <array>

#include "engine/text/char_class.h"

namespace broadsheet::text {
namespace {

// Initialisms that keep their dots, because without them they are common English (and Romance)
// words.
constexpr std::string_view kWordLikeInitialisms[] = {
    "all", "am",  "an",  "and", "are", "as",  "at",  "be",  "by",  "can", "de",  "do",  "for",
    "go",  "had", "has", "he",  "her", "hi",  "his", "how", "if",  "in",  "is",  "it",  "its",
    "la",  "may", "me",  "my",  "new", "no",  "not", "now", "of",  "on",  "one", "or",  "our",
    "out", "she", "so",  "the", "to",  "two", "up",  "us",  "was", "we",  "who", "why", "you",
};

bool ReadsAsWord(std::string_view initialism) {
  return std::binary_search(std::begin(kWordLikeInitialisms), std::end(kWordLikeInitialisms),
                            initialism);
}

// Those of them that news writes in capitals without dots as well: hours before noon, information
// technology, Los Angeles, the United States, the World Health Organization. Other capitals are
// mostly stress ("do NOT go").
constexpr std::string_view kCapitalInitialisms[] = {"AM", "IT", "LA", "US", "WHO"};

// Whether the line around [begin, end) is in capitals, so that capitals tell nothing: it has some
// further letters, and none of them is a small one.
bool IsLineInCapitals(std::string_view text, size_t begin, size_t end) {
  // Enough to tell, and cheap where capitals go on and on.
  constexpr size_t kReach = 60;
  // Two initialisms side by side ("US GDP") are no line in capitals.
  constexpr int kFewest = 4;
  int capitals = 0;
  const size_t first = begin - std::min(begin, kReach);
  for (size_t at = begin; at > first && text[at - 1] != '\n'; --at) {
    if (IsAsciiAlpha(text[at - 1]) && !IsAsciiUpper(text[at - 1])) return false;
    capitals += IsAsciiUpper(text[at - 1]) ? 1 : 0;
  }
  const size_t last = std::min(text.size(), end + kReach);
  for (size_t at = end; at < last && text[at] != '\n'; ++at) {
    if (IsAsciiAlpha(text[at]) && !IsAsciiUpper(text[at])) return false;
    capitals += IsAsciiUpper(text[at]) ? 1 : 0;
  }
  return capitals >= kFewest;
}

// More parts than any compound that somebody would write as one word.
constexpr size_t kMaxCompoundUnits = 8;

// Appends the forms of pieces to a spelling.
class Speller {
 public:
  Speller(std::string_view text, WordForms* forms, Spelling* spelling)
      : text_(text), forms_(forms), spelling_(spelling) {
    spelling->exact.clear();
    spelling->folded.clear();
    spelling->plain_exact.clear();
    spelling->plain_folded.clear();
    spelling->common_word.clear();
  }

  void AppendSign(std::string_view sign) {
    spelling_->exact.append(sign);
    spelling_->folded.append(sign);
  }

  // US as U.S., and the word that a reader may also mean by it. The pronoun us stays apart from the
  // country, which half of all articles name, but where a whole line is in capitals.
  void AppendCapitalInitialism(std::string_view word, bool line_in_capitals) {
    for (const char c : word) {
      if (!spelling_->folded.empty()) AppendSign(".");
      const char lower = AsciiLower(c);
      AppendSign(std::string_view(&lower, 1));
      spelling_->common_word.push_back(lower);
    }
    if (word == "US" && !line_in_capitals) spelling_->common_word.clear();
  }

  void AppendPiece(const Piece& piece) {
    const std::string_view word = text_.substr(piece.begin, piece.end - piece.begin);
    if (piece.ascii) return AppendAscii(word);
    if (piece.kind != PieceKind::kNumber) return AppendForms(word);
    // "1,000" with letters of another script behind: the number is ASCII up to its last digit.
    const auto ascii_end = std::find_if_not(word.begin(), word.end(), IsAscii);
    const size_t size = static_cast<size_t>(ascii_end - word.begin());
    AppendAscii(word.substr(0, size));
    AppendForms(word.substr(size));
  }

 private:
  // The commas of a number are the only ones there can be.
  void AppendAscii(std::string_view word) {
    for (const char c : word) {
      if (c == ',') continue;
      spelling_->exact.push_back(AsciiLower(c));
      spelling_->folded.push_back(AsciiLower(c));
    }
  }

  void AppendForms(std::string_view word) {
    const Forms forms = forms_->Of(word);
    spelling_->exact.append(forms.exact);
    spelling_->folded.append(forms.folded);
  }

  std::string_view text_;
  WordForms* forms_;
  Spelling* spelling_;
};

void SpellPieces(const std::vector<Piece>& pieces, const Unit& unit, std::string_view between,
                 Speller* speller) {
  for (size_t i = unit.first_piece; i <= unit.last_piece; ++i) {
    if (i > unit.first_piece) speller->AppendSign(between);
    speller->AppendPiece(pieces[i]);
  }
}

void SpellWord(std::string_view text, const Piece& piece, Speller* speller) {
  const std::string_view word = text.substr(piece.begin, piece.end - piece.begin);
  if (!IsCapitalInitialism(word)) return speller->AppendPiece(piece);
  speller->AppendCapitalInitialism(word, IsLineInCapitals(text, piece.begin, piece.end));
}

bool Joins(Joiner joiner) {
  return joiner == Joiner::kHyphen || joiner == Joiner::kApostrophe || joiner == Joiner::kAmpersand;
}

bool MayBeJoined(const Unit& unit, const Spelling& spelling) {
  return unit.kind != UnitKind::kBigrams && unit.kind != UnitKind::kFraction &&
         !spelling.folded.empty() && spelling.folded.find('.') == std::string::npos &&
         spelling.plain_folded.find('.') == std::string::npos;
}

// Forms without the sign of a tag or name are those to join; a decade keeps its s.
bool IsJoinedPlain(const Unit& unit, const Spelling& spelling) {
  return unit.kind != UnitKind::kDecade && !spelling.plain_folded.empty();
}

}  // namespace

bool IsCapitalInitialism(std::string_view word) {
  return std::find(std::begin(kCapitalInitialisms), std::end(kCapitalInitialisms), word) !=
         std::end(kCapitalInitialisms);
}

void Spell(std::string_view text, const std::vector<Piece>& pieces, const Unit& unit,
           WordForms* forms, Spelling* spelling) {
  Speller speller(text, forms, spelling);
  switch (unit.kind) {
    case UnitKind::kInitialism:
      SpellPieces(pieces, unit, "", &speller);
      if (ReadsAsWord(spelling->folded)) {
        Speller dotted(text, forms, spelling);
        SpellPieces(pieces, unit, ".", &dotted);
      }
      return;
    case UnitKind::kContraction:
      return SpellPieces(pieces, unit, "'", &speller);
    case UnitKind::kDecade:
      speller.AppendPiece(pieces[unit.first_piece]);
      spelling->plain_exact = spelling->exact;
      spelling->plain_folded = spelling->folded;
      return speller.AppendSign("s");
    case UnitKind::kAmpersand:
      SpellPieces(pieces, unit, "", &speller);
      break;
    default:
      SpellWord(text, pieces[unit.first_piece], &speller);
      break;
  }
  const bool has_sign = unit.sign != 0 || !unit.suffix.empty() || unit.kind == UnitKind::kAmpersand;
  if (!has_sign || spelling->folded.empty()) return;
  std::string plain_exact;
  std::string plain_folded;
  plain_exact.swap(spelling->exact);
  plain_folded.swap(spelling->folded);
  if (unit.sign != 0) speller.AppendSign(std::string_view(&unit.sign, 1));
  SpellPieces(pieces, unit, "&", &speller);
  speller.AppendSign(unit.suffix);
  plain_exact.swap(spelling->plain_exact);
  plain_folded.swap(spelling->plain_folded);
}

size_t WholeCompound::Join(const std::vector<Unit>& units, const std::vector<Spelling>& spellings,
                           size_t first) {
  const bool starts = !Joins(units[first].joiner) && first + 1 < units.size();
  if (!starts) return first;
  size_t end = first + 1;
  while (end < units.size() && Joins(units[end].joiner)) ++end;
  if (end - first < 2 || end - first > kMaxCompoundUnits) return first;
  exact_.clear();
  folded_.clear();
  for (size_t i = first; i < end; ++i) {
    if (!MayBeJoined(units[i], spellings[i])) return first;
    const bool plain = IsJoinedPlain(units[i], spellings[i]);
    exact_.append(plain ? spellings[i].plain_exact : spellings[i].exact);
    folded_.append(plain ? spellings[i].plain_folded : spellings[i].folded);
  }
  // Nobody writes 9-11 as 911, or a date as one number and means the date.
  const bool only_digits = std::all_of(folded_.begin(), folded_.end(), IsAsciiDigit);
  return only_digits ? first : end - 1;
}

}  // namespace broadsheet::text
