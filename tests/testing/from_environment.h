// SPDX-License-Identifier: GPL-3.0-or-later
// Numbers that a randomised test takes from its environment: its seed, and how much it tries.
#pragma once

#include <cstdint>
#include <cstdlib>

namespace broadsheet::testing {

inline uint32_t FromEnvironment(const char* name, uint32_t otherwise) {
  const char* const value = std::getenv(name);
  return value == nullptr ? otherwise : static_cast<uint32_t>(std::strtoul(value, nullptr, 10));
}

}  // namespace broadsheet::testing
