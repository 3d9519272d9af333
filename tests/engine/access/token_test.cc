// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/access/token.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

namespace broadsheet::access {
namespace {

using ::testing::StartsWith;

TEST(TokenTest, IsRecognisedByItsForm) {
  const std::string token = MakeToken().value();
  EXPECT_THAT(token, StartsWith("bs_"));
  EXPECT_TRUE(LooksLikeToken(token));
  for (const std::string& other : std::vector<std::string>{
           "", "bs_", "password", token + "x", token.substr(1), "bs_" + std::string(43, '!')}) {
    EXPECT_FALSE(LooksLikeToken(other)) << other;
  }
}

TEST(TokenTest, IsNeverMadeTwice) {
  std::set<std::string> made;
  for (int i = 0; i < 1000; ++i) made.insert(MakeToken().value());
  EXPECT_EQ(made.size(), 1000U);
}

TEST(TokenHashTest, IsSha256InHex) {
  // echo -n abc | sha256sum
  const std::string hex = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
  EXPECT_EQ(TokenHash::Of("abc").ToHex(), hex);
  EXPECT_EQ(TokenHash::FromHex(hex), TokenHash::Of("abc"));
  EXPECT_EQ(TokenHash::Of("abc").ShortName(), "ba7816bf");
  EXPECT_FALSE(TokenHash::Of("abc") == TokenHash::Of("abd"));
}

TEST(TokenHashTest, OtherTextIsNoHash) {
  const std::string hex = TokenHash::Of("abc").ToHex();
  EXPECT_EQ(TokenHash::FromHex(""), std::nullopt);
  EXPECT_EQ(TokenHash::FromHex(hex.substr(1)), std::nullopt);
  EXPECT_EQ(TokenHash::FromHex(hex.substr(1) + "g"), std::nullopt);
}

}  // namespace
}  // namespace broadsheet::access
