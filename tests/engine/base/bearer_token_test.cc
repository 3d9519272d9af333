// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/bearer_token.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <string>

#include "tests/testing/temp_dir.h"

namespace broadsheet::base {
namespace {

using ::broadsheet::testing::TempDir;
using ::testing::HasSubstr;
using ::testing::Not;

TEST(BearerTokenTest, IsReadWithoutTheSpaceAroundIt) {
  TempDir folder;
  EXPECT_EQ(ReadToken(folder.Write("a", "bs_secret\n")).value(), "bs_secret");
  EXPECT_EQ(ReadToken(folder.Write("b", " \r\n bs_secret")).value(), "bs_secret");
}

TEST(BearerTokenTest, WhatIsNoTokenIsToldByItsFileAlone) {
  TempDir folder;
  for (const std::string& text :
       {std::string(), std::string("\n"), std::string("two words"), std::string("bs_\x01secret"),
        std::string("bs_secr\xC3\xA9t"), std::string(5000, 'a')}) {
    const auto token = ReadToken(folder.Write("file", text));
    EXPECT_EQ(token.status().code(), absl::StatusCode::kInvalidArgument);
    EXPECT_THAT(std::string(token.status().message()), HasSubstr("file holds no token"));
    EXPECT_THAT(std::string(token.status().message()), Not(HasSubstr("secr")));
  }
  EXPECT_EQ(ReadToken(folder / "nothing").status().code(), absl::StatusCode::kNotFound);
}

TEST(BearerTokenTest, TheEnvironmentMayHaveIt) {
  ::unsetenv("BROADSHEET_TOKEN");
  EXPECT_EQ(TokenOfEnvironment().value(), "");
  ::setenv("BROADSHEET_TOKEN", "bs_secret\n", 1);
  EXPECT_EQ(TokenOfEnvironment().value(), "bs_secret");
  ::setenv("BROADSHEET_TOKEN", "two words", 1);
  EXPECT_FALSE(TokenOfEnvironment().ok());
  ::unsetenv("BROADSHEET_TOKEN");
}

TEST(BearerTokenTest, OnlyAddressesOfThisMachineAreItsOwn) {
  for (const char* own :
       {"127.0.0.1:6460", "127.8.9.1:1", "localhost:6460", "[::1]:6460", "unix:/run/b.sock",
        "unix-abstract:b", "ipv4:127.0.0.1:1", "dns:localhost:6460"}) {
    EXPECT_TRUE(IsOnThisMachine(own)) << own;
  }
  for (const char* other : {"10.0.0.1:6460", "news.example.org:6460", "[2001:db8::1]:6460",
                            "localhost.example.org:1", "127.0.0.1.example.org:1", ""}) {
    EXPECT_FALSE(IsOnThisMachine(other)) << other;
  }
}

}  // namespace
}  // namespace broadsheet::base
