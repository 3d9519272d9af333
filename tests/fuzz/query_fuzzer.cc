// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes as a query: reading them must neither crash nor hang, and what was understood must be
// understood the same when it is typed again.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "engine/query/parser.h"

namespace {

using broadsheet::query::Limits;
using broadsheet::query::MatchMode;

void CheckReadsBack(std::string_view query) {
  const auto parsed = broadsheet::query::Parse(query, Limits(), MatchMode::kAll);
  if (!parsed.ok()) return;
  const std::string understood = broadsheet::query::ToString(parsed->root);
  // The tree written out is longer than what was typed, and may nest one level more.
  Limits roomy;
  roomy.max_query_bytes = understood.size();
  roomy.max_nesting = 2 * roomy.max_nesting + 2;
  const auto again = broadsheet::query::Parse(understood, roomy, MatchMode::kAll);
  if (again.ok() && broadsheet::query::ToString(again->root) == understood) return;
  std::fprintf(stderr, "not read back: %s\n", understood.c_str());
  std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view query(reinterpret_cast<const char*>(data), size);
  CheckReadsBack(query);
  (void)broadsheet::query::Parse(query, Limits(), MatchMode::kAny);
  return 0;
}
