// SPDX-License-Identifier: GPL-3.0-or-later
// The way back from positions to bytes, for the few stretches of a text that are shown.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "engine/base/call_control.h"
#include "engine/query/highlight/match_finder.h"
#include "engine/query/highlight/passages.h"
#include "engine/text/analyzer.h"

namespace broadsheet::query {

// Reused from text to text. Words are counted from 0 in the text.
class LocatedWords {
 public:
  void Clear();
  // Asks for the places of some words.
  void Want(WordRange words);
  // Reads `text` up to the last word asked for. Throws what the deadline throws.
  void Locate(text::Analyzer& analyzer, std::string_view text, base::Deadline& deadline);

  // A form of a word that was asked for; nullptr when the text has no such form there.
  const text::Place* FormAt(uint32_t word, FormNumber form) const;
  // Indices into words() of the first word from `word` on, and of the last one up to it. There may
  // be none: NoWord().
  size_t FirstFrom(uint32_t word) const;
  size_t LastUpTo(uint32_t word) const;
  static constexpr size_t NoWord() { return static_cast<size_t>(-1); }
  // The words themselves, without alternatives, in order.
  const std::vector<text::Place>& words() const { return words_; }

 private:
  std::vector<WordRange> wanted_;
  std::vector<text::Place> words_;
  std::vector<text::Place> alternatives_;
};

}  // namespace broadsheet::query
