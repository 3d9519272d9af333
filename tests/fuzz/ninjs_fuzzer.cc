// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes as ninjs.
#include "indexer/sources/ninjs.h"
#include "tests/fuzz/source_fuzzing.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  broadsheet::sources::ReadCounts counts;
  broadsheet::sources::NinjsSource source(&counts);
  broadsheet::fuzz::ReadAny(source, data, size);
  return 0;
}
