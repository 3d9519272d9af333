// SPDX-License-Identifier: GPL-3.0-or-later
// Lines above a story that say that it may not be published, in copies of pages.
#include "indexer/sources/article/printed_notice.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "tests/indexer/sources/collected.h"

namespace broadsheet::sources {
namespace {

using ::broadsheet::testing::Collected;
using ::broadsheet::testing::ReadAs;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

Collected ReadCopy(const std::string& first_line, const std::string& last_line = "") {
  return ReadAs(
      Format::kText,
      absl::StrCat(first_line, "\n\nFerry stops at noon\n\nBy Jane Doe\n\nJanuary 2, 2026\n\n",
                   "The landing on the west bank closes at noon today, and the town says that it "
                   "will not open again before the autumn storms are over.\n\n",
                   "Boats will leave from the old quay instead, where the harbour master has had "
                   "the steps mended and new lamps put up along the wall.\n\n",
                   last_line, "\n"));
}

// A copy of a page lost the line that the page itself was held back for.
TEST(PrintedNoticeTest, AnEmbargoAboveTheTextHoldsBack) {
  for (const char* line :
       {"EMBARGOED UNTIL 5 JANUARY 2031, 06:00 GMT", "Embargo: 2031-01-05 06:00 GMT",
        "*** Strictly embargoed until 2031-01-05T06:00:00Z ***",
        "Sperrfrist: 2031-01-05T07:00:00+01:00"}) {
    const Collected got = ReadCopy(line);
    ASSERT_THAT(got.articles, SizeIs(1)) << line;
    EXPECT_EQ(got.articles[0].embargo_time().seconds(), 1925359200) << line;
    EXPECT_EQ(got.articles[0].headline(), "Ferry stops at noon");
  }
}

TEST(PrintedNoticeTest, ANoticeWithoutATimeWithholdsWithAWarning) {
  for (const char* line :
       {"HOLD FOR RELEASE 6 A.M.", "DRAFT - NOT FOR PUBLICATION", "Draft: not for publication",
        "*** EMBARGO ***", "EMBARGOED 6AM MONDAY", "Sperrfrist", "NE PAS PUBLIER avant dimanche",
        "Do not publish", "Not for release before the vote", "CONFIDENTIAL, NOT FOR RELEASE",
        "Får ej publiceras före söndag", "DO NOT USE BEFORE SUNDAY"}) {
    const Collected got = ReadCopy(line);
    ASSERT_THAT(got.articles, SizeIs(1)) << line;
    EXPECT_EQ(got.articles[0].status(), v1::Article::STATUS_WITHHELD) << line;
    ASSERT_THAT(got.warnings, SizeIs(1)) << line;
    EXPECT_THAT(got.warnings[0].reason, HasSubstr("withheld")) << line;
  }
}

TEST(PrintedNoticeTest, HeadlinesAndLinesBelowTheTextAreNoNotices) {
  for (const char* line : {"Embargo on coal lifted", "Embargoed goods seized at the quay",
                           "Sperrfrist f\xc3\xbcr Arbeitslosengeld verl\xc3\xa4ngert",
                           "Do not use tap water, city says", "Draft: Bears pick first", "DRAFT",
                           "Hold for release of hostages ends, families say",
                           "Draft law, explained", "On hold: the bridge to the island"}) {
    const Collected got = ReadCopy(line);
    ASSERT_THAT(got.articles, SizeIs(1)) << line;
    EXPECT_EQ(got.articles[0].status(), v1::Article::STATUS_UNSPECIFIED) << line;
    EXPECT_FALSE(got.articles[0].has_embargo_time()) << line;
    EXPECT_THAT(got.warnings, IsEmpty()) << line;
  }
  const Collected below = ReadCopy("The Harbour Post", "Not for publication");
  ASSERT_THAT(below.articles, SizeIs(1));
  EXPECT_EQ(below.articles[0].status(), v1::Article::STATUS_UNSPECIFIED);
}

}  // namespace
}  // namespace broadsheet::sources
