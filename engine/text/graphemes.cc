// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/text/graphemes.h"

#include <unicode/brkiter.h>
#include <unicode/uchar.h>
#include <unicode/utext.h>
#include <unicode/utf8.h>

#include <algorithm>

#include "engine/text/char_class.h"

namespace broadsheet::text {
namespace {

constexpr size_t kMaxCluster = 256;

size_t CodePointBefore(std::string_view text, size_t pos) {
  --pos;
  for (int steps = 0; steps < 3 && pos > 0 && U8_IS_TRAIL(text[pos]); ++steps) --pos;
  return pos;
}

// Characters that take part in no cluster but their own (rule GB999 of UAX #29).
bool StandsAlone(UChar32 c) {
  if (c < 0) return true;
  if (c < 0x80) return c >= 0x20;  // CR LF is one cluster
  return u_getIntPropertyValue(c, UCHAR_GRAPHEME_CLUSTER_BREAK) == U_GCB_OTHER &&
         !u_hasBinaryProperty(c, UCHAR_EXTENDED_PICTOGRAPHIC);
}

}  // namespace

struct Graphemes::Iterator {
  Iterator() {
    UErrorCode status = U_ZERO_ERROR;
    breaks.reset(icu::BreakIterator::createCharacterInstance(icu::Locale::getRoot(), status));
    // Only without ICU's data: cuts then fall between code points.
    if (U_FAILURE(status)) breaks.reset();
  }
  std::unique_ptr<icu::BreakIterator> breaks;
};

Graphemes::Graphemes() = default;
Graphemes::~Graphemes() = default;

Graphemes::Range Graphemes::ClusterAround(std::string_view text, size_t pos) {
  const Range none{pos, pos};
  if (pos == 0 || pos >= text.size()) return none;
  const UChar32 before = CharacterAt(text, CodePointBefore(text, pos)).code_point;
  if (StandsAlone(before) && StandsAlone(CharacterAt(text, pos).code_point)) return none;
  if (iterator_ == nullptr) iterator_ = std::make_unique<Iterator>();
  if (iterator_->breaks == nullptr) return none;
  // From a character that stands alone, whose place in clusters needs nothing before it.
  size_t begin = CodePointBefore(text, pos);
  while (begin > 0 && pos - begin < kMaxCluster &&
         !StandsAlone(CharacterAt(text, begin).code_point)) {
    begin = CodePointBefore(text, begin);
  }
  const std::string_view piece = text.substr(begin, pos - begin + kMaxCluster);
  UErrorCode status = U_ZERO_ERROR;
  UText opened = UTEXT_INITIALIZER;
  utext_openUTF8(&opened, piece.data(), static_cast<int64_t>(piece.size()), &status);
  iterator_->breaks->setText(&opened, status);
  Range cluster = none;
  if (U_SUCCESS(status)) {
    const auto at = static_cast<int32_t>(pos - begin);
    if (!iterator_->breaks->isBoundary(at)) {
      cluster.begin = begin + static_cast<size_t>(iterator_->breaks->preceding(at));
      cluster.end = begin + static_cast<size_t>(iterator_->breaks->following(at));
    }
  }
  utext_close(&opened);
  return cluster;
}

size_t Graphemes::CutBefore(std::string_view text, size_t pos) {
  return ClusterAround(text, pos).begin;
}
size_t Graphemes::CutAfter(std::string_view text, size_t pos) {
  return ClusterAround(text, pos).end;
}

}  // namespace broadsheet::text
