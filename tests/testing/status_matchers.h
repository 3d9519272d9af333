// SPDX-License-Identifier: GPL-3.0-or-later
// IsOk() and StatusIs() for absl::Status and StatusOr, which Debian's Abseil does not bring yet.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace broadsheet::testing {

inline const absl::Status& StatusOf(const absl::Status& status) { return status; }
template <typename T>
const absl::Status& StatusOf(const absl::StatusOr<T>& value) {
  return value.status();
}

MATCHER(IsOk, "is OK") {
  *result_listener << StatusOf(arg).ToString();
  return StatusOf(arg).ok();
}

// EXPECT_THAT(status, StatusIs(absl::StatusCode::kNotFound, HasSubstr("no article")));
template <typename Message>
auto StatusIs(absl::StatusCode code, Message message) {
  return ::testing::ResultOf(
      [](const auto& value) {
        const absl::Status& status = StatusOf(value);
        return std::pair<absl::StatusCode, std::string>(status.code(),
                                                        std::string(status.message()));
      },
      ::testing::Pair(code, message));
}
inline auto StatusIs(absl::StatusCode code) { return StatusIs(code, ::testing::_); }

#define ASSERT_OK(expression) ASSERT_THAT(expression, ::broadsheet::testing::IsOk())
#define EXPECT_OK(expression) EXPECT_THAT(expression, ::broadsheet::testing::IsOk())

}  // namespace broadsheet::testing
