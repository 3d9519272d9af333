// SPDX-License-Identifier: GPL-3.0-or-later
// Shingles: the sequences of four words that the text of a story consists of, each as a number. Two
// articles that tell a story in the same words share most of theirs.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/storage/base/token_run.h"

namespace broadsheet::copies {

inline constexpr size_t kShingleWords = 4;

// Reads the shingles of token runs. Words are taken as they are written, folded and not stemmed,
// from the body alone: papers give a story their own headline. Lines at both ends of the body that
// are no part of the story are left out: bylines, addresses of the press office, "Reporting by",
// "###".
//
// Not thread-safe; reused from run to run. Two runs compare only if their generation is the same.
class ShingleReader {
 public:
  // The generation's (MANIFEST).
  explicit ShingleReader(uint64_t token_seed);

  // In the order of the text, those that occur twice twice. Valid until the next call.
  std::span<const uint64_t> Read(const storage::TokenRun& run);
  // Ascending, each once.
  std::vector<uint64_t> ReadSet(const storage::TokenRun& run);

 private:
  void ReadBody(const storage::TokenRun& run);
  // Whether the words from `begin` to `end`, a paragraph at that end of the body, are no story.
  bool IsLeadIn(size_t begin, size_t end) const;
  bool IsFooter(size_t begin, size_t end) const;
  // The words of the story: places in words_.
  struct Part {
    size_t begin, end;
  };
  Part WithoutEdges() const;

  const uint32_t by_;                    // the word that starts a byline
  const std::vector<uint32_t> closing_;  // words that start a footer
  storage::RunForms forms_;
  std::vector<uint32_t> words_;     // as hashes
  std::vector<size_t> paragraphs_;  // where in words_ each starts
  std::vector<uint64_t> shingles_;
};

}  // namespace broadsheet::copies
