// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/schema/index_fault.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "engine/schema/error.h"

namespace broadsheet::schema {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// No UTF-8, as the name of a folder may be.
const IndexFault kDamaged{.reason = FaultReason::kCurrentDamaged, .index = "/srv/n\xE4hr 'x'\n"};
const IndexFault kUnknown{.reason = FaultReason::kWritesUnknown, .index = "/srv/news"};

TEST(IndexFaultTest, CarriesItsReasonAndItsPlaceAndIsNoErrorOfTheApi) {
  const absl::Status status =
      FaultError(absl::StatusCode::kDataLoss, kDamaged, "CURRENT is damaged");
  EXPECT_EQ(status.code(), absl::StatusCode::kDataLoss);
  EXPECT_EQ(status.message(), "CURRENT is damaged");
  EXPECT_THAT(FaultsOf(status), ElementsAre(kDamaged));
  EXPECT_TRUE(HasFault(status, FaultReason::kCurrentDamaged));
  EXPECT_FALSE(HasFault(status, FaultReason::kNoIndex));
  EXPECT_EQ(ErrorReason(status), "");
}

TEST(IndexFaultTest, OtherErrorsHaveNone) {
  EXPECT_THAT(FaultsOf(absl::OkStatus()), IsEmpty());
  EXPECT_THAT(FaultsOf(Error(absl::StatusCode::kAborted, "OVERLOADED", "busy")), IsEmpty());
}

TEST(IndexFaultTest, IsFollowedByWhatItComesOf) {
  const absl::Status cause =
      FaultError(absl::StatusCode::kDataLoss, kDamaged, "CURRENT is damaged");
  const absl::Status status =
      FaultError(absl::StatusCode::kFailedPrecondition, kUnknown, "cannot tell", cause);
  EXPECT_THAT(FaultsOf(status), ElementsAre(kUnknown, kDamaged));
  EXPECT_THAT(FaultsOf(FaultError(absl::StatusCode::kFailedPrecondition, kUnknown, "cannot tell",
                                  absl::NotFoundError("gone"))),
              ElementsAre(kUnknown));
}

TEST(IndexFaultTest, IsKeptWhenTheErrorIsToldInOtherWords) {
  const absl::Status status = FaultError(absl::StatusCode::kDataLoss, kDamaged, "damaged");
  EXPECT_THAT(FaultsOf(WithPrefix("cannot start: ", status)), ElementsAre(kDamaged));
  const absl::Status api = Error(absl::StatusCode::kInternal, "INTERNAL", "a fault");
  const absl::Status both = WithFaultsOf(status, api);
  EXPECT_THAT(FaultsOf(both), ElementsAre(kDamaged));
  EXPECT_EQ(ErrorReason(both), "INTERNAL");
  EXPECT_EQ(WithFaultsOf(absl::NotFoundError("gone"), api), api);
}

TEST(IndexFaultTest, AServerIsNamed) {
  const IndexFault locked{
      .reason = FaultReason::kIndexLocked, .index = "/srv/news", .server = "127.0.0.1:6460"};
  EXPECT_THAT(FaultsOf(FaultError(absl::StatusCode::kFailedPrecondition, locked, "locked")),
              ElementsAre(locked));
  EXPECT_EQ(NameOf(locked.reason), "INDEX_LOCKED");
}

}  // namespace
}  // namespace broadsheet::schema
