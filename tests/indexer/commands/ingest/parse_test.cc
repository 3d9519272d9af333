// SPDX-License-Identifier: GPL-3.0-or-later
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <string>
#include <vector>

#include "tests/indexer/commands/command_run.h"
#include "tests/indexer/sources/html/pages.h"
#include "tests/testing/temp_dir.h"

namespace broadsheet::commands {
namespace {

using ::broadsheet::testing::CommandRun;
using ::broadsheet::testing::ReadFile;
using ::broadsheet::testing::RunIndexer;
using ::broadsheet::testing::TempDir;
using ::testing::HasSubstr;
using ::testing::Not;

class ParseCommandTest : public ::testing::Test {
 protected:
  TempDir folder_;
};

TEST_F(ParseCommandTest, PrintsOneArticleALineWithDefaults) {
  const auto file = folder_.Write(
      "a.jsonl", "{\"id\":\"a\",\"headline\":\"A\"}\n{\"id\":\"b\",\"headline\":\"B\"}\n");
  const CommandRun run = RunIndexer({"parse", file.string()});
  EXPECT_EQ(run.status, 0);
  EXPECT_EQ(run.err, "jsonl: 2 read from 1 file, 2 accepted, 0 rejected\n");
  EXPECT_EQ(std::count(run.out.begin(), run.out.end(), '\n'), 2);
  EXPECT_THAT(run.out, HasSubstr("{\"id\":\"a\",\"url\":\"\",\"headline\":\"A\""));
}

TEST_F(ParseCommandTest, ItsOutputIsItsInputAgain) {
  const auto file = folder_.Write("a.jsonl",
                                  "{\"id\":\"a\",\"headline\":\"A\",\"published\":\"2024-06-19T8:"
                                  "32:24-04:00\",\"bylines\":[\"B\"]}\n");
  const CommandRun once = RunIndexer({"parse", file.string()});
  const CommandRun twice = RunIndexer({"parse", folder_.Write("b", once.out).string()});
  EXPECT_EQ(twice.out, once.out);
  EXPECT_EQ(twice.status, 0);
}

TEST_F(ParseCommandTest, RejectsAreReportedKeptAndShownInTheExitStatus) {
  const auto file =
      folder_.Write("a.jsonl", "{\"headline\":\"A\"}\n{\"id\":\"empty\"}\n{\"id\":\"" +
                                   std::string(1001, 'x') + "\",\"headline\":\"long id\"}\n");
  const std::string rejects = folder_ / "rejects";
  const CommandRun run = RunIndexer({"parse", "--rejects", rejects, file.string()});
  EXPECT_EQ(run.status, 1);
  EXPECT_THAT(run.err, HasSubstr("a.jsonl:2: article refused: it has no headline"));
  EXPECT_THAT(run.err, HasSubstr("a.jsonl:3: article refused: id"));
  EXPECT_THAT(run.out, HasSubstr("\"headline\":\"A\""));
  EXPECT_THAT(ReadFile(rejects), HasSubstr("\"record\":\"{\\\"id\\\":\\\"empty\\\"}\""));
}

TEST_F(ParseCommandTest, NothingFoundIsAFailure) {
  std::filesystem::create_directory(folder_ / "empty");
  const CommandRun run = RunIndexer({"parse", (folder_ / "empty").string()});
  EXPECT_EQ(run.status, 2);
  EXPECT_THAT(run.err, HasSubstr("no article was found"));
}

TEST_F(ParseCommandTest, FormatsThatCannotBeReadAreNamed) {
  EXPECT_THAT(
      RunIndexer({"parse", "--format", "docx", folder_.path().string()}).err,
      HasSubstr("--format docx: no such format; choose one of auto, text, html, jsonl, ninjs, "
                "nitf, newsml, rss, warc"));
}

TEST_F(ParseCommandTest, ExplainNamesTheRuleOfEachField) {
  const auto page = folder_.Write(
      "ferry.html", broadsheet::testing::NewsPage(
                        "<title>Ferry landing moves</title>",
                        "<h1>Ferry landing moves</h1><p class=\"byline\">By Inga Bredal</p>" +
                            std::string(broadsheet::testing::kParagraphs)));
  const CommandRun run = RunIndexer({"parse", "--explain", page.string()});
  EXPECT_EQ(run.status, 0);
  EXPECT_THAT(run.out, HasSubstr("  headline        h1, as in title element"));
  EXPECT_THAT(run.out, HasSubstr("Inga Bredal"));
  EXPECT_THAT(run.out, HasSubstr("element marked as the byline"));
  EXPECT_THAT(run.out, Not(HasSubstr("{")));
}

TEST_F(ParseCommandTest, ExplainAllNamesWhatWasWeighed) {
  const auto page = folder_.Write(
      "ferry.html",
      broadsheet::testing::NewsPage(
          "<meta property=og:title content=\"Where the ferry goes\"><title>Ferry landing "
          "moves</title>",
          "<h1>Ferry landing moves</h1>" + std::string(broadsheet::testing::kParagraphs)));
  const CommandRun run = RunIndexer({"parse", "--explain=all", page.string()});
  EXPECT_EQ(run.status, 0) << run.err;
  EXPECT_THAT(run.out, HasSubstr("  headline        h1, as in title element"));
  EXPECT_THAT(run.out, HasSubstr("  h1, title element, likeness 1.00  Ferry landing moves\n"));
  EXPECT_THAT(run.out, HasSubstr("  Open Graph  Where the ferry goes\n"));
  EXPECT_THAT(RunIndexer({"parse", "--explain", page.string()}).out,
              Not(HasSubstr("Where the ferry goes")));
  EXPECT_NE(RunIndexer({"parse", "--explain=some", page.string()}).status, 0);
}

// One row a format that states fields rather than leaving them to be found.
TEST_F(ParseCommandTest, ExplainNamesThePartOfTheRecordThatGaveAField) {
  const struct {
    const char* record;
    std::vector<const char*> lines;
  } kRows[] = {
      {R"({"id":"a","headline":"A"})", {"headline        stated by the source ", "A\n"}},
      {R"({"uri":"u","pubstatus":"usable","title":"A","body_xhtml":"<p>B</p>","firstcreated":"2026",)"
       R"("slugline":"WEIR","type":"composite","version":"2"})",
       {"headline        title ", "body            body, xhtml ", "labels.slugline  slugline ",
        "labels.type     type ", "version         version "}},
      {"<nitf><head><title>A</title><docdata><urgency "
       "ed-urg='4'/></docdata></head><body><body.head><byline>By Jo Doe</byline></body.head>"
       "</body></nitf>",
       {"headline        head/title ", "bylines         byline ",
        "labels.urgency  docdata/urgency "}},
      {"<newsItem guid='g' version='3'><itemMeta><title>A</title><firstCreated>2026-05-11"
       "</firstCreated></itemMeta><contentMeta><slugline>WEIR</slugline></contentMeta></newsItem>",
       {"headline        itemMeta/title ", "published_time  firstCreated ",
        "labels.slugline  contentMeta/slugline ", "version         the item's attributes "}},
      {"<rss><channel><title>Paper</title><item><title>A</title><pubDate>11 May 2026</pubDate>"
       "</item></channel></rss>",
       {"source          title of the feed ", "published_time  pubDate "}},
  };
  for (const auto& row : kRows) {
    const CommandRun run =
        RunIndexer({"parse", "--explain", folder_.Write("a", row.record).string()});
    EXPECT_EQ(run.status, 0) << run.err;
    for (const char* line : row.lines) EXPECT_THAT(run.out, HasSubstr(line));
  }
}

// A bug once: all paths of a field were named, "title or head.line", and of labels and versions
// none.
TEST_F(ParseCommandTest, ExplainNamesThePathThatGaveAField) {
  const auto map = folder_.Write(
      "map", R"({"headline": ["title", "head.line"], "body": ["html", "text"], "version": "rev",
                 "bylines": {"each": ["people", "staff"], "name": "who", "role": "post"},
                 "captions": {"each": "art", "text": ["cap", "alt"], "credit": "by"},
                 "published": ["sent", "moved"], "status": "state", "labels.desk": "meta.desk",
                 "labels.wire": {"value": "north"}})");
  const auto file = folder_.Write(
      "a.jsonl",
      R"({"head":{"line":"A"},"text":"B","rev":3,"staff":[{"who":"Jo Doe"},{"who":"Al Roe",)"
      R"("post":"editor"}],"art":[{"alt":"A weir.","by":"Lu"},{"cap":"A mill."}],)"
      R"("moved":"2026-05-11","state":"usable","meta":{"desk":"city"}})");
  const CommandRun run = RunIndexer({"parse", "--explain", "--map", map.string(), file.string()});
  EXPECT_EQ(run.status, 0) << run.err;
  for (const char* line : {"headline        head.line  ", "bylines         staff.who, staff.post  ",
                           "published_time  moved  ", "status          state  ",
                           "captions        art.alt, art.by, art.cap  ", "version         rev  ",
                           "labels.desk     meta.desk  ", "labels.wire     the map itself  ",
                           "body            text  "}) {
    EXPECT_THAT(run.out, HasSubstr(line));
  }
}

// A bug once: a slip in a path of a map left its field empty without a word.
TEST_F(ParseCommandTest, PathsOfAMapThatLedNowhereAreSaid) {
  const auto map = folder_.Write(
      "map.json", R"({"headline": "title", "body": ["txt", "text"], "tags": "topics\\.label",
                      "captions": {"each": "images", "text": "cap", "credit": "by"},
                      "only": {"kind": "story"}})");
  const auto file = folder_.Write("a.jsonl",
                                  "{\"title\":\"A\",\"text\":\"B\",\"kind\":\"story\"}\n"
                                  "{\"title\":\"C\",\"kind\":\"story\"}\n"
                                  "{\"title\":\"P\",\"kind\":\"picture\"}\n");
  const CommandRun run = RunIndexer({"parse", "--map", map.string(), file.string()});
  EXPECT_EQ(run.status, 0);
  EXPECT_EQ(run.err,
            map.string() + ": body: path \"txt\" led nowhere in 2 records\n" + map.string() +
                R"(: tags: path "topics\\.label" led nowhere in 2 records)" + "\n" + map.string() +
                ": captions.each: path \"images\" led nowhere in 2 records\n"
                "jsonl: 3 read from 1 file, 2 accepted, 0 rejected, 1 passed over as no "
                "articles (1 kind \"picture\")\n");
}

TEST_F(ParseCommandTest, OfMapsWithManyIdlePathsTheFirstAreNamed) {
  std::string map_json = R"({"headline": "title")";
  for (int i = 0; i < 30; ++i) {
    map_json += ", \"labels.n" + std::to_string(i) + "\": \"x" + std::to_string(i) + "\"";
  }
  const auto map = folder_.Write("map.json", map_json + "}");
  const auto file = folder_.Write("a.jsonl", "{\"title\":\"A\"}\n");
  const CommandRun run = RunIndexer({"parse", "--map", map.string(), file.string()});
  EXPECT_THAT(run.err, HasSubstr("labels.n19: path \"x19\" led nowhere in 1 record\n"));
  EXPECT_THAT(run.err, HasSubstr("map.json: 10 more paths led nowhere\n"));
  EXPECT_THAT(run.err, Not(HasSubstr("x20")));
}

TEST_F(ParseCommandTest, AMapThatReadNoRecordIsSaid) {
  const auto map = folder_.Write("map.json", R"({"record": "DOC", "headline": "HL"})");
  const auto file = folder_.Write("a.xml",
                                  "<nitf><head><title>A</title></head><body><body.head><byline>By "
                                  "Jo Doe</byline></body.head></body></nitf>");
  const CommandRun run = RunIndexer({"parse", "--map", map.string(), file.string()});
  EXPECT_EQ(run.status, 0);
  EXPECT_THAT(run.err, HasSubstr("map.json: no record was read by this map\n"));
}

TEST_F(ParseCommandTest, RejectsOfFeedsHaveTheirRecord) {
  const std::string rejects = folder_ / "rejects";
  const auto xml = folder_.Write("a.xml",
                                 "<rss><channel><item><guid>urn:x:1</guid></item><item><title>Weir"
                                 "</title></item></channel></rss>");
  EXPECT_EQ(RunIndexer({"parse", "--rejects", rejects, xml.string()}).status, 1);
  EXPECT_THAT(ReadFile(rejects), HasSubstr(R"("record":"<item><guid>urn:x:1</guid></item>")"));
  const auto json = folder_.Write(
      "a.json", R"({"version": "https://jsonfeed.org/version/1.1", "title": "P", "items":
                    [{"id": "urn:x:1"}, {"id": "urn:x:2", "title": "Mill", "embargo": "2031"}]})");
  EXPECT_EQ(RunIndexer({"parse", "--rejects", rejects, json.string()}).status, 2);
  EXPECT_THAT(ReadFile(rejects), HasSubstr(R"("record":"{\"id\":\"urn:x:1\"}")"));
  EXPECT_THAT(ReadFile(rejects), HasSubstr(R"(\"embargo\":\"2031\"}")"));
}

TEST_F(ParseCommandTest, ExplainTellsTheRulesOfPagesInWebArchives) {
  const std::string http =
      "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" +
      broadsheet::testing::NewsPage(
          "<title>Ferry landing moves</title>",
          "<h1>Ferry landing moves</h1>" + std::string(broadsheet::testing::kParagraphs));
  const auto file =
      folder_.Write("a.warc",
                    "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://w.example/1\r\n"
                    "Content-Length: " +
                        std::to_string(http.size()) + "\r\n\r\n" + http);
  EXPECT_THAT(RunIndexer({"parse", "--explain", file.string()}).out,
              HasSubstr("headline        h1, as in title element"));
}

TEST_F(ParseCommandTest, FieldsNobodyReadsAreMentioned) {
  const auto file = folder_.Write("a.jsonl", "{\"title\":\"A\",\"body\":\"B\"}\n");
  EXPECT_THAT(RunIndexer({"parse", file.string()}).err,
              HasSubstr("Passed over fields that no article has: \"title\" (1)"));
}

TEST_F(ParseCommandTest, WhatIsPassedOverInAFolderIsCountedAndIsNoReject) {
  folder_.Write("in/a.jsonl", "{\"headline\":\"A\"}\n");
  folder_.Write("secret.jsonl", "{\"headline\":\"Secret\"}\n");
  std::filesystem::create_symlink("../secret.jsonl", folder_ / "in" / "b.jsonl");
  const std::string in = folder_ / "in";
  const CommandRun run = RunIndexer({"parse", in});
  EXPECT_EQ(run.status, 0);
  EXPECT_EQ(run.err, "Passed over: 1 symbolic link; the first is \"" + in +
                         "/b.jsonl\"; --follow-links reads what links lead to\n"
                         "jsonl: 1 read from 1 file, 1 accepted, 0 rejected\n");
  EXPECT_THAT(run.out, Not(HasSubstr("Secret")));
  EXPECT_THAT(RunIndexer({"parse", "--follow-links", in}).out, HasSubstr("Secret"));
}

TEST_F(ParseCommandTest, ReadsStandardInput) {
  int ends[2];
  ASSERT_EQ(pipe(ends), 0);
  const std::string line = "{\"headline\":\"piped\"}\n";
  ASSERT_EQ(write(ends[1], line.data(), line.size()), static_cast<ssize_t>(line.size()));
  close(ends[1]);
  const CommandRun run = RunIndexer({"parse", "-"}, {.standard_input = ends[0]});
  close(ends[0]);
  EXPECT_EQ(run.status, 0);
  EXPECT_THAT(run.out, HasSubstr("\"headline\":\"piped\""));
}

}  // namespace
}  // namespace broadsheet::commands
