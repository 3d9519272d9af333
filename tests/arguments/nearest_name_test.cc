// SPDX-License-Identifier: GPL-3.0-or-later
#include "arguments/nearest_name.h"

#include <gtest/gtest.h>

namespace broadsheet::arguments {
namespace {

TEST(NearestNameTest, ASlipIsMended) {
  const std::vector<std::string> names = {"search", "suggest", "status", "timeline", "tags"};
  EXPECT_EQ(NearestName("serach", names), "search");
  EXPECT_EQ(NearestName("stauts", names), "status");
  EXPECT_EQ(NearestName("timelime", names), "timeline");
  EXPECT_EQ(NearestName("tag", names), "tags");
  EXPECT_EQ(NearestName("sugg", names), "suggest");
}

TEST(NearestNameTest, WhatIsNotNearIsNotOffered) {
  const std::vector<std::string> names = {"search", "suggest", "status"};
  EXPECT_EQ(NearestName("ferry", names), "");
  EXPECT_EQ(NearestName("", names), "");
  EXPECT_EQ(NearestName("s", names), "");
  EXPECT_EQ(NearestName(std::string(100000, 's'), names), "");
}

}  // namespace
}  // namespace broadsheet::arguments
