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

// A bug once: a status in another language, or a head that no list had, stood above a story that
// was shown.
TEST(PrintedNoticeTest, AStatusOrANoticeInAnyLanguageHoldsBack) {
  for (const char* line : {"상태: 임시저장", "Status: draft", "Estado: borrador", "状態：下書き",
                           "Status: Not for publication", "CONFIDENTIAL DRAFT",
                           "Bitte nicht verwenden", "Embargo til torsdag den 5. januar kl. 06",
                           "Frei ab 5. Januar, 6 Uhr", "解禁日時:1月5日午前6時"}) {
    const Collected got = ReadCopy(line);
    ASSERT_THAT(got.articles, SizeIs(1)) << line;
    EXPECT_EQ(got.articles[0].status(), v1::Article::STATUS_WITHHELD) << line;
    EXPECT_THAT(got.warnings, SizeIs(1)) << line;
  }
  for (const char* line :
       {"Editors: kill previous story on ferry", "Please disregard this story"}) {
    const Collected got = ReadCopy(line);
    ASSERT_THAT(got.articles, SizeIs(1)) << line;
    EXPECT_EQ(got.articles[0].status(), v1::Article::STATUS_CANCELLED) << line;
  }
}

TEST(PrintedNoticeTest, ATimeOfReleaseThatIsOverHoldsNothingBack) {
  for (const char* line : {"For release August 1, 2006", "Frei ab 5. Januar 2016",
                           "For Immediate Release: August 1, 2006"}) {
    const Collected got = ReadCopy(line);
    ASSERT_THAT(got.articles, SizeIs(1)) << line;
    EXPECT_EQ(got.articles[0].status(), v1::Article::STATUS_UNSPECIFIED) << line;
  }
}

// A bug once: a notice that headline or text began with counted in copies of pages alone.
TEST(PrintedNoticeTest, NoticesAtTheStartOfAnArticleHoldBackInEveryFormat) {
  const auto status_of = [](const std::string& headline, const std::string& body) {
    const Collected got = testing::ReadJsonl(
        absl::StrCat(R"({"id":"1","headline":")", headline, R"(","body":")", body, "\"}\n"));
    EXPECT_EQ(got.articles.size(), 1U) << headline;
    return got.articles.empty() ? v1::Article::STATUS_UNSPECIFIED : got.articles[0].status();
  };
  for (const char* headline : {"[DRAFT] Mill turns", "EMBARGOED: Mill turns",
                               "EMBARGO UNTIL SUNDAY: Mill turns", "Not for publication"}) {
    EXPECT_EQ(status_of(headline, "It turns."), v1::Article::STATUS_WITHHELD) << headline;
  }
  EXPECT_EQ(status_of("DISREGARD: Mill turns", "It turns."), v1::Article::STATUS_CANCELLED);
  EXPECT_EQ(status_of("Mill", "NOT FOR PUBLICATION BEFORE SUNDAY\\n\\nIt turns."),
            v1::Article::STATUS_WITHHELD);
  EXPECT_EQ(status_of("Mill", "EDITORS: Please kill this story. It is wrong.\\n\\nIt turns."),
            v1::Article::STATUS_CANCELLED);
  for (const char* headline : {"DRAFT: Bears pick first", "Embargoed: how the island lives",
                               "STRICTLY CONFIDENTIAL: INSIDE THE TALKS", "[VIDEO] Mill turns"}) {
    EXPECT_EQ(status_of(headline, "It turns."), v1::Article::STATUS_UNSPECIFIED) << headline;
  }
  EXPECT_EQ(status_of("Mill", "The draft was not for publication, a miller said.\\n\\nIt turns."),
            v1::Article::STATUS_UNSPECIFIED);
}

// A bug once: of an advisory's headline only what stands before its colon was looked at, and of its
// text no line that is as long as a paragraph.
TEST(PrintedNoticeTest, AdvisoriesAboutOtherStoriesAreNotShown) {
  const auto status_of = [](const std::string& headline, const std::string& body) {
    const Collected got = testing::ReadJsonl(
        absl::StrCat(R"({"id":"1","headline":")", headline, R"(","body":")", body, "\"}\n"));
    EXPECT_EQ(got.articles.size(), 1U) << headline;
    return got.articles.empty() ? v1::Article::STATUS_UNSPECIFIED : got.articles[0].status();
  };
  EXPECT_EQ(status_of("ADVISORY: Kill FERRY, wrong quay", "The quay is on the west bank."),
            v1::Article::STATUS_CANCELLED);
  EXPECT_EQ(status_of("ADVISORY: Withhold FERRY until noon", "The quay is on the west bank."),
            v1::Article::STATUS_WITHHELD);
  EXPECT_EQ(status_of("BC-Advisory",
                      "Editors: Kill FERRY, which moved at 0600 from Varnholm and said that the "
                      "landing on the west bank closes at noon, since the harbour master never "
                      "said so and the town has not decided anything yet."),
            v1::Article::STATUS_CANCELLED);
  for (const char* headline : {"ADVISORY: Storm kills three at the quay",
                               "TRAVEL ADVISORY: Storm kills three", "Advisory: Kill weeds now"}) {
    EXPECT_EQ(status_of(headline, "It blew all night."), v1::Article::STATUS_UNSPECIFIED)
        << headline;
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
