// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/json/jsonl.h"

#include <gmock/gmock.h>
#include <google/protobuf/util/json_util.h>
#include <google/protobuf/util/message_differencer.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/indexer/sources/collected.h"
#include "tests/indexer/sources/packed.h"

namespace broadsheet::sources {
namespace {

using ::broadsheet::testing::Collected;
using ::broadsheet::testing::Pack;
using ::broadsheet::testing::Packing;
using ::broadsheet::testing::ReadJsonl;
using ::google::protobuf::util::MessageDifferencer;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Pair;
using ::testing::SizeIs;

v1::Article ReadOne(const std::string& line) {
  Collected read = ReadJsonl(line);
  EXPECT_THAT(read.rejects, IsEmpty()) << read.rejects.front().reason;
  EXPECT_THAT(read.articles, SizeIs(1));
  return read.articles.empty() ? v1::Article() : read.articles.front();
}

std::string RefusalOf(const std::string& line) {
  const Collected read = ReadJsonl(line);
  EXPECT_THAT(read.articles, IsEmpty());
  return read.rejects.empty() ? "accepted" : read.rejects.front().reason;
}

TEST(JsonlSourceTest, ReadsEveryFieldUnderBothSpellings) {
  const v1::Article camel = ReadOne(
      R"({"id":"a","url":"u","headline":"h","summary":"s","bylines":[{"name":"n","role":"r","organisation":"o"}],)"
      R"("tags":["t"],"captions":[{"text":"c","credit":"k","mediaUrl":"m"}],"body":"b","section":"x","source":"y",)"
      R"("language":"en","dateline":"d","copyright":"©","publishedTime":"2024-06-19T12:00:00Z",)"
      R"("publishedPrecision":"DATE_PRECISION_INSTANT","publishedOffsetMinutes":-240,)"
      R"("updatedTime":"2024-06-20T00:00:00Z","embargoTime":"2024-06-21T00:00:00Z","version":"7",)"
      R"("status":"STATUS_WITHHELD","labels":{"desk":"foreign"},"indexedTime":"2020-01-01T00:00:00Z"})");
  const v1::Article snake = ReadOne(
      R"({"id":"a","url":"u","headline":"h","summary":"s","bylines":[{"name":"n","role":"r","organisation":"o"}],)"
      R"("tags":["t"],"captions":[{"text":"c","credit":"k","media_url":"m"}],"body":"b","section":"x","source":"y",)"
      R"("language":"en","dateline":"d","copyright":"©","published_time":"2024-06-19T12:00:00Z",)"
      R"("published_precision":"DATE_PRECISION_INSTANT","published_offset_minutes":-240,)"
      R"("updated_time":"2024-06-20T00:00:00Z","embargo_time":"2024-06-21T00:00:00Z","version":7,)"
      R"("status":2,"labels":{"desk":"foreign"},"indexed_time":"2020-01-01T00:00:00Z"})");
  EXPECT_TRUE(MessageDifferencer::Equals(camel, snake)) << snake.DebugString();
  EXPECT_EQ(camel.captions(0).media_url(), "m");
  EXPECT_EQ(camel.published_offset_minutes(), -240);
  EXPECT_EQ(camel.version(), 7);
  EXPECT_EQ(camel.status(), v1::Article::STATUS_WITHHELD);
  EXPECT_EQ(camel.labels().at("desk"), "foreign");
  EXPECT_TRUE(camel.has_updated_time());
  EXPECT_TRUE(camel.has_embargo_time());
  EXPECT_FALSE(camel.has_indexed_time());
}

TEST(JsonlSourceTest, ReadsItsOwnOutputBack) {
  const v1::Article article = ReadOne(
      R"({"id":"a","headline":"h","bylines":["A"],"published":"2024-06-19T8:32:24-04:00","version":3,)"
      R"("captions":["c"],"updated_time":"2024-06-20T01:02:03.5Z","labels":{"k":"v"}})");
  google::protobuf::util::JsonPrintOptions options;
  options.always_print_primitive_fields = true;
  std::string json;
  ASSERT_TRUE(google::protobuf::util::MessageToJsonString(article, &json, options).ok());
  EXPECT_TRUE(MessageDifferencer::Equals(ReadOne(json), article)) << json;
}

TEST(JsonlSourceTest, TakesBylinesAndCaptionsAsStringsOrObjects) {
  const v1::Article article =
      ReadOne(R"({"bylines":["A",{"name":"B"},null],"captions":["x",{"credit":"y"}]})");
  ASSERT_EQ(article.bylines_size(), 2);
  EXPECT_EQ(article.bylines(0).name(), "A");
  EXPECT_EQ(article.bylines(1).name(), "B");
  ASSERT_EQ(article.captions_size(), 2);
  EXPECT_EQ(article.captions(0).text(), "x");
  EXPECT_EQ(article.captions(1).credit(), "y");
}

TEST(JsonlSourceTest, KeepsThePrecisionOfDates) {
  const struct {
    const char* published;
    v1::DatePrecision precision;
    int64_t seconds;
  } kRows[] = {
      {"2024-06-19T08:00:00-04:00", v1::DATE_PRECISION_INSTANT, 1718798400},
      {"2024-06-19T8:00:00", v1::DATE_PRECISION_NO_ZONE, 1718784000},
      {"2024-06-19", v1::DATE_PRECISION_DAY, 1718755200},
      {" 2024-06 ", v1::DATE_PRECISION_MONTH, 1717200000},
      {"2024", v1::DATE_PRECISION_YEAR, 1704067200},
  };
  for (const auto& row : kRows) {
    const v1::Article article = ReadOne("{\"published\":\"" + std::string(row.published) + "\"}");
    EXPECT_EQ(article.published_precision(), row.precision) << row.published;
    EXPECT_EQ(article.published_time().seconds(), row.seconds) << row.published;
  }
}

TEST(JsonlSourceTest, ArticleWithoutADateIsUndated) {
  EXPECT_FALSE(ReadOne(R"({"headline":"h","published":""})").has_published_time());
  EXPECT_FALSE(ReadOne(R"({"headline":"h","published":null})").has_published_time());
}

TEST(JsonlSourceTest, NullSaysNothing) {
  EXPECT_TRUE(MessageDifferencer::Equals(
      ReadOne(R"({"headline":"h","tags":null,"body":null,"version":null,"status":null,)"
              R"("labels":null,"bylines":null,"captions":null})"),
      ReadOne(R"({"headline":"h"})")));
}

TEST(JsonlSourceTest, LastOfANameGivenTwiceCounts) {
  const v1::Article article =
      ReadOne(R"({"headline":"a","tags":["x"],"headline":"b","tags":["y"]})");
  EXPECT_EQ(article.headline(), "b");
  EXPECT_THAT(article.tags(), ElementsAre("y"));
}

TEST(JsonlSourceTest, WrongTypesAreRefusedByFieldAndReason) {
  const struct {
    const char* line;
    const char* reason;
  } kRows[] = {
      {R"({"headline":5})", "field \"headline\": expected a string, found a number"},
      {R"({"id":{"x":1}})", "field \"id\": expected a string, found an object"},
      {R"({"tags":"politics"})", "field \"tags\": expected an array of strings, found a string"},
      {R"({"tags":["a",7]})", "field \"tags[1]\": expected a string, found a number"},
      {R"({"bylines":[["A"]]})", "field \"bylines[0]\": expected a string or an object"},
      {R"({"captions":[{"text":[]}]})", "field \"captions[0].text\": expected a string"},
      {R"({"published":1718755200})", "field \"published\": expected a string, found a number"},
      {R"({"published":"last Tuesday"})", "last Tuesday"},
      {R"({"version":"three"})", "field \"version\": expected a whole number"},
      {R"({"version":1.5})", "field \"version\": expected a whole number"},
      {R"({"version":-1})", "field \"version\": a version is 0 or greater"},
      {R"({"status":["usable"]})", "field \"status\": expected STATUS_USABLE"},
      {R"({"labels":{"a":1}})", "field \"labels.a\": expected a string"},
      {R"({"publishedPrecision":"ROUGHLY"})", "field \"publishedPrecision\""},
      {R"({"publishedOffsetMinutes":5000})", "no offset from UTC"},
      {R"([1,2])", "not an article: expected a JSON object"},
      {R"("text")", "not an article: expected a JSON object"},
      {R"({"headline":"a")", "not valid JSON"},
      {R"({"headline":"a"} {"headline":"b"})", "not valid JSON"},
  };
  for (const auto& row : kRows) EXPECT_THAT(RefusalOf(row.line), HasSubstr(row.reason)) << row.line;
}

TEST(JsonlSourceTest, StatusOrEmbargoThatCannotBeReadWithholdsAndIsReported) {
  const Collected got = ReadJsonl(
      "{\"headline\":\"a\",\"status\":\"quarantined\"}\n{\"headline\":\"b\",\"status\":9}\n"
      "{\"headline\":\"c\",\"embargoTime\":\"after the vote\",\"status\":\"usable\"}\n"
      "{\"headline\":\"d\",\"embargoTime\":\"2031-03-06T08:00:00\"}\n");
  ASSERT_EQ(got.articles.size(), 4U);
  for (size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(got.articles[i].status(), v1::Article::STATUS_WITHHELD);
  }
  EXPECT_TRUE(got.articles[3].has_embargo_time());
  ASSERT_EQ(got.warnings.size(), 4U);
  EXPECT_THAT(got.warnings[0].reason, HasSubstr("status \"quarantined\""));
  EXPECT_EQ(got.warnings[1].place.line, 2U);
  EXPECT_THAT(got.warnings[2].reason, HasSubstr("embargo cannot be read"));
  EXPECT_THAT(got.warnings[3].reason, HasSubstr("no zone"));
}

// A bug once: a comma too many, or a line end in a string, cost the whole record.
TEST(JsonlSourceTest, MistakesThatLeaveNoDoubtAreMendedAndReported) {
  const Collected got = ReadJsonl(
      "{\"headline\":\"a\",\"tags\":[\"x\",],}\n{\"headline\":\"b\"},\n"
      "{\"headline\":\"c\td, }\"}\n{\"headline\":\"e\"} {\"headline\":\"f\"}\n");
  ASSERT_EQ(got.articles.size(), 3U);
  EXPECT_EQ(got.articles[0].tags_size(), 1);
  EXPECT_EQ(got.articles[2].headline(), "c\td, }");
  EXPECT_EQ(got.warnings.size(), 3U);
  EXPECT_EQ(got.rejects.size(), 1U);
}

TEST(JsonlSourceTest, DateThatDoesNotExistIsRefusedByName) {
  EXPECT_THAT(RefusalOf(R"({"headline":"h","published":"2023-02-30"})"), HasSubstr("2023-02-30"));
}

TEST(JsonlSourceTest, BadLinesAreReportedWithTheirPlaceAndTheGoodOnesKept) {
  const Collected read = ReadJsonl(
      "{\"headline\":\"one\"}\n"
      "nonsense\n"
      "\n"
      "{\"headline\":\"two\"}\r\n"
      "{\"headline\":3}\n"
      "{\"headline\":\"four\"}");
  ASSERT_THAT(read.articles, SizeIs(3));
  EXPECT_EQ(read.articles[0].headline(), "one");
  EXPECT_EQ(read.articles[1].headline(), "two");
  EXPECT_EQ(read.articles[2].headline(), "four");
  ASSERT_THAT(read.rejects, SizeIs(2));
  EXPECT_EQ(read.rejects[0].line, 2U);
  EXPECT_EQ(read.rejects[0].byte_offset, 19U);
  EXPECT_EQ(read.rejects[0].record, "nonsense");
  EXPECT_EQ(read.rejects[1].line, 5U);
  EXPECT_EQ(read.rejects[1].record, "{\"headline\":3}");
}

TEST(JsonlSourceTest, InvalidUtf8IsRepairedAndCounted) {
  const Collected read = ReadJsonl("{\"headline\":\"caf\xe9\"}\n{\"headline\":\"fine\"}\n");
  ASSERT_THAT(read.articles, SizeIs(2));
  EXPECT_EQ(read.articles[0].headline(), "caf\xef\xbf\xbd");
  EXPECT_EQ(read.articles[1].headline(), "fine");
  EXPECT_EQ(read.counts.repaired, 1U);
}

TEST(JsonlSourceTest, LoneSurrogatesAreRepairedAndPairsKept) {
  const struct {
    const char* escaped;
    const char* text;
    uint64_t repaired;
  } kRows[] = {
      {R"(a\ud83d\ude00b)",
       "a\xf0\x9f\x98\x80"
       "b",
       0},
      {R"(a\ud83db)",
       "a\xef\xbf\xbd"
       "b",
       1},
      {R"(a\uDE00b)",
       "a\xef\xbf\xbd"
       "b",
       1},
      {R"(\ud83d\ud83d\ude00)", "\xef\xbf\xbd\xf0\x9f\x98\x80", 1},
      {R"(\\ud83d)", "\\ud83d", 0},
      {R"(\ud83d\n)", "\xef\xbf\xbd\n", 1},
  };
  for (const auto& row : kRows) {
    const Collected read = ReadJsonl("{\"headline\":\"" + std::string(row.escaped) + "\"}");
    ASSERT_THAT(read.articles, SizeIs(1)) << row.escaped;
    EXPECT_EQ(read.articles[0].headline(), row.text) << row.escaped;
    EXPECT_EQ(read.counts.repaired, row.repaired) << row.escaped;
  }
}

TEST(JsonlSourceTest, LineOf100MegabytesIsRefusedAndTheOthersKept) {
  constexpr size_t kBytes = 100 << 20;
  const std::string lines = "{\"headline\":\"before\"}\n{\"headline\":\"" +
                            std::string(kBytes, 'x') + "\"}\n{\"headline\":\"after\"}\n";
  const Collected read = ReadJsonl(Pack(lines, Packing::kZstd));
  ASSERT_THAT(read.articles, SizeIs(2));
  EXPECT_EQ(read.articles[0].headline(), "before");
  EXPECT_EQ(read.articles[1].headline(), "after");
  ASSERT_THAT(read.rejects, SizeIs(1));
  EXPECT_EQ(read.rejects[0].line, 2U);
  EXPECT_THAT(read.rejects[0].reason, HasSubstr("a line of 104857615 bytes"));
  EXPECT_LE(read.rejects[0].record.size(), 1000U);
}

TEST(JsonlSourceTest, LineOf15MegabytesIsRead) {
  const std::string body(15 << 20, 'x');
  EXPECT_EQ(ReadOne("{\"body\":\"" + body + "\"}").body().size(), body.size());
}

TEST(JsonlSourceTest, InputThatBreaksOffKeepsWhatCameBefore) {
  std::string lines;
  for (int i = 0; i < 50000; ++i) lines += "{\"headline\":\"" + std::to_string(i * 7919) + "\"}\n";
  std::string packed = Pack(lines, Packing::kGzip);
  packed.resize(packed.size() / 2);
  const Collected read = ReadJsonl(packed);
  EXPECT_GT(read.articles.size(), 10000U);
  ASSERT_THAT(read.rejects, SizeIs(1));
  EXPECT_THAT(read.rejects[0].reason, HasSubstr("breaks off"));
  EXPECT_EQ(read.rejects[0].line, read.articles.size() + 1);
}

TEST(JsonlSourceTest, NamesThatNoArticleHasAreCounted) {
  const Collected read =
      ReadJsonl("{\"title\":\"a\",\"body\":\"b\"}\n{\"title\":\"c\",\"body\":\"d\"}\n");
  EXPECT_THAT(read.articles, SizeIs(2));
  EXPECT_THAT(read.counts.ignored_fields, ElementsAre(Pair("title", 2U)));
}

TEST(JsonlSourceTest, ArticleTheSinkRefusesIsARejectWithItsPlace) {
  ReadCounts counts;
  JsonlSource source(&counts);
  auto input = Input::OpenBytes("{\"headline\":\"a\"}\n{\"headline\":\"b\"}\n", "two.jsonl");
  ASSERT_OK(input);
  Collected collected;
  ASSERT_OK(source.ReadAll(
      **input,
      [&](v1::Article&& article) {
        if (article.headline() == "a") return absl::InvalidArgumentError("not this one");
        return collected.article_sink()(std::move(article));
      },
      collected.reject_sink()));
  EXPECT_THAT(collected.articles, SizeIs(1));
  ASSERT_THAT(collected.rejects, SizeIs(1));
  EXPECT_EQ(collected.rejects[0].input, "two.jsonl");
  EXPECT_EQ(collected.rejects[0].line, 1U);
  EXPECT_EQ(collected.rejects[0].reason, "not this one");
}

TEST(JsonlSourceTest, OtherErrorsOfTheSinkEndTheReading) {
  ReadCounts counts;
  JsonlSource source(&counts);
  auto input = Input::OpenBytes("{\"headline\":\"a\"}\n{\"headline\":\"b\"}\n", "two.jsonl");
  ASSERT_OK(input);
  int calls = 0;
  const absl::Status status = source.ReadAll(
      **input,
      [&](v1::Article&&) {
        ++calls;
        return absl::ResourceExhaustedError("disk full");
      },
      [](Reject&&) { return absl::OkStatus(); });
  EXPECT_THAT(status,
              ::broadsheet::testing::StatusIs(absl::StatusCode::kResourceExhausted, "disk full"));
  EXPECT_EQ(calls, 1);
}

}  // namespace
}  // namespace broadsheet::sources
