// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/syntax/query_shape.h"

#include <gtest/gtest.h>

namespace broadsheet::query {
namespace {

TEST(QueryShapeTest, KeepsWhatCostsTimeAndNoWord) {
  EXPECT_EQ(QueryShape("flood"), "w");
  EXPECT_EQ(QueryShape("\"one boat a day\" ferr* =Reading bost~"), "\"w w w w\" w* =w w~");
  EXPECT_EQ(QueryShape("(kim OR putin) AND NOT headline:pact"), "(w OR w) AND NOT headline:w");
  EXPECT_EQ(QueryShape("tag:\"ferry strike\" -date:2024 since:7d"), "tag:\"w w\" -date:w since:w");
  EXPECT_EQ(QueryShape("storm NEAR/5 coast \"a b\"~3"), "w NEAR/5 w \"w w\"~3");
  EXPECT_EQ(QueryShape("headline:(a b)"), "headline:(w w)");
  EXPECT_EQ(QueryShape(""), "");
}

TEST(QueryShapeTest, WhatIsNoFieldIsAWord) {
  EXPECT_EQ(QueryShape("Trump: wins").find("Trump"), std::string::npos);
  EXPECT_EQ(QueryShape("jane.doe:secret").find("jane"), std::string::npos);
}

TEST(QueryShapeTest, WhatCannotBeReadShowsNothing) {
  EXPECT_EQ(QueryShape("\"never closed"), "unreadable");
}

TEST(QueryShapeTest, ALongQueryIsCut) {
  std::string query;
  for (int i = 0; i < 2000; ++i) query += "word ";
  const std::string shape = QueryShape(query);
  EXPECT_LE(shape.size(), 500U);
  EXPECT_TRUE(shape.ends_with("..."));
}

}  // namespace
}  // namespace broadsheet::query
