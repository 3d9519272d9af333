// SPDX-License-Identifier: GPL-3.0-or-later
// Finds where text may be cut without splitting what a reader sees as one character: a letter and
// its combining marks, a Hangul syllable of several letters, an emoji sequence (Unicode's extended
// grapheme clusters, UAX #29).
#pragma once

#include <cstddef>
#include <memory>
#include <string_view>

namespace broadsheet::text {

// Cheap to make; the first cut that needs ICU's iterator costs about 20 µs. Not thread-safe.
class Graphemes {
 public:
  Graphemes();
  ~Graphemes();
  Graphemes(const Graphemes&) = delete;
  Graphemes& operator=(const Graphemes&) = delete;

  // The nearest cut at or before (after) `pos`, which is the start of a code point or text.size().
  // Looks at no more than 256 bytes of a cluster.
  size_t CutBefore(std::string_view text, size_t pos);
  size_t CutAfter(std::string_view text, size_t pos);

 private:
  struct Iterator;
  // The cluster around `pos` when `pos` is inside one, else an empty range at `pos`.
  struct Range {
    size_t begin;
    size_t end;
  };
  Range ClusterAround(std::string_view text, size_t pos);

  std::unique_ptr<Iterator> iterator_;  // made when first needed
};

}  // namespace broadsheet::text
