// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes as NITF and as NewsML-G2.
#include "indexer/sources/newsml.h"
#include "indexer/sources/nitf.h"
#include "tests/fuzz/source_fuzzing.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  broadsheet::sources::ReadCounts counts;
  broadsheet::sources::NitfSource nitf;
  broadsheet::fuzz::ReadAny(nitf, data, size);
  broadsheet::sources::NewsmlSource newsml(&counts);
  broadsheet::fuzz::ReadAny(newsml, data, size);
  return 0;
}
