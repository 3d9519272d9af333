// SPDX-License-Identifier: GPL-3.0-or-later
// Finds lines that a page says more than once.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "indexer/sources/plain_text/lines/page_line.h"

namespace broadsheet::sources::page {

// An index of lines [first, end) of a page, long lines aside; case and marks do not count. `page`
// must outlive it. Pure after construction; safe from any thread.
class RepeatedLines {
 public:
  RepeatedLines(const Page& page, size_t first, size_t end);

  // Another line says the same as line `at`.
  bool IsRepeated(size_t at) const;

  // Another line says it and more: "Share this story: Talks fail", "HomePoliticsTalks fail".
  bool IsWithinAnother(size_t at) const;

 private:
  bool IsWithin(size_t shorter, size_t longer) const;
  const std::vector<uint32_t>* FewestLines(size_t at) const;

  const Page& page_;
  const size_t first_;
  // Words between two spaces each, so that whole words are found in it; empty for long lines.
  std::vector<std::string> folded_;
  std::unordered_map<std::string_view, size_t> times_;
  std::unordered_map<std::string_view, std::vector<uint32_t>> lines_of_word_;
};

}  // namespace broadsheet::sources::page
