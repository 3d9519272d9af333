// SPDX-License-Identifier: GPL-3.0-or-later
// Other people's articles that tests read when they are there, and that are never part of the
// project: in $BROADSHEET_SHARED, or beside the source tree.
#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>

namespace broadsheet::testing {

inline std::filesystem::path SharedData() {
  const char* shared = std::getenv("BROADSHEET_SHARED");
  if (shared != nullptr) return shared;
  return std::filesystem::path(BROADSHEET_SOURCE_DIR).parent_path() / "shared";
}

}  // namespace broadsheet::testing

// Skips the test, saying so, when `path` does not exist.
#define SKIP_UNLESS_PRESENT(path)                                            \
  if (!std::filesystem::exists(path)) {                                      \
    GTEST_SKIP() << (path) << " is absent: set BROADSHEET_SHARED to run it"; \
  }
