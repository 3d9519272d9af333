// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/wording/people/byline_joint.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace broadsheet::sources::people {
namespace {

using ::testing::ElementsAre;

// A bug once: "BY INGA BREDAL AND TOM QUILL" was one person.
TEST(BylineJointTest, JointsInCapitalsJoinNamesInCapitals) {
  EXPECT_THAT(SplitAtJoints("INGA BREDAL AND TOM QUILL", ""),
              ElementsAre("INGA BREDAL", "TOM QUILL"));
  EXPECT_THAT(SplitAtJoints("Inga Bredal AND Tom Quill", ""),
              ElementsAre("Inga Bredal", "Tom Quill"));
  EXPECT_THAT(SplitAtJoints("ANNA M\u00dcLLER UND KARL OTT, Redaktion", "de"),
              ElementsAre("ANNA M\u00dcLLER", "KARL OTT, Redaktion"));
  EXPECT_THAT(SplitAtJoints("MARIE LEROY ET PAUL BLANC", ""),
              ElementsAre("MARIE LEROY", "PAUL BLANC"));
  EXPECT_THAT(SplitAtJoints("ANA RUIZ Y LUIS GIL", ""), ElementsAre("ANA RUIZ", "LUIS GIL"));
  EXPECT_THAT(SplitAtJoints("INGA BREDAL AND AP", ""), ElementsAre("INGA BREDAL", "AP"));
  EXPECT_THAT(SplitAtJoints("ION POPA \u0218I ANA BLAGA", "ro"),
              ElementsAre("ION POPA", "ANA BLAGA"));
}

TEST(BylineJointTest, CapitalsThatAreNoJointsStay) {
  // Single words are not whole names, as in small letters.
  EXPECT_THAT(SplitAtJoints("ORTEGA Y GASSET", ""), ElementsAre("ORTEGA Y GASSET"));
  EXPECT_THAT(SplitAtJoints("ALEX AND ANDREA ROE", ""), ElementsAre("ALEX AND ANDREA ROE"));
  EXPECT_THAT(SplitAtJoints("Inga Bredal MIT News Office", ""),
              ElementsAre("Inga Bredal MIT News Office"));
  EXPECT_THAT(SplitAtJoints("Thomas Karl E Brown Lee", ""), ElementsAre("Thomas Karl E Brown Lee"));
  EXPECT_THAT(SplitAtJoints("AND", ""), ElementsAre("AND"));
}

}  // namespace
}  // namespace broadsheet::sources::people
