// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/json/json_string.h"

#include <gtest/gtest.h>

#include <string_view>

namespace broadsheet::sources {
namespace {

TEST(JsonStringTest, EscapesWhatJsonEscapesAndRepairsTheRest) {
  EXPECT_EQ(JsonString("A \"weir\" \\ mill"), R"("A \"weir\" \\ mill")");
  EXPECT_EQ(JsonString("line\nend\ttab"), R"("line\nend\ttab")");
  EXPECT_EQ(JsonString(std::string_view("\0\x1b", 2)), "\"\\u0000\\u001b\"");
  EXPECT_EQ(JsonString("F\xe4hre – Fähre"), "\"F\xef\xbf\xbdhre – Fähre\"");
  EXPECT_EQ(JsonString(""), "\"\"");
}

}  // namespace
}  // namespace broadsheet::sources
