// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes as a feed.
#include "indexer/sources/rss.h"
#include "tests/fuzz/source_fuzzing.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  broadsheet::sources::RssSource source;
  broadsheet::fuzz::ReadAny(source, data, size);
  return 0;
}
