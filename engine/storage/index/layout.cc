// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/storage/index/layout.h"

#include <random>

#include "absl/strings/str_format.h"

namespace broadsheet::storage {

std::string NewBuildId() {
  std::random_device device;
  return absl::StrFormat("%08x%08x%08x%08x", device(), device(), device(), device());
}

std::filesystem::path Layout::generation(uint64_t number) const {
  return generations() / absl::StrFormat("%06d", number);
}

}  // namespace broadsheet::storage
