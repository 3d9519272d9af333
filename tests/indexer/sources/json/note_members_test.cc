// SPDX-License-Identifier: GPL-3.0-or-later
// What editors write to each other counts in JSON as it does in the formats of agencies.
#include "indexer/sources/json/held_back.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "indexer/sources/json/field_map.h"
#include "tests/indexer/sources/collected.h"

namespace broadsheet::sources {
namespace {

using ::broadsheet::testing::Collected;
using ::broadsheet::testing::ReadAs;
using ::broadsheet::testing::ReadJsonl;
using ::broadsheet::testing::ReadText;

v1::Article::Status StatusOfOnly(const Collected& got) {
  EXPECT_EQ(got.articles.size(), 1U);
  return got.articles.empty() ? v1::Article::STATUS_UNSPECIFIED : got.articles[0].status();
}

v1::Article::Status StatusOfLine(const std::string& members) {
  return StatusOfOnly(ReadJsonl(
      absl::StrCat(R"({"id":"1","headline":"Mill turns","body":"It turns.",)", members, "}\n")));
}

// A bug once: JSON lines passed over the notes of editors.
TEST(NoteMembersTest, NoteThatHoldsTheStoryWithholdsIt) {
  for (const char* member :
       {R"("ednote":"HOLD FOR RELEASE")", R"("note":"EMBARGOED until Friday")",
        R"("editors_note":"<p>Do not publish</p>")", R"("meta":{"notes":["a","Hold till noon"]})",
        R"("extra":{"desk":{"edNote":{"text":"not for publication"}}})",
        R"("specialInstructions":"Sperrfrist 12 Uhr")"}) {
    EXPECT_EQ(StatusOfLine(member), v1::Article::STATUS_WITHHELD) << member;
  }
  EXPECT_EQ(StatusOfLine(R"("ednote":"KILL THIS STORY")"), v1::Article::STATUS_CANCELLED);
  for (const char* member :
       {R"("ednote":"Adds quote")", R"("notes":[{"text":"Trade embargo against Cuba, 3rd graf"}])",
        R"("comments":[{"note":"hold for release"}])", R"("note":7)"}) {
    EXPECT_EQ(StatusOfLine(member), v1::Article::STATUS_UNSPECIFIED) << member;
  }
}

// A bug once: what the use of an article is restricted to was not read.
TEST(NoteMembersTest, RestrictionsOfUseAreNotes) {
  for (const char* member :
       {R"("usageRestrictions":"NOT FOR PUBLICATION")", R"("usageTerms":"EMBARGOED until Friday")",
        R"("rights":"Not for release before Sunday")", R"("hinweis":"Bitte nicht verwenden")",
        R"("примечание":"Не публиковать до воскресенья")", R"("備考":"1月5日解禁")"}) {
    EXPECT_EQ(StatusOfLine(member), v1::Article::STATUS_WITHHELD) << member;
  }
  EXPECT_EQ(StatusOfLine(R"("ednote":"Editors: kill previous, wrong figures")"),
            v1::Article::STATUS_CANCELLED);
  EXPECT_EQ(StatusOfLine(R"("message":"Please disregard this story")"),
            v1::Article::STATUS_CANCELLED);
  for (const char* member :
       {R"("usageRestrictions":"Not for use in France")", R"("usage":"Editorial use only")",
        R"("rights":"This material may not be published, broadcast or rewritten.")",
        R"("ednote":"Updates with the embargo on Cuba in graf 3")",
        R"("note":"A previous version of this story has been corrected.")"}) {
    EXPECT_EQ(StatusOfLine(member), v1::Article::STATUS_UNSPECIFIED) << member;
  }
  const auto in_ninjs = [](const std::string& member) {
    return StatusOfOnly(ReadAs(
        Format::kNinjs,
        absl::StrCat(R"({"uri":"1","headline":"Mill","body_text":"It turns.",)", member, "}")));
  };
  EXPECT_EQ(in_ninjs(R"("usageterms":"NOT FOR PUBLICATION")"), v1::Article::STATUS_WITHHELD);
  EXPECT_EQ(in_ninjs(R"("copyrightnotice":"Copyright 2026 Gazette")"),
            v1::Article::STATUS_UNSPECIFIED);
  const auto in_feed = [](const std::string& element) {
    return StatusOfOnly(ReadAs(
        Format::kRss, absl::StrCat("<rss xmlns:x=\"urn:x\"><channel><item><guid>1</guid><title>Mill"
                                   "</title><description>It turns.</description>",
                                   element, "</item></channel></rss>")));
  };
  EXPECT_EQ(in_feed("<x:usageRestrictions>Not for publication</x:usageRestrictions>"),
            v1::Article::STATUS_WITHHELD);
  EXPECT_EQ(in_feed("<comments>https://mill.example/1#comments</comments>"),
            v1::Article::STATUS_UNSPECIFIED);
}

TEST(NoteMembersTest, MapThatNamesNoNoteReadsThemAll) {
  Collected got;
  const absl::StatusOr<FieldMap> map = FieldMap::Parse(R"({"headline": "title", "body": "text"})");
  ASSERT_OK(map);
  const auto source = MakeSource(Format::kJsonl, {.map = &*map}, &got.counts);
  const auto input =
      Input::OpenBytes("{\"title\":\"Mill\",\"text\":\"a\",\"ednote\":\"on hold\"}\n", "input");
  ASSERT_OK(source->ReadAll(**input, got.article_sink(), got.reject_sink()));
  EXPECT_EQ(StatusOfOnly(got), v1::Article::STATUS_WITHHELD);
}

// A bug once: a headline that kills the story did so in NITF and NewsML-G2 alone.
TEST(NoteMembersTest, HeadlineThatKillsTheStoryCancelsItInEveryFormat) {
  const auto status_of = [](const std::string& headline) {
    const std::string feed = absl::StrCat("<rss><channel><item><guid>1</guid><title>", headline,
                                          "</title><description>It turns.</description></item>"
                                          "</channel></rss>");
    const std::string line =
        absl::StrCat(R"({"id":"1","body":"It turns.","headline":")", headline, "\"}\n");
    const std::string item =
        absl::StrCat(R"({"uri":"1","body_text":"It turns.","headline":")", headline, "\"}");
    const v1::Article::Status status = StatusOfOnly(ReadJsonl(line));
    EXPECT_EQ(StatusOfOnly(ReadAs(Format::kNinjs, item)), status);
    EXPECT_EQ(StatusOfOnly(ReadAs(Format::kRss, feed)), status);
    const std::string words =
        "The mill turned on Monday after a long pause of the river, whose water was low all year.";
    EXPECT_EQ(
        StatusOfOnly(ReadText(headline + "\n\nBy Jane Doe\n\n" + words + "\n\n" + words + "\n")),
        status);
    return status;
  };
  EXPECT_EQ(status_of("KILL: Mill turns"), v1::Article::STATUS_CANCELLED);
  EXPECT_EQ(status_of("MANDATORY KILL"), v1::Article::STATUS_CANCELLED);
  EXPECT_EQ(status_of("Kill Bill returns"), v1::Article::STATUS_UNSPECIFIED);
}

}  // namespace
}  // namespace broadsheet::sources
