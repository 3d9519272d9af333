// SPDX-License-Identifier: GPL-3.0-or-later
// Cuts text into written words (the text between spaces: "COVID-19", "jane@example.com",
// "U.S.-led") and those into pieces, and pieces into the units that get a position each.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "engine/text/char_class.h"

namespace broadsheet::text {

// The joiner between a piece and the one before it.
enum class Joiner : uint8_t {
  kNone,        // the first piece
  kApostrophe,  // O'Brien
  kHyphen,      // COVID-19
  kAmpersand,   // AT&T
  kDot,         // U.S., example.com
  kOther,       // jane@example, and/or, 12:30, anything in a URL
  kAdjacent,    // nothing: letters beside a script without spaces, or a fraction
};

enum class PieceKind : uint8_t { kWord, kNumber, kBigrams, kFraction };

// Bytes [begin, end) of the text without joiners; a number may hold "," and "." (1,000.5).
struct Piece {
  size_t begin = 0;
  size_t end = 0;
  Joiner joiner = Joiner::kNone;
  PieceKind kind = PieceKind::kWord;
  bool ascii = true;
  bool single_letter = false;
  bool initial = false;  // a single letter or a part of a degree (Ph): may stand in an initialism
};

enum class UnitKind : uint8_t {
  kWord,
  kNumber,
  kBigrams,
  kFraction,     // ½, which is the two words of 1/2
  kInitialism,   // U.S.A., Ph.D.
  kAmpersand,    // AT&T: one side is a single letter
  kContraction,  // don't
  kDecade,       // 1980's, which is 1980s
};

// Pieces [first_piece, last_piece] that make up one word with one position (a run of bigrams and a
// fraction have more).
struct Unit {
  size_t first_piece = 0;
  size_t last_piece = 0;
  UnitKind kind = UnitKind::kWord;
  Joiner joiner = Joiner::kNone;  // before the unit
  size_t begin = 0;
  size_t end = 0;           // after the final dot of an initialism, before a possessive 's
  size_t plain_end = 0;     // of the word without its suffix, or the 's of a decade
  char sign = 0;            // '#' or '@' before the word
  std::string_view suffix;  // "++" or "#" of C++ and C#
};

// Holds the pieces and units of one written word. Not thread-safe; reused from word to word.
class WrittenWord {
 public:
  WrittenWord() : classes_(CharClasses::Get()) {}

  // Takes the written word that starts at `pos`: a character that starts a word, or a sign (# @)
  // before one. Returns the offset after it. A word of more than kMaxPieces is cut, and the rest
  // is a written word of its own.
  size_t Scan(std::string_view text, size_t pos);

  const std::vector<Piece>& pieces() const { return pieces_; }
  const std::vector<Unit>& units() const { return units_; }

  static constexpr size_t kMaxPieces = 64;

 private:
  Piece ScanPiece(std::string_view text, size_t pos, Joiner joiner) const;
  size_t ScanNumber(std::string_view text, size_t pos, bool decimals) const;
  void ScanWord(std::string_view text, size_t pos, Piece* piece) const;
  void ScanBigrams(std::string_view text, size_t pos, Piece* piece) const;
  // The joiner after `piece` and the offset of the piece that follows; kNone if none does.
  struct Joint {
    Joiner joiner = Joiner::kNone;
    size_t next = 0;
  };
  Joint JointAfter(std::string_view text, const Piece& piece) const;
  Joint JointInUrl(std::string_view text, size_t pos) const;

  void MakeUnits(std::string_view text);
  Unit UnitFrom(std::string_view text, size_t first) const;
  // Drops a possessive 's and takes in the ending of a contraction or decade; returns the last
  // piece used up.
  size_t TakeApostropheEnding(std::string_view text, Unit* unit) const;

  const CharClasses& classes_;
  std::vector<Piece> pieces_;
  std::vector<Unit> units_;
  bool in_url_ = false;
};

}  // namespace broadsheet::text
