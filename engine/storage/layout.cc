// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/storage/layout.h"

#include "absl/strings/str_format.h"

namespace broadsheet::storage {

std::filesystem::path Layout::generation(uint64_t number) const {
  return generations() / absl::StrFormat("%06d", number);
}

}  // namespace broadsheet::storage
