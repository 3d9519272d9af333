// SPDX-License-Identifier: GPL-3.0-or-later
// What is under an embargo or withheld is never read as if it were not, whatever its member is
// called and whichever reader of JSON it comes to.
#include "indexer/sources/json/held_back.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "indexer/sources/json/field_map.h"
#include "tests/indexer/sources/collected.h"

namespace broadsheet::sources {
namespace {

using ::broadsheet::testing::Collected;
using ::broadsheet::testing::ReadAs;
using ::broadsheet::testing::ReadJsonl;
using ::broadsheet::testing::ReadText;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr const char* kEmbargo = "\"2031-03-06T08:00:00+0000\"";

// A story with one member more, as a line.
std::string Story(const std::string& member) {
  return R"({"id":"1","headline":"Secret","body":"Nobody may see this yet.",)" + member + "}\n";
}
std::string Story(const std::string& name, const std::string& value) {
  return Story(absl::StrCat("\"", name, "\":", value));
}

// Why the only record was refused; "read" when it was not.
std::string ReasonOf(const Collected& got) {
  EXPECT_EQ(got.articles.size() + got.rejects.size(), 1U);
  return got.rejects.empty() ? "read" : got.rejects.front().reason;
}

Collected ReadMapped(const std::string& map_json, const std::string& lines) {
  Collected collected;
  const absl::StatusOr<FieldMap> map = FieldMap::Parse(map_json);
  EXPECT_OK(map);
  const auto source = MakeSource(Format::kJsonl, {.map = &*map}, &collected.counts);
  const auto input = Input::OpenBytes(lines, "input");
  EXPECT_OK(source->ReadAll(**input, collected.article_sink(), collected.reject_sink()));
  return collected;
}

// A bug once: JSON lines passed over every name that an article does not have, an embargo too.
TEST(HeldBackTest, NoEmbargoIsPassedOverWhateverItIsCalled) {
  for (const char* name :
       {"embargo", "embargoed", "embargoed_until", "embargoedUntil", "EMBARGOED_UNTIL",
        "embargo-until", "embargo_until", "Embargo Until", "embargoTimestamp", "embargo_date",
        "Embargo_Time", "EmbargoTime", "isEmbargoed", "under_embargo", "releaseEmbargo",
        "Sperrfrist", "sperrfristEnde", "hold_until", "withheldUntil"}) {
    EXPECT_THAT(ReasonOf(ReadJsonl(Story(name, kEmbargo))),
                HasSubstr(absl::StrCat("field \"", name, "\": may hold the article back")));
  }
  for (const char* value : {"true", "1", "1930723200", "\"until further notice\"", "\"active\"",
                            "[\"2031\"]", "{\"until\":\"2031\"}", "{\"status\":\"active\"}",
                            "{\"a\":{\"b\":[null,true]}}", "\"2031-03-06T8:0:0\""}) {
    EXPECT_THAT(ReasonOf(ReadJsonl(Story("embargoed", value))), HasSubstr("field \"embargoed"))
        << value;
  }
}

TEST(HeldBackTest, NoStatusIsPassedOverWhateverItIsCalled) {
  for (const char* name : {"pubstatus", "pubStatus", "pub_status", "PUBSTATUS", "pub-status",
                           "publicationStatus", "publish_status", "Status", "STATUS"}) {
    for (const char* value :
         {"\"withheld\"", "\"stat:canceled\"", "\"embargoed\"", "\"usble\"", "2", "true"}) {
      EXPECT_THAT(ReasonOf(ReadJsonl(Story(name, value))),
                  HasSubstr(absl::StrCat("field \"", name, "\": may hold the article back")))
          << value;
    }
  }
  for (const char* name : {"post_status", "articleStatus", "story-status", "workflow_state"}) {
    EXPECT_THAT(ReasonOf(ReadJsonl(Story(name, "\"withheld\""))), HasSubstr(name));
    EXPECT_THAT(ReasonOf(ReadJsonl(Story(name, "\"draft\""))), HasSubstr(name));
  }
  for (const char* name : {"draft", "is_draft", "killed", "isCancelled", "withheld", "onHold"}) {
    EXPECT_THAT(ReasonOf(ReadJsonl(Story(name, "true"))), HasSubstr(name));
  }
}

TEST(HeldBackTest, DateOfReleaseHoldsBackWhileItLiesAhead) {
  const std::string ahead =
      absl::FormatTime("%Y-%m-%dT%H:%M:%SZ", absl::Now() + absl::Hours(2), absl::UTCTimeZone());
  const int64_t seconds = absl::ToUnixSeconds(absl::Now() + absl::Hours(2));
  for (const char* name : {"release_date", "releaseTime", "date.release", "not-before"}) {
    for (const std::string& value :
         {absl::StrCat("\"", ahead, "\""), absl::StrCat(seconds), absl::StrCat(seconds, "000"),
          absl::StrCat("{\"$date\":\"", ahead, "\"}")}) {
      EXPECT_THAT(ReasonOf(ReadJsonl(Story(name, value))), HasSubstr(name)) << value;
    }
    EXPECT_EQ(ReasonOf(ReadJsonl(Story(name, "\"2001-03-06\""))), "read");
    EXPECT_EQ(ReasonOf(ReadJsonl(Story(name, "\"on demand\""))), "read");
  }
}

TEST(HeldBackTest, WhatSaysNothingHoldsNothingBack) {
  for (const char* name : {"embargo", "embargoed_until", "pubstatus", "versioncreated", "Status"}) {
    for (const char* value : {"null", "\"\"", "\" \"", "[]", "{}", "false", "0", "\"usable\"",
                              "\"no\"", "[null,\"\"]", "{\"until\":null,\"by\":[]}"}) {
      if (std::string(name) == "versioncreated" && std::string(value) == "\"usable\"") continue;
      EXPECT_EQ(ReasonOf(ReadJsonl(Story(name, value))), "read") << name << " " << value;
    }
  }
  EXPECT_EQ(ReasonOf(ReadJsonl(Story("pubStatus", "\"stat:usable\""))), "read");
  EXPECT_EQ(ReasonOf(ReadJsonl(Story("pub_status", "\"published\""))), "read");
}

TEST(HeldBackTest, MembersOfHonestDumpsAreNoHold) {
  const Collected got = ReadJsonl(Story(
      R"("state":"CA","draft":"first pick","meta":{"status":"open","versioncreated":"2024"},)"
      R"("comment_status":"closed","release_date":"2024-06-19","updated":"2031-01-01","guid":"g",)"
      R"("author":{"state":"NY","status":"active"},"hash":"x","bargo":1,"labels":{"type":"news"},)"
      R"("bylines":[{"name":"A","status":"staff"}],"captions":[{"text":"c","hold":""}])"));
  EXPECT_THAT(got.rejects, IsEmpty()) << got.rejects.front().reason;
  EXPECT_THAT(got.articles, SizeIs(1));
}

TEST(HeldBackTest, HoldInsideAnotherMemberIsFoundAndNamedWithItsPath) {
  const std::pair<const char*, const char*> kRows[] = {
      {R"("meta":{"embargoed":"2031"})", "field \"meta.embargoed\""},
      {R"("item":{"guid":"g","pubstatus":"withheld"})", "field \"item.pubstatus\""},
      {R"("_items":[{"pubstatus":"usable"},{"embargoed":"2031"}])",
       "field \"_items[1].embargoed\""},
      {R"("embargo":{"until":"2031-03-06"})", "field \"embargo.until\""},
      {R"("rights":[[{"a":{"embargo_until":"2031"}}]])", "field \"rights[0][0].a.embargo_until\""},
      {R"("meta":{"status":"withheld"})", "field \"meta.status\""},
      {R"("labels":{"embargo":"2031"})", "field \"labels.embargo\""},
      {R"("captions":[{"text":"c"},{"text":"d","embargoed":"2031"}])",
       "field \"captions[1].embargoed\""},
      {R"("bylines":[{"name":"A","extra":{"pubstatus":"withheld"}}])",
       "field \"bylines[0].extra.pubstatus\""},
  };
  for (const auto& [member, path] : kRows) {
    EXPECT_THAT(ReasonOf(ReadJsonl(Story(member))), HasSubstr(path));
  }
}

TEST(HeldBackTest, MessageSaysWhatToDo) {
  EXPECT_THAT(ReasonOf(ReadJsonl(Story("embargoed", kEmbargo))),
              AllOf(HasSubstr("--format ninjs"), HasSubstr("name it \"embargoTime\""),
                    HasSubstr("--map that has \"embargoTime\": \"embargoed\"")));
  EXPECT_THAT(ReasonOf(ReadJsonl(Story("meta", "[{\"pubstatus\":\"withheld\"}]"))),
              HasSubstr("--map that has \"status\": \"meta.pubstatus\""));
  EXPECT_THAT(ReasonOf(ReadJsonl(Story("versionCreated", kEmbargo))),
              AllOf(HasSubstr("a mark of ninjs"), HasSubstr("--format ninjs")));
  // Names are of any bytes and any length.
  const std::string reason =
      ReasonOf(ReadJsonl(Story("\\u001b[2Jembargo" + std::string(1 << 20, 'x'), kEmbargo)));
  EXPECT_THAT(reason, HasSubstr("field \"?[2Jembargoxx"));
  EXPECT_LT(reason.size(), 1000U);
  std::string deep = "1";
  for (int depth = 0; depth < 900; ++depth) deep = "{\"embargo-of-depth\":" + deep + "}";
  EXPECT_LT(ReasonOf(ReadJsonl(Story("deep", deep))).size(), 1000U);
}

TEST(HeldBackTest, RejectHasItsPlaceAndTheOthersAreRead) {
  const Collected got = ReadJsonl(Story("a", "1") + Story("embargoed", kEmbargo) + Story("b", "1"));
  EXPECT_THAT(got.articles, SizeIs(2));
  ASSERT_THAT(got.rejects, SizeIs(1));
  EXPECT_EQ(got.rejects[0].line, 2U);
}

// A bug once: of two statuses the last counted, so that a second one undid the first.
TEST(HeldBackTest, StatusOrEmbargoThatIsStatedTwiceHasToBeAlike) {
  for (const char* members :
       {R"("status":"withheld","status":"usable")", R"("status":"usable","status":2)",
        R"("status":"withheld","status":"unspecified")",
        R"("embargoTime":"2031-01-01T00:00:00Z","embargo_time":"2001-01-01T00:00:00Z")"}) {
    EXPECT_THAT(ReasonOf(ReadJsonl(Story(members))), HasSubstr("stated more than once")) << members;
  }
  const Collected null_after = ReadJsonl(Story(R"("status":"withheld","status":null)"));
  ASSERT_THAT(null_after.articles, SizeIs(1));
  EXPECT_EQ(null_after.articles[0].status(), v1::Article::STATUS_WITHHELD);
  const Collected empty_after = ReadJsonl(Story(
      R"("embargoTime":"2031-01-01T00:00:00Z","embargo_time":"2031-01-01","embargoTime":"")"));
  ASSERT_THAT(empty_after.articles, SizeIs(1));
  EXPECT_TRUE(empty_after.articles[0].has_embargo_time());
  for (const char* members : {R"("pubstatus":"withheld","pubstatus":"usable")",
                              R"("pubStatus":"usable","pubstatus":"canceled")",
                              R"("embargoed":"2031-01-01","embargoedUntil":"2001-01-01")"}) {
    EXPECT_THAT(ReasonOf(ReadAs(Format::kNinjs,
                                absl::StrCat("{\"uri\":\"1\",\"headline\":\"A\",", members, "}"))),
                HasSubstr("stated more than once"));
  }
}

constexpr const char* kMap =
    R"({"headline": "title", "body": "text", "embargoTime": ["embargo.until",
                                 "embargoed"], "status": "pubstatus"})";

std::string Mapped(const std::string& member) {
  return absl::StrCat(R"({"title":"Secret","text":"Nobody may see this yet.",)", member, "}\n");
}

TEST(HeldBackTest, MapHasToReadWhatMayHoldBack) {
  for (const char* member :
       {R"("embargoed":"2031-03-06")", R"("pubstatus":"withheld")", R"("status":"withheld")",
        R"("embargo_time":"2031-03-06")", R"("meta":{"embargoed":"2031"})",
        R"("embargo":{"until":"2031"})", R"("versioncreated":"2031")", R"("draft":true)"}) {
    EXPECT_THAT(ReasonOf(ReadMapped(R"({"headline": "title", "body": "text"})", Mapped(member))),
                HasSubstr("field \""))
        << member;
  }
  EXPECT_THAT(ReasonOf(ReadMapped(R"({"headline": "title"})", Mapped(R"("embargoed":"2031")"))),
              HasSubstr("the map does not read it: add \"embargoTime\": \"embargoed\" to it"));
  // Read as something else it holds nothing back.
  EXPECT_THAT(ReasonOf(ReadMapped(R"({"headline": "title", "published": "embargoed"})",
                                  Mapped(R"("embargoed":"2031")"))),
              HasSubstr("field \"embargoed\""));
}

TEST(HeldBackTest, WhatTheMapReadsHoldsTheArticleBack) {
  for (const char* member :
       {R"("embargoed":"2031-03-06","versioncreated":"2030")",
        R"("embargo":{"until":"2031-03-06"})", R"("embargo":[{"until":"2031-03-06","zone":"UTC"}])",
        R"("embargoed":["2031-03-06"])"}) {
    const Collected got = ReadMapped(kMap, Mapped(member));
    ASSERT_THAT(got.articles, SizeIs(1)) << ReasonOf(got);
    EXPECT_TRUE(got.articles[0].has_embargo_time()) << member;
  }
  const Collected got = ReadMapped(kMap, Mapped(R"("pubstatus":"withheld")"));
  ASSERT_THAT(got.articles, SizeIs(1));
  EXPECT_EQ(got.articles[0].status(), v1::Article::STATUS_WITHHELD);
}

TEST(HeldBackTest, NoWayAroundThePathsOfAMap) {
  for (const char* member :
       {R"("embargo":{"ends":"2031"})", R"("embargo":"2031")", R"("embargo":["2031"])",
        R"("embargo":{"until":null,"ends":"2031"})", R"("embargo":{"until":[],"ends":"2031"})",
        R"("embargoed":"2001-01-01","embargoed":"2031-01-01")",
        R"("embargoed":null,"embargoed":"2031")",
        R"("embargo":{"until":"2001"},"embargo":{"until":"2031"})",
        R"("embargo":{"until":"2001","until":"2031"})",
        R"("embargoed":["2001-01-01","2031-01-01"])", R"("pubstatus":["usable","withheld"])",
        R"("embargoed.until":"2031")", R"("Pubstatus":"withheld")"}) {
    EXPECT_THAT(ReasonOf(ReadMapped(kMap, Mapped(member))), HasSubstr("field \"")) << member;
  }
}

TEST(HeldBackTest, PairThatTheMapReadsIsRead) {
  const std::string pair = R"("meta":[{"key":"embargo","value":"2031-01-01"}])";
  EXPECT_THAT(ReasonOf(ReadMapped(R"({"headline": "title", "body": "text"})", Mapped(pair))),
              HasSubstr("add \"embargoTime\": \"meta.value\""));
  EXPECT_EQ(
      ReasonOf(ReadMapped(R"({"headline": "title", "body": "text", "embargoTime": "meta.value"})",
                          Mapped(pair))),
      "read");
}

// A bug once: ninjs passed over the names of JSON lines, as JSON lines did those of ninjs, so that
// a line of the one in a file of the other was shown.
TEST(HeldBackTest, NinjsPassesOverNoHoldEither) {
  for (const char* member :
       {R"("embargoTime":"2031-01-01T00:00:00Z")", R"("embargo_time":"2031-01-01")",
        R"("status":"STATUS_WITHHELD")", R"("status":2)", R"("embargo":{"until":"2031"})",
        R"("item":{"pubstatus":"withheld"})", R"("_items":[{"embargoed":"2031"}])",
        R"("extra":{"embargo":"2031"})", R"("pub-status":"withheld")", R"("draft":true)"}) {
    EXPECT_THAT(ReasonOf(ReadAs(Format::kNinjs,
                                absl::StrCat("{\"uri\":\"1\",\"headline\":\"A\",", member, "}"))),
                AllOf(HasSubstr("may hold the article back"), HasSubstr("ninjs has no such name")))
        << member;
  }
  EXPECT_EQ(ReasonOf(ReadAs(Format::kNinjs,
                            R"({"uri":"1","headline":"A","status":"STATUS_UNSPECIFIED","embargo":"",
                                "authors":[{"name":"Jo","role":"writer"}],"usageterms":"x"})")),
            "read");
}

// A bug once: what was no JSON line was read as the text of a page, embargo and all.
TEST(HeldBackTest, JsonInAWrappingIsNoText) {
  const std::string words =
      "The mayor resigned on Monday after a long dispute about forty parking places in the square.";
  const std::string json = R"({"guid": "g1", "headline": "Secret", "embargoed": "2031-03-06", )"
                           R"("body_html": ")" +
                           words + "\"}";
  std::string printed = json;
  std::replace(printed.begin(), printed.end(), '"', '\'');
  std::string quoted = json;
  for (size_t at = 0; (at = quoted.find('"', at)) != std::string::npos; at += 2) {
    quoted.insert(at, "\\");
  }
  for (const std::string& text :
       {printed, "callback(" + json + ");\n", "[[" + json + "]]", "\x1e" + json + "\n",
        "// exported\n" + json + "\n" + words + "\n", "2026-05-11 INFO sent " + json,
        "payload=\"" + quoted + "\"",
        "\"embargoed\": \"2031-03-06\"\n\"headline\": Secret\n\n" + words + "\n",
        std::string("{'headline': 'Secret', 'status': 'withheld', 'body': '") + words + "'}"}) {
    EXPECT_THAT(ReasonOf(ReadText(text)), HasSubstr("not read as a text")) << text;
    const auto format = DetectFormat(text);
    if (!format.ok()) continue;
    EXPECT_THAT(ReadAs(format->format, text).articles, IsEmpty()) << text;
  }
  // 2 MB that would take minutes if each name were looked for to the end.
  std::string nested;
  for (int i = 0; i < 400'000; ++i) nested += "{\"a\":";
  EXPECT_THAT(ReasonOf(ReadText(nested + "{\"embargoed\":\"2031\"")), HasSubstr("not read"));
  for (const std::string& text :
       {"Sanctions\n\nThe \"embargo\": a history of forty years.\n\n" + words,
        "Sanctions\n\nHe called it, \"embargo\": it was none.\n\n" + words,
        "Sanctions\n\nembargo: 2031\n\n" + words,
        "Sanctions\n\n{\"embargoed\": null, \"pubstatus\": \"usable\"}\n\n" + words}) {
    EXPECT_EQ(ReasonOf(ReadText(text)), "read") << text;
  }
}

}  // namespace
}  // namespace broadsheet::sources
