// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/storage/base/token_code.h"

#include <xxhash.h>

namespace broadsheet::storage {

uint32_t HashTerm(std::string_view term, uint64_t seed) {
  return TermHashOf(XXH3_64bits_withSeed(term.data(), term.size(), seed));
}

}  // namespace broadsheet::storage
