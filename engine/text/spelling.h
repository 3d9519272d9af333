// SPDX-License-Identifier: GPL-3.0-or-later
// Spells the units of a written word as the index has them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/text/normal_form.h"
#include "engine/text/written_word.h"

namespace broadsheet::text {

// Both forms of a unit, and those without its sign or the s of a decade: "#metoo" and "metoo",
// "at&t" and "att", "1980s" and "1980". The plain forms are empty when there is neither.
struct Spelling {
  std::string exact;
  std::string folded;
  std::string plain_exact;
  std::string plain_folded;
  // The common word that capitals may stand for too: "it" of IT. Empty for other words.
  std::string common_word;
};

// Whether `word` is one that capitals make an initialism: US is spelt as U.S. is.
bool IsCapitalInitialism(std::string_view word);

// Spells any unit but a run of bigrams and a fraction. Initialisms are spelt without dots ("usa"),
// except where that would be another common word ("u.s"); numbers without commas. Empty when no
// character of the unit belongs to a word.
void Spell(std::string_view text, const std::vector<Piece>& pieces, const Unit& unit,
           WordForms* forms, Spelling* spelling);

// A compound written as one word: "covid19" of COVID-19, "obrien" of O'Brien.
class WholeCompound {
 public:
  // Joins the compound whose first unit is `first`. Returns its last unit, or `first` when no
  // compound starts there, or when it would be too long, hold a dot (1.5-litre, U.S.-led) or be all
  // digits (9-11).
  size_t Join(const std::vector<Unit>& units, const std::vector<Spelling>& spellings, size_t first);

  std::string_view exact() const { return exact_; }
  std::string_view folded() const { return folded_; }

 private:
  std::string exact_;
  std::string folded_;
};

}  // namespace broadsheet::text
