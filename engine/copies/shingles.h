// SPDX-License-Identifier: GPL-3.0-or-later
// Shingles: the sequences of four words that the text of a story consists of, each as a number. Two
// articles that tell a story in the same words share most of theirs.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "engine/text/char_class.h"
#include "engine/text/normal_form.h"

namespace broadsheet::copies {

inline constexpr size_t kShingleWords = 4;

// Reads the shingles of bodies, the headline left out: papers give a story their own. A word here
// is a row of letters and digits, folded and not stemmed, and nothing else parts or joins words: a
// page that lost its punctuation on its way has the same ("U.S." and "U S", "$4,013" and "4 013").
// In scripts without spaces each character is one. Lines at both ends that are no part of the story
// are left out: bylines, addresses of the press office, "Reporting by", "###".
//
// Not thread-safe; reused from text to text. The numbers are the same in every index: sketches in
// an index are made of them (docs/index_format.md).
class ShingleReader {
 public:
  ShingleReader();

  // In the order of the text, those that occur twice twice. Valid until the next call.
  std::span<const uint64_t> Read(std::string_view body);
  // Ascending, each once.
  std::vector<uint64_t> ReadSet(std::string_view body);

 private:
  void ReadWords(std::string_view body);
  // The end of the word whose letters up to `at` are ASCII; it begins there if it has none.
  size_t EndOfWord(std::string_view body, size_t at, bool begins) const;
  // Adds the word that starts at `begin`; returns where it ends.
  size_t TakeWord(std::string_view body, size_t begin);
  // Whether the words from `begin` to `end`, a line at that end of the body, are no story.
  bool IsLeadIn(size_t begin, size_t end) const;
  bool IsFooter(size_t begin, size_t end) const;
  // The words of the story: places in words_.
  struct Part {
    size_t begin, end;
  };
  Part WithoutEdges() const;

  const text::CharClasses& classes_;
  const uint64_t by_;                    // the word that starts a byline
  const std::vector<uint64_t> closing_;  // words that start a footer
  text::WordForms forms_;
  std::vector<uint64_t> words_;  // as hashes
  std::vector<size_t> lines_;    // where in words_ each starts that has words
  std::vector<uint64_t> shingles_;
};

}  // namespace broadsheet::copies
