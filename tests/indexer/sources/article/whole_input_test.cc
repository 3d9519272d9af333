// SPDX-License-Identifier: GPL-3.0-or-later
// Formats that are read whole: a page, a text.
#include "indexer/sources/article/whole_input.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/indexer/sources/collected.h"
#include "tests/indexer/sources/packed.h"

namespace broadsheet::sources {
namespace {

using ::broadsheet::testing::Collected;
using ::broadsheet::testing::Pack;
using ::broadsheet::testing::Packing;
using ::broadsheet::testing::ReadAs;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

// What of a damaged page or text was lost counted as rejected.
TEST(WholeInputTest, WhatCannotBeUnpackedIsLost) {
  const std::string paragraph = "The harbour master waits for the tide, and for the last boat. ";
  for (const Format format : {Format::kHtml, Format::kText}) {
    const std::string packed = Pack("<h1>Quay</h1><p>" + paragraph + paragraph, Packing::kGzip);
    const Collected got = ReadAs(format, packed.substr(0, packed.size() - 20));
    EXPECT_THAT(got.articles, IsEmpty());
    ASSERT_EQ(got.rejects.size(), 1U);
    EXPECT_THAT(got.rejects[0].reason, HasSubstr("damaged"));
    EXPECT_EQ(got.rejects[0].lost, 1U);
  }
}

TEST(WholeInputTest, WhatIsTooLargeIsRejected) {
  const Collected got = ReadAs(Format::kText, std::string(20 << 20, 'a'));
  ASSERT_EQ(got.rejects.size(), 1U);
  EXPECT_THAT(got.rejects[0].reason, HasSubstr("cannot be one article"));
  EXPECT_EQ(got.rejects[0].lost, 0U);
}

}  // namespace
}  // namespace broadsheet::sources
