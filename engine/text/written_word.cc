// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/text/written_word.h"

#include <algorithm>

#include "engine/text/hebrew.h"

namespace broadsheet::text {
namespace {

std::string_view TextOf(std::string_view text, const Piece& piece) {
  return text.substr(piece.begin, piece.end - piece.begin);
}

char CharAt(std::string_view text, size_t pos) { return pos < text.size() ? text[pos] : '\0'; }

bool EqualsIgnoringCase(std::string_view text, std::string_view lower_case) {
  return std::equal(text.begin(), text.end(), lower_case.begin(), lower_case.end(),
                    [](char a, char b) { return AsciiLower(a) == b; });
}

size_t SkipDigits(std::string_view text, size_t pos) {
  while (IsAsciiDigit(CharAt(text, pos))) ++pos;
  return pos;
}

bool IsContractionEnding(std::string_view ending) {
  constexpr std::string_view kEndings[] = {"t", "ll", "re", "ve", "d", "m"};
  return std::any_of(std::begin(kEndings), std::end(kEndings), [ending](std::string_view known) {
    return EqualsIgnoringCase(ending, known);
  });
}

bool IsUrlPunctuation(char c) {
  constexpr std::string_view kPunctuation = "/?=&%#~+;:._@!$*,-";
  return c != '\0' && kPunctuation.find(c) != std::string_view::npos;
}

bool IsSingleLetter(std::string_view text, const Piece& piece) {
  if (piece.kind != PieceKind::kWord || IsAsciiDigit(text[piece.begin])) return false;
  return CharacterAt(text, piece.begin).end == piece.end;
}

// Parts of degrees that are longer than a letter.
bool IsPartOfDegree(std::string_view word) {
  constexpr std::string_view kParts[] = {"arch", "ed",  "eng", "jur",  "litt",
                                         "ll",   "med", "mus", "ph",   "pharm",
                                         "phil", "psy", "sc",  "tech", "th"};
  return std::any_of(std::begin(kParts), std::end(kParts),
                     [word](std::string_view part) { return EqualsIgnoringCase(word, part); });
}

// "1980's" means what "1980s" means, "2024's" is the year's: decades and ages end in 0.
bool IsDecade(std::string_view word) {
  return word.back() == '0' && std::all_of(word.begin(), word.end(), IsAsciiDigit);
}

// A small letter before a capital ends a sentence rather than a degree: "high tech.A".
bool MakeInitialism(std::string_view text, const Piece& a, const Piece& b) {
  if (a.single_letter && b.single_letter) return true;
  const bool small_before_capital = !IsAsciiUpper(text[a.begin]) && IsAsciiUpper(text[b.begin]);
  return a.initial && b.initial && (a.single_letter || b.single_letter) && !small_before_capital;
}

bool HasLetter(std::string_view text, const Piece& piece) {
  const std::string_view word = TextOf(text, piece);
  return std::any_of(word.begin(), word.end(),
                     [](char c) { return !IsAscii(c) || IsAsciiAlpha(c); });
}

}  // namespace

size_t WrittenWord::Scan(std::string_view text, size_t pos) {
  pieces_.clear();
  in_url_ = false;
  const bool signed_word = text[pos] == '#' || text[pos] == '@';
  Joint joint{Joiner::kNone, pos + (signed_word ? 1 : 0)};
  size_t end = pos;
  do {
    pieces_.push_back(ScanPiece(text, joint.next, joint.joiner));
    const Piece& piece = pieces_.back();
    end = piece.end;
    in_url_ = in_url_ || text.substr(end, 3) == "://" ||
              (CharAt(text, end) == '.' && EqualsIgnoringCase(TextOf(text, piece), "www"));
    joint = in_url_ ? JointInUrl(text, end) : JointAfter(text, piece);
  } while (joint.joiner != Joiner::kNone && pieces_.size() < kMaxPieces);
  MakeUnits(text);
  if (signed_word && units_.front().kind == UnitKind::kWord && HasLetter(text, pieces_.front())) {
    units_.front().sign = text[pos];
    units_.front().begin = pos;
  }
  return std::max(end, units_.back().end);
}

Piece WrittenWord::ScanPiece(std::string_view text, size_t pos, Joiner joiner) const {
  Piece piece;
  piece.begin = piece.end = pos;
  piece.joiner = joiner;
  if (!IsAscii(text[pos])) {
    const Character first = CharacterAt(text, pos);
    const CharClass char_class = classes_.Of(first.code_point);
    if (char_class == CharClass::kBigram) {
      ScanBigrams(text, pos, &piece);
      return piece;
    }
    if (char_class == CharClass::kFraction) {
      piece.kind = PieceKind::kFraction;
      piece.ascii = false;
      piece.end = first.end;
      return piece;
    }
  }
  if (IsAsciiDigit(text[pos])) {
    // After a dot this is the second part of a date, version or address, not a decimal number.
    const size_t end = ScanNumber(text, pos, /*decimals=*/joiner != Joiner::kDot && !in_url_);
    if (end > pos) piece.kind = PieceKind::kNumber;
    piece.end = pos = end;
  }
  ScanWord(text, pos, &piece);
  piece.single_letter = IsSingleLetter(text, piece);
  piece.initial = piece.single_letter || (!in_url_ && IsPartOfDegree(TextOf(text, piece)));
  return piece;
}

// Takes digits in groups of three and decimals: "1,000", "1.5", "1,000.50"; returns `pos` when
// there are neither.
size_t WrittenWord::ScanNumber(std::string_view text, size_t pos, bool decimals) const {
  size_t end = SkipDigits(text, pos);
  bool taken = false;
  if (end - pos <= 3) {
    while (CharAt(text, end) == ',' && SkipDigits(text, end + 1) == end + 4) {
      end += 4;
      taken = true;
    }
  }
  if (decimals && CharAt(text, end) == '.' && IsAsciiDigit(CharAt(text, end + 1))) {
    const size_t after = SkipDigits(text, end + 1);
    const bool more = CharAt(text, after) == '.' && IsAsciiDigit(CharAt(text, after + 1));
    if (!more) {
      end = after;
      taken = true;
    }
  }
  return taken ? end : pos;
}

void WrittenWord::ScanWord(std::string_view text, size_t pos, Piece* piece) const {
  while (pos < text.size()) {
    const char c = text[pos];
    const bool inner = c == '_' && pos > piece->begin && IsAsciiAlnum(CharAt(text, pos + 1));
    if (IsAsciiAlnum(c) || inner) {
      piece->end = ++pos;
      continue;
    }
    const Character character = CharacterAt(text, pos);
    const CharClass char_class = classes_.Of(character.code_point);
    if (char_class == CharClass::kWord || char_class == CharClass::kMark) {
      piece->end = pos = character.end;
    } else if (char_class == CharClass::kIgnorable) {
      pos = character.end;
    } else {
      const size_t after_mark = EndOfHebrewMark(text, piece->begin, pos);
      if (after_mark == pos) break;
      pos = after_mark;
    }
  }
  const std::string_view word = TextOf(text, *piece);
  piece->ascii = std::all_of(word.begin(), word.end(), IsAscii);
}

void WrittenWord::ScanBigrams(std::string_view text, size_t pos, Piece* piece) const {
  piece->kind = PieceKind::kBigrams;
  piece->ascii = false;
  while (pos < text.size()) {
    const Character character = CharacterAt(text, pos);
    const CharClass char_class = classes_.Of(character.code_point);
    if (char_class != CharClass::kBigram && char_class != CharClass::kMark &&
        char_class != CharClass::kIgnorable) {
      break;
    }
    pos = character.end;
    if (char_class != CharClass::kIgnorable) piece->end = pos;
  }
}

WrittenWord::Joint WrittenWord::JointAfter(std::string_view text, const Piece& piece) const {
  size_t pos = piece.end;
  // The final dot of an initialism is its own: "U.S.-led", "U.S.'s".
  const bool initialism = piece.initial && piece.joiner == Joiner::kDot;
  if (initialism && CharAt(text, pos) == '.' && !classes_.StartsWord(text, pos + 1)) ++pos;
  if (pos >= text.size()) return {};
  const Character character = CharacterAt(text, pos);
  const CharClass char_class = classes_.Of(character.code_point);
  if (classes_.StartsWord(text, pos)) return {Joiner::kAdjacent, pos};
  Joiner joiner = Joiner::kNone;
  if (char_class == CharClass::kApostrophe) joiner = Joiner::kApostrophe;
  if (char_class == CharClass::kHyphen) joiner = Joiner::kHyphen;
  const char c = text[pos];
  const bool between_digits =
      IsAsciiDigit(text[pos - 1]) && IsAsciiDigit(CharAt(text, character.end));
  if (c == '.') joiner = Joiner::kDot;
  if (c == '&') joiner = Joiner::kAmpersand;
  if (char_class == CharClass::kSlash) joiner = Joiner::kOther;
  if (c == '@' || c == '/' || (c == ':' && between_digits)) joiner = Joiner::kOther;
  if (joiner == Joiner::kNone || !classes_.StartsWord(text, character.end)) return {};
  return {joiner, character.end};
}

WrittenWord::Joint WrittenWord::JointInUrl(std::string_view text, size_t pos) const {
  const size_t begin = pos;
  while (IsUrlPunctuation(CharAt(text, pos))) ++pos;
  if (!classes_.StartsWord(text, pos)) return {};
  return {pos == begin ? Joiner::kAdjacent : Joiner::kOther, pos};
}

void WrittenWord::MakeUnits(std::string_view text) {
  units_.clear();
  for (size_t first = 0; first < pieces_.size();) {
    Unit unit = UnitFrom(text, first);
    first = TakeApostropheEnding(text, &unit) + 1;
    units_.push_back(unit);
  }
  // C++ and C# end a written word; a plus or a number sign alone means something else.
  Unit& last = units_.back();
  if (last.kind != UnitKind::kWord || in_url_ || last.end != pieces_.back().end) return;
  const Piece& piece = pieces_[last.first_piece];
  if (text.substr(last.end, 2) == "++" && !classes_.StartsWord(text, last.end + 2)) {
    last.suffix = "++";
  } else if (piece.single_letter && CharAt(text, last.end) == '#' &&
             !classes_.StartsWord(text, last.end + 1)) {
    last.suffix = "#";
  }
  last.end += last.suffix.size();
}

Unit WrittenWord::UnitFrom(std::string_view text, size_t first) const {
  const auto joined = [this](size_t next, Joiner joiner) {
    return next < pieces_.size() && pieces_[next].joiner == joiner;
  };
  const Piece& piece = pieces_[first];
  Unit unit;
  unit.first_piece = first;
  unit.joiner = piece.joiner;
  unit.begin = piece.begin;
  if (piece.kind == PieceKind::kNumber) unit.kind = UnitKind::kNumber;
  if (piece.kind == PieceKind::kBigrams) unit.kind = UnitKind::kBigrams;
  if (piece.kind == PieceKind::kFraction) unit.kind = UnitKind::kFraction;
  size_t last = first;
  while (joined(last + 1, Joiner::kDot) && MakeInitialism(text, pieces_[last], pieces_[last + 1])) {
    ++last;
    unit.kind = UnitKind::kInitialism;
  }
  if (last == first) {
    while (joined(last + 1, Joiner::kAmpersand) && pieces_[last].kind == PieceKind::kWord &&
           pieces_[last + 1].kind == PieceKind::kWord &&
           (pieces_[last].single_letter || pieces_[last + 1].single_letter)) {
      ++last;
      unit.kind = UnitKind::kAmpersand;
    }
  }
  unit.last_piece = last;
  unit.end = pieces_[last].end;
  if (unit.kind == UnitKind::kInitialism && CharAt(text, unit.end) == '.') ++unit.end;
  unit.plain_end = unit.end;
  return unit;
}

size_t WrittenWord::TakeApostropheEnding(std::string_view text, Unit* unit) const {
  const size_t last = unit->last_piece;
  const size_t next = last + 1;
  if (next >= pieces_.size() || pieces_[next].joiner != Joiner::kApostrophe) return last;
  // In "rock'n'roll" the middle piece ends nothing.
  if (next + 1 < pieces_.size() && pieces_[next + 1].joiner == Joiner::kApostrophe) return last;
  const std::string_view ending = TextOf(text, pieces_[next]);
  if (EqualsIgnoringCase(ending, "s")) {
    if (unit->kind == UnitKind::kWord && IsDecade(TextOf(text, pieces_[last]))) {
      unit->kind = UnitKind::kDecade;
      unit->end = pieces_[next].end;
    }
    return next;
  }
  if (unit->kind == UnitKind::kWord && IsContractionEnding(ending)) {
    unit->kind = UnitKind::kContraction;
    unit->last_piece = next;
    unit->end = unit->plain_end = pieces_[next].end;
    return next;
  }
  return last;
}

}  // namespace broadsheet::text
