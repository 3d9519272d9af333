// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/http/message.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace broadsheet::desk {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;

TEST(MessageTest, ParametersAreDecodedInOrder) {
  EXPECT_THAT(ParseParameters("q=ferry+strike&tag=Port%20of%20Oslo&tag=b%26c&-tag=x"),
              ElementsAre(Pair("q", "ferry strike"), Pair("tag", "Port of Oslo"),
                          Pair("tag", "b&c"), Pair("-tag", "x")));
  EXPECT_THAT(ParseParameters(""), IsEmpty());
  EXPECT_THAT(ParseParameters("&&a&=b"), ElementsAre(Pair("a", ""), Pair("", "b")));
}

TEST(MessageTest, BrokenEscapesStayAsTheyAre) {
  EXPECT_EQ(Decoded("100%", false), "100%");
  EXPECT_EQ(Decoded("%4", false), "%4");
  EXPECT_EQ(Decoded("%zz%41", false), "%zzA");
  EXPECT_EQ(Decoded("a+b", false), "a+b");
}

TEST(MessageTest, WhatIsEncodedIsDecodedToTheSame) {
  const std::string text = "https://example.org/a?b=c&d=\"é\" +%\n";
  EXPECT_EQ(Decoded(Encoded(text), true), text);
  EXPECT_EQ(Encoded("a/b c"), "a%2Fb%20c");
}

}  // namespace
}  // namespace broadsheet::desk
