// SPDX-License-Identifier: GPL-3.0-or-later
// FaultIs() for what the engine says is wrong with an index.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <ostream>
#include <string>

#include "engine/schema/index_fault.h"
#include "tests/testing/status_matchers.h"

namespace broadsheet::testing {

// The Status or StatusOr has this fault, of the index in this folder.
// EXPECT_THAT(ReadCurrent(layout), FaultIs(schema::FaultReason::kNoIndex, layout.root()));
inline auto FaultIs(schema::FaultReason reason, const std::string& index) {
  return ::testing::ResultOf([](const auto& value) { return schema::FaultsOf(StatusOf(value)); },
                             ::testing::Contains(::testing::AllOf(
                                 ::testing::Field("reason", &schema::IndexFault::reason, reason),
                                 ::testing::Field("index", &schema::IndexFault::index, index))));
}

}  // namespace broadsheet::testing

namespace broadsheet::schema {

// What a failed test prints of it.
inline void PrintTo(const IndexFault& fault, std::ostream* out) {
  *out << NameOf(fault.reason) << " of " << fault.index;
}

}  // namespace broadsheet::schema
