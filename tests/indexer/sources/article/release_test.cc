// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/article/release.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace broadsheet::sources {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr int64_t k2031March6At8Utc = 1930550400;

ReleaseDecision DecideStatus(std::initializer_list<std::string_view> statuses) {
  ReleaseStatement release;
  for (const std::string_view status : statuses) release.StateStatus("status", status);
  return release.Decide();
}

ReleaseDecision DecideEmbargo(std::string_view time, std::string_view status = "") {
  ReleaseStatement release;
  release.StateStatus("status", status);
  release.StateEmbargo("embargoed", time);
  return release.Decide();
}

TEST(ReleaseTest, WhatStatesNothingIsShown) {
  const ReleaseDecision decision = ReleaseStatement().Decide();
  EXPECT_EQ(decision.status, v1::Article::STATUS_UNSPECIFIED);
  EXPECT_FALSE(decision.embargo.has_value());
  EXPECT_THAT(decision.warnings, IsEmpty());
}

TEST(ReleaseTest, TheStrictestStatusCounts) {
  EXPECT_EQ(DecideStatus({"usable"}).status, v1::Article::STATUS_USABLE);
  EXPECT_EQ(DecideStatus({"usable", "withheld"}).status, v1::Article::STATUS_WITHHELD);
  EXPECT_EQ(DecideStatus({"canceled", "usable"}).status, v1::Article::STATUS_CANCELLED);
}

TEST(ReleaseTest, AnUnknownStatusWithholdsAndSaysSo) {
  const ReleaseDecision decision = DecideStatus({"usable", "stat:quarantined"});
  EXPECT_EQ(decision.status, v1::Article::STATUS_WITHHELD);
  EXPECT_THAT(decision.warnings, ElementsAre(HasSubstr("status \"stat:quarantined\"")));
}

TEST(ReleaseTest, AnEmbargoWithAZoneEndsAtItsInstant) {
  const ReleaseDecision decision = DecideEmbargo("2031-03-06T10:00:00+02:00", "usable");
  EXPECT_EQ(decision.embargo->seconds(), k2031March6At8Utc);
  EXPECT_EQ(decision.status, v1::Article::STATUS_USABLE);
  EXPECT_THAT(decision.warnings, IsEmpty());
}

TEST(ReleaseTest, AnEmbargoWithoutAZoneEndsWhenItsTimeHasComeEverywhere) {
  const ReleaseDecision decision = DecideEmbargo("2031-03-06T08:00:00");
  EXPECT_EQ(decision.embargo->seconds(), k2031March6At8Utc + 12 * 3600);
  EXPECT_THAT(decision.warnings, ElementsAre(HasSubstr("no zone")));
}

TEST(ReleaseTest, AnEmbargoThatCannotBeReadWithholdsAndSaysSo) {
  const ReleaseDecision decision = DecideEmbargo("after the vote", "usable");
  EXPECT_EQ(decision.status, v1::Article::STATUS_WITHHELD);
  EXPECT_THAT(decision.warnings, ElementsAre(HasSubstr("embargoed \"after the vote\"")));
}

TEST(ReleaseTest, AnEmbargoWithoutATimeHoldsUnlessTheStatusIsUsable) {
  EXPECT_EQ(DecideEmbargo("").status, v1::Article::STATUS_WITHHELD);
  EXPECT_EQ(DecideEmbargo("", "usable").status, v1::Article::STATUS_USABLE);
  EXPECT_EQ(DecideEmbargo("", "canceled").status, v1::Article::STATUS_CANCELLED);
  EXPECT_THAT(DecideEmbargo("", "usable").warnings, ElementsAre(HasSubstr("shown, since")));
}

TEST(ReleaseTest, OfSeveralEmbargoesTheLastToEndCounts) {
  ReleaseStatement release;
  release.StateEmbargo("embargoed", "2031-03-06T08:00:00Z");
  release.StateEmbargo("rights/embargo", "2031-03-05T08:00:00Z");
  EXPECT_EQ(release.Decide().embargo->seconds(), k2031March6At8Utc);
  EXPECT_EQ(release.Decide().given_by, "embargoed, rights/embargo");
}

}  // namespace
}  // namespace broadsheet::sources
