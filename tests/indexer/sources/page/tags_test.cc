// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/page/tags.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace broadsheet::sources::page {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(SplitTagsTest, NamesOfTheTextAreTags) {
  EXPECT_THAT(SplitTags("Ada Quill Bram Stone Harbour Board",
                        "Ada Quill met Bram Stone. The Harbour Board’s chair was there."),
              ElementsAre("Ada Quill", "Bram Stone", "Harbour Board"));
}

TEST(SplitTagsTest, LongestNameWins) {
  EXPECT_THAT(SplitTags("Point Averell Light Society",
                        "At Point Averell the Point Averell Light Society met."),
              ElementsAre("Point Averell Light Society"));
}

TEST(SplitTagsTest, NamesThatOnlyStandSideBySideAreTwo) {
  EXPECT_THAT(SplitTags("Ada Quill Bram Stone", "It was Ada Quill, Bram Stone and others."),
              ElementsAre("Ada Quill", "Bram Stone"));
}

TEST(SplitTagsTest, WordsThatTheTextDoesNotKnowStayTogether) {
  EXPECT_THAT(SplitTags("Foreign Policy Ada Quill", "Ada Quill spoke of foreign affairs."),
              ElementsAre("Foreign Policy", "Ada Quill"));
  EXPECT_THAT(SplitTags("", "Ada Quill"), IsEmpty());
}

}  // namespace
}  // namespace broadsheet::sources::page
