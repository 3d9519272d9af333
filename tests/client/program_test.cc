// SPDX-License-Identifier: GPL-3.0-or-later
// What a reader types and sees, over a fake server.
#include "client/program.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "google/rpc/status.pb.h"
#include "tests/client/program_fixture.h"

namespace broadsheet::client {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST_F(ProgramTest, SearchShowsHeadlineDateBylineSourceReasonAndTags) {
  v1::Hit* hit = AddHit("ferry-1", "Ferries stop at midnight");
  v1::Article& article = *hit->mutable_article();
  article.mutable_published_time()->set_seconds(1718784000);  // 2024-06-19T08:00:00Z
  article.set_published_precision(v1::DATE_PRECISION_INSTANT);
  article.set_published_offset_minutes(-240);
  article.add_bylines()->set_name("Ada Quill");
  article.add_bylines()->set_name("Tom Oar");
  article.set_source("The Harbour Times");
  article.add_tags("ferry strike");
  v1::Fragment* fragment = hit->add_fragments();
  fragment->set_field("captions");
  fragment->set_clipped_end(true);
  fragment->add_segments()->set_text("The last ");
  fragment->add_segments()->set_text("boat");
  fragment->mutable_segments(1)->set_matched(true);

  const Result result = Run({"search", "boat"});

  EXPECT_EQ(result.exit_status, 0);
  EXPECT_THAT(result.out, HasSubstr("1 article\n"));
  EXPECT_THAT(result.out, HasSubstr("  1  Ferries stop at midnight\n"));
  EXPECT_THAT(result.out,
              HasSubstr("19 June 2024, 04:00 -04:00 · Ada Quill and Tom Oar · The Harbour Times"));
  EXPECT_THAT(result.out, HasSubstr("Caption: The last boat…"));
  EXPECT_THAT(result.out, HasSubstr("Tags: ferry strike"));
  EXPECT_THAT(result.out, Not(HasSubstr("\x1b["))) << "colours belong on a terminal only";
}

TEST_F(ProgramTest, MatchedWordsAreLitUpWhenColourIsAskedFor) {
  v1::Fragment* fragment = AddHit("a", "Boat sinks")->add_fragments();
  fragment->set_field("headline");
  fragment->add_segments()->set_text("Boat");
  fragment->mutable_segments(0)->set_matched(true);
  fragment->add_segments()->set_text(" sinks");

  EXPECT_THAT(Run({"--color", "always", "search", "boat"}).out, HasSubstr("\x1b[1;33mBoat\x1b[0m"));
}

TEST_F(ProgramTest, EscapeSequencesInAnArticleNeverReachTheTerminal) {
  AddHit("a", "Evil \x1b[2J headline");

  EXPECT_THAT(Run({"search", "x"}).out, Not(HasSubstr("\x1b[2J")));
}

TEST_F(ProgramTest, WordsAreJoinedSoThatQuotesAreNotNeeded) {
  AddHit("a", "A");
  Run({"search", "kim", "jong", "un"});

  EXPECT_EQ(server_.script()->seen.query(), "kim jong un");
}

TEST_F(ProgramTest, ADashReadsTheQueryFromStandardInput) {
  AddHit("a", "A");
  Run({"search", "-"}, "\"signing ceremony\"\n");

  EXPECT_EQ(server_.script()->seen.query(), "\"signing ceremony\"");
}

TEST_F(ProgramTest, NoHitsExitsWithOneAndSaysWhatNearlyMatched) {
  v1::Notice* notice = server_.script()->response.add_notices();
  notice->set_reason("NO_SUCH_VALUE");
  notice->set_message("no tag \"kim\"; there is \"Kim Jong Un\"");

  const Result result = Run({"search", "tag:kim"});

  EXPECT_EQ(result.exit_status, 1);
  EXPECT_THAT(result.out, HasSubstr("No articles match"));
  EXPECT_THAT(result.out, HasSubstr("no tag \"kim\"; there is \"Kim Jong Un\""));
}

TEST_F(ProgramTest, WhatNearlyMatchesIsOfferedAsACommand) {
  server_.script()->response.set_suggested_query("kim pact");

  EXPECT_THAT(Run({"search", "kim zeppelin pact", "--tag", "North Korea"}).out,
              HasSubstr("Try: broadsheet search --tag 'North Korea' 'kim pact'\n"));
  const Result ids = Run({"search", "kim zeppelin pact", "--output", "ids"});
  EXPECT_EQ(ids.out, "");
  EXPECT_THAT(ids.err, HasSubstr("Try: broadsheet search --output ids 'kim pact'\n"));
}

// The offered command asked the default server instead.
TEST_F(ProgramTest, ACommandToCopyReachesTheSameServer) {
  AddHit("a", "A");
  server_.script()->response.set_suggested_query("kim pact");
  const std::string program = "broadsheet --server " + server_.address() + " ";
  setenv("BROADSHEET_SERVER", "127.0.0.1:1", 1);
  const auto run = [&](std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {"--server", server_.address()});
    return Run(arguments);
  };

  const Result searched = run({"search", "kim"});
  EXPECT_THAT(searched.out, HasSubstr("Try: " + program + "search 'kim pact'\n"));
  EXPECT_THAT(searched.out, HasSubstr("Read one: " + program + "get 1\n"));
  EXPECT_THAT(run({"search", "kim", "-putin"}).err,
              HasSubstr("write: " + program + "search -- 'kim -putin'\n"));
}

TEST_F(ProgramTest, ANextPageIsOfferedAsWhatCanBeAddedOrAsAWholeCommand) {
  AddHit("a", "A");
  server_.script()->response.set_next_page_token("more");

  EXPECT_THAT(Run({"search", "kim"}).out, HasSubstr("get 1. More: --page 2\n"));
  // There, what is added would be a second --page, or a word.
  EXPECT_THAT(Run({"search", "kim", "--page", "2", "--tag", "a b"}).out,
              HasSubstr("get 11. More: broadsheet search --tag 'a b' --page 3 -- kim\n"));
  EXPECT_THAT(Run({"search", "--caption", "x", "--", "putin -kim"}).out,
              HasSubstr("More: broadsheet search --caption x --page 2 -- 'putin -kim'\n"));
  EXPECT_THAT(Run({"search", "--tag=-x", "--page", "1"}).out,
              HasSubstr("More: broadsheet search --tag=-x --page 2\n"));
  EXPECT_THAT(Run({"search", "-", "--page", "2"}, "it's\n").out,
              HasSubstr("More: broadsheet search --page 3 -- 'it'\\''s'\n"));
}

// The server skips no more than 10,000 hits.
TEST_F(ProgramTest, NoPageIsOfferedThatTheServerWouldRefuse) {
  AddHit("a", "A");
  server_.script()->response.set_next_page_token("more");

  EXPECT_THAT(Run({"search", "kim", "--limit", "1000", "--page", "9"}).out, HasSubstr("--page 10"));
  EXPECT_THAT(Run({"search", "kim", "--limit", "1000", "--page", "10"}).out,
              Not(HasSubstr("More:")));
}

TEST_F(ProgramTest, AHitThatCannotBeRememberedIsOfferedByItsId) {
  AddHit("tag:example.org,2024:it's", "A");
  setenv("XDG_STATE_HOME", "/dev/null", 1);
  EXPECT_THAT(Run({"search", "x"}).out,
              HasSubstr("Read one: broadsheet get 'tag:example.org,2024:it'\\''s'\n"));
  server_.script()->response.mutable_hits(0)->mutable_article()->set_id("4711");
  EXPECT_THAT(Run({"search", "x"}).out, HasSubstr("Read one: broadsheet get --id 4711\n"));
  server_.script()->response.mutable_hits(0)->mutable_article()->set_id("-x");
  EXPECT_THAT(Run({"search", "x"}).out, HasSubstr("Read one: broadsheet get -- -x\n"));
}

grpc::Status Refusal(const std::string& suggestion) {
  v1::QueryError error;
  error.set_suggested_query(suggestion);
  google::rpc::Status details;
  details.add_details()->PackFrom(error);
  return {grpc::StatusCode::INVALID_ARGUMENT, "never closed", details.SerializeAsString()};
}

TEST_F(ProgramTest, AMendedQueryIsACommandToCopy) {
  AddHit("a", "A");
  server_.script()->status_of_query["\"it's one"] = Refusal("\"it's one\"");

  EXPECT_THAT(Run({"search", "\"it's one", "--tag", "a b"}).err,
              HasSubstr("\n  try: broadsheet search --tag 'a b' '\"it'\\''s one\"'\n"));
}

// With two mistakes in a query, what was offered had the second one.
TEST_F(ProgramTest, AQueryIsOfferedOnlyOnceTheServerTakesIt) {
  AddHit("a", "A");
  auto& refusals = server_.script()->status_of_query;
  refusals["(a \"b"] = Refusal("(a \"b\"");
  refusals["(a \"b\""] = Refusal("(a \"b\")");
  refusals["()"] = Refusal("");
  refusals["("] = Refusal("()");

  EXPECT_THAT(Run({"search", "(a \"b"}).err, HasSubstr("try: broadsheet search '(a \"b\")'\n"));
  EXPECT_THAT(Run({"search", "("}).err, Not(HasSubstr("try:")));
}

// The offer lost the options, and a quote in it was left open.
TEST_F(ProgramTest, TheSpellingOfANegatedWordKeepsEverythingThatWasTyped) {
  const auto advice = [](const std::vector<std::string>& arguments) {
    const std::string err = Run(arguments).err;
    const std::string begin = "to leave a word out, write: ";
    return err.substr(err.find(begin) + begin.size());
  };
  EXPECT_EQ(advice({"search", "--tag", "North Korea", "putin", "-kim", "pact"}),
            "broadsheet search --tag 'North Korea' -- 'putin -kim pact'\n");
  EXPECT_EQ(advice({"search", "-kim", "--source=AP", "-putin", "--caption", "a", "--limit", "3"}),
            "broadsheet search --source AP --limit 3 --caption a -- '-kim -putin'\n");
  EXPECT_EQ(advice({"search", "it's", "-$HOME"}), "broadsheet search -- 'it'\\''s -$HOME'\n");
  EXPECT_EQ(advice({"search", "-\"north korea\"", "x", "--", "-y"}),
            "broadsheet search -- '-\"north korea\" x -y'\n");
}

TEST_F(ProgramTest, BytesThatAreNoTextAreNotSent) {
  const Result result = Run({"search", "kim \xED\xA0\x80"});

  EXPECT_EQ(result.exit_status, 2);
  EXPECT_THAT(result.err, HasSubstr("the query is not valid UTF-8 at byte 4"));
  EXPECT_THAT(Run({"search", "kim", "--tag", "\xFF"}).err, HasSubstr("the tag is not valid UTF-8"));
}

TEST_F(ProgramTest, AQueryErrorIsDrawnUnderItsPlace) {
  v1::QueryError error;
  error.set_reason("QUERY_UNKNOWN_FIELD");
  error.set_start_byte(7);
  error.set_end_byte(13);
  error.set_hint("did you mean `caption`?");
  google::rpc::Status details;
  details.add_details()->PackFrom(error);
  server_.script()->status = grpc::Status(grpc::StatusCode::INVALID_ARGUMENT,
                                          "unknown field `capton`", details.SerializeAsString());

  // The place is in bytes, the caret in columns: "café" has five bytes and four columns.
  const Result result = Run({"search", "café capton:x"});

  EXPECT_EQ(result.exit_status, 2);
  EXPECT_EQ(result.err,
            "broadsheet: unknown field `capton`\n"
            "  café capton:x\n"
            "        ^^^^^^\n"
            "  did you mean `caption`?\n");
}

TEST_F(ProgramTest, OutputIdsPrintsOneIdALineBestFirst) {
  AddHit("b", "B");
  AddHit("a", "A");

  EXPECT_EQ(Run({"search", "x", "--output", "ids"}).out, "b\na\n");
}

TEST_F(ProgramTest, OutputJsonIsOneResponseWithDefaultsPrinted) {
  server_.script()->response.mutable_total()->set_relation(v1::Total::RELATION_EXACT);

  const Result result = Run({"search", "x", "--output", "json"});

  EXPECT_EQ(result.exit_status, 1);
  v1::SearchArticlesResponse parsed;
  EXPECT_THAT(result.out, HasSubstr("\"value\": 0"));
  EXPECT_THAT(result.out, HasSubstr("\"nextPageToken\": \"\""));
}

TEST_F(ProgramTest, OutputJsonlIsAHitALine) {
  AddHit("b", "B");
  AddHit("a", "A");

  const std::string out = Run({"search", "x", "--output", "jsonl"}).out;

  EXPECT_EQ(std::count(out.begin(), out.end(), '\n'), 2);
  EXPECT_THAT(out, HasSubstr("\"headline\":\"B\""));
}

TEST_F(ProgramTest, GetOpensAHitOfTheLastSearchByItsNumber) {
  AddHit("first", "A");
  AddHit("second", "B");
  Run({"search", "x", "--page", "2", "--limit", "2"});
  server_.script()->article.set_id("second");

  const Result result = Run({"get", "4"});

  EXPECT_EQ(result.exit_status, 0);
  EXPECT_EQ(server_.script()->seen_id, "second");
}

TEST_F(ProgramTest, GetSaysWhenTheLastSearchHadNoSuchHit) {
  const Result result = Run({"get", "4"});

  EXPECT_EQ(result.exit_status, 2);
  EXPECT_THAT(result.err, HasSubstr("the last search in this terminal shows no hit 4"));
}

TEST_F(ProgramTest, GetTakesANumberAsAnIdWhenTold) {
  Run({"get", "--id", "4"});

  EXPECT_EQ(server_.script()->seen_id, "4");
}

TEST_F(ProgramTest, GetOfAnUnknownIdExitsWithOne) {
  server_.script()->status =
      grpc::Status(grpc::StatusCode::NOT_FOUND, "no article has the id \"nope\"");

  const Result result = Run({"get", "nope"});

  EXPECT_EQ(result.exit_status, 1);
  EXPECT_THAT(result.err, HasSubstr("no article has the id \"nope\""));
}

TEST_F(ProgramTest, GetPrintsTheArticleToRead) {
  server_.script()->article.set_headline("Bridge reopens");
  server_.script()->article.set_body("First paragraph.\n\nSecond paragraph.");
  v1::Caption* caption = server_.script()->article.add_captions();
  caption->set_text("The bridge");
  caption->set_credit("Photo by Ann");
  server_.script()->article.set_id("bridge");

  const std::string out = Run({"get", "bridge"}).out;

  EXPECT_THAT(out, HasSubstr("Bridge reopens\nundated\n"));
  EXPECT_THAT(out, HasSubstr("[Picture] The bridge (Photo by Ann)"));
  EXPECT_THAT(out, HasSubstr("First paragraph.\n\nSecond paragraph.\n"));
  EXPECT_THAT(out, HasSubstr("id: bridge"));
}

TEST_F(ProgramTest, StatusShowsWhatIsServed) {
  server_.script()->status_response.set_article_count(53);
  server_.script()->status_response.set_generation_number(7);

  const Result result = Run({"status"});

  EXPECT_EQ(result.exit_status, 0);
  EXPECT_THAT(result.out, HasSubstr("generation 7"));
  EXPECT_THAT(result.out, HasSubstr("Articles    53"));
  EXPECT_THAT(result.out, Not(HasSubstr("Checked")));
}

TEST_F(ProgramTest, StatusCountsArticlesThatReadersMayNotSee) {
  EXPECT_THAT(Run({"status"}).out, Not(HasSubstr("Not shown")));
  v1::GetStatusResponse& status = server_.script()->status_response;
  status.set_withheld_count(2);
  status.set_embargoed_count(0);
  status.set_cancelled_count(31);
  EXPECT_THAT(Run({"status"}).out, HasSubstr("Not shown   2 withheld, 31 cancelled\n"));
  const std::string json = Run({"status", "--output", "json"}).out;
  EXPECT_THAT(json, HasSubstr("\"withheldCount\": 2"));
  EXPECT_THAT(json, HasSubstr("\"embargoedCount\": 0"));
  EXPECT_THAT(json, HasSubstr("\"cancelledCount\": 31"));
}

TEST_F(ProgramTest, StatusSaysWhetherTheFilesOfTheIndexWereFoundWhole) {
  using v1::GetStatusResponse;
  server_.script()->status_response.set_base_check(GetStatusResponse::BASE_CHECK_RUNNING);
  EXPECT_THAT(Run({"status"}).out, HasSubstr("Checked     files are being compared"));

  server_.script()->status_response.mutable_base_check_time()->set_seconds(1718755200);
  server_.script()->status_response.set_base_check(GetStatusResponse::BASE_CHECK_WHOLE);
  EXPECT_THAT(Run({"status"}).out,
              HasSubstr("Checked     files are as they were built, 2024-06-19 00:00 UTC\n"));

  server_.script()->status_response.set_base_check(GetStatusResponse::BASE_CHECK_DAMAGED);
  EXPECT_THAT(Run({"status"}).out, HasSubstr("Checked     DAMAGED files were found, 2024-06-19"));
}

TEST_F(ProgramTest, ANegatedWordThatLooksLikeAnOptionIsAnsweredWithTheSpellingThatWorks) {
  const Result result = Run({"search", "putin", "-kim"});

  EXPECT_EQ(result.exit_status, 2);
  EXPECT_THAT(result.err, HasSubstr("broadsheet search -- 'putin -kim'"));
}

TEST_F(ProgramTest, ANegatedWordBehindTwoDashesIsSent) {
  AddHit("a", "A");
  Run({"search", "--", "putin -kim"});

  EXPECT_EQ(server_.script()->seen.query(), "putin -kim");
}

TEST_F(ProgramTest, NothingToSearchForIsAnError) {
  const Result result = Run({"search"});

  EXPECT_EQ(result.exit_status, 2);
  EXPECT_THAT(result.err, HasSubstr("nothing to search for"));
}

TEST_F(ProgramTest, HelpTeachesTheQueryLanguage) {
  const Result result = Run({"search", "--help"});

  EXPECT_EQ(result.exit_status, 0);
  EXPECT_THAT(result.out, HasSubstr("\"signing ceremony\"     a phrase"));
  EXPECT_THAT(result.out, HasSubstr("Exit status: 0 hits, 1 no hits, 2 error."));
}

TEST_F(ProgramTest, ASlipIsOfferedUnderTheHits) {
  AddHit("a", "A boat");
  v1::Notice* notice = server_.script()->response.add_notices();
  notice->set_reason("DID_YOU_MEAN");
  notice->set_message("did you mean ferry strike? 12 articles match it");
  server_.script()->response.set_suggested_query("ferry strike");
  const std::string out = Run({"search", "ferrry", "strike", "--source", "AP"}).out;
  EXPECT_THAT(out, HasSubstr("\nDid you mean ferry strike? 12 articles match it:\n"
                             "  broadsheet search --source AP 'ferry strike'\n"));
  EXPECT_GT(out.find("Did you mean"), out.find("A boat"));
  EXPECT_THAT(out, Not(HasSubstr("Note:")));
}

TEST_F(ProgramTest, AFilterThatMatchesNothingIsOfferedWithTheNearestValue) {
  v1::Notice* notice = server_.script()->response.add_notices();
  notice->set_reason("NO_SUCH_VALUE");
  auto& facts = *notice->mutable_metadata();
  facts["field"] = "byline";
  facts["value"] = "kerrigan";
  facts["suggestion"] = "Zofia Kerrigan";
  EXPECT_THAT(
      Run({"search", "--byline", "\"kerrigan\"", "--since", "2024", "ferry"}).out,
      HasSubstr("Try: broadsheet search --byline 'Zofia Kerrigan' --since 2024 -- ferry\n"));
  EXPECT_THAT(Run({"search", "byline:kerrigan"}).out, Not(HasSubstr("Try:")));
}

TEST_F(ProgramTest, AnUnknownCommandIsAnsweredWithTheNearestOrWithASearch) {
  EXPECT_EQ(Run({"serach", "it's"}).err,
            "broadsheet: there is no command \"serach\"\n  try: broadsheet search 'it'\\''s'\n");
  EXPECT_THAT(Run({"--server", "x:1", "ferry", "strike"}).err,
              HasSubstr("try: broadsheet --server x:1 search ferry strike\n"));
  EXPECT_EQ(Run({"serach"}).exit_status, 2);
  EXPECT_EQ(Run({"admin", "rebuld"}).err,
            "broadsheet: there is no command \"admin rebuld\"\n  try: broadsheet admin rebuild\n");
  EXPECT_EQ(Run({"sea\x1b[31m"}).err.find('\x1b'), std::string::npos);
}

TEST_F(ProgramTest, AnUnknownOptionIsAnsweredWithTheNearest) {
  EXPECT_THAT(Run({"search", "x", "--outptu", "ids"}).err, HasSubstr("did you mean --output?"));
  EXPECT_THAT(Run({"status", "--timout", "3"}).err, HasSubstr("did you mean --timeout?"));
  EXPECT_THAT(Run({"search", "x", "--nonsense"}).err, HasSubstr("see: broadsheet search --help"));
}

TEST_F(ProgramTest, GetReadsSeveralArticles) {
  server_.script()->article.set_headline("Bridge reopens");
  const Result result = Run({"get", "a", "b"});
  EXPECT_EQ(server_.script()->seen_id, "b");
  EXPECT_NE(result.out.find("Bridge reopens"), result.out.rfind("Bridge reopens"));
  EXPECT_THAT(result.out, HasSubstr("\n───"));
}

TEST_F(ProgramTest, GetLightsUpWhatTheLastSearchLookedFor) {
  AddHit("a", "A");
  Run({"search", "boat"});
  v1::Fragment* fragment = server_.script()->response.mutable_hits(0)->add_fragments();
  fragment->set_field("body");
  fragment->set_clipped_start(true);
  fragment->add_segments()->set_text("last ");
  fragment->add_segments()->set_text("boat");
  fragment->mutable_segments(1)->set_matched(true);
  server_.script()->article.set_id("a");
  server_.script()->article.set_body("A boat.\n\nThe last boat has gone.");
  EXPECT_THAT(Run({"--color", "always", "get", "1"}).out,
              HasSubstr("A boat.\n\nThe last \x1b[1;33mboat\x1b[0m has gone."));
  EXPECT_EQ(server_.script()->seen.query(), "(boat) id:\"a\"");
  server_.script()->article.set_id("other");
  EXPECT_THAT(Run({"--color", "always", "get", "other"}).out, Not(HasSubstr("\x1b[1;33m")));
}

TEST_F(ProgramTest, AnArticleWithoutAHeadlineShowsItsFirstWords) {
  AddHit("a", "");
  server_.script()->response.mutable_hits(0)->mutable_article()->set_summary(
      "one two three four five six seven eight nine ten eleven");
  EXPECT_THAT(Run({"search", "x"}).out,
              HasSubstr("  1  one two three four five six seven eight nine ten …\n"));
  server_.script()->response.mutable_hits(0)->mutable_article()->clear_summary();
  EXPECT_THAT(Run({"search", "x"}).out, HasSubstr("  1  (no headline)\n"));
}

// Texts with two blanks between words, or none at all, stood there as a whole.
TEST_F(ProgramTest, FirstWordsAreFewHoweverTheyAreParted) {
  AddHit("a", "");
  std::string spaced;
  for (int i = 0; i < 500; ++i) spaced += "word  \n ";
  server_.script()->response.mutable_hits(0)->mutable_article()->set_summary(spaced);
  EXPECT_THAT(Run({"search", "x"}).out,
              HasSubstr("  1  word word word word word word word word word word …\n"));
  std::string chinese;
  for (int i = 0; i < 500; ++i) chinese += "\u65b0";
  server_.script()->response.mutable_hits(0)->mutable_article()->set_summary(chinese);
  const std::string shown = Run({"search", "x"}).out;
  EXPECT_LT(shown.size(), 300);
  EXPECT_THAT(shown, HasSubstr("\u65b0…"));
}

// Only to the web, and by no shell: xdg-open of this test writes what it was given into a file.
TEST_F(ProgramTest, OpenGivesTheAddressToTheBrowserToTheLetter) {
  const std::string opened = state_.path() / "opened";
  const auto script =
      state_.Write("xdg-open", "#!/bin/sh\nprintf '%s' \"$*\" > '" + opened + "'\n");
  std::filesystem::permissions(script, std::filesystem::perms::owner_all);
  const std::string path = std::getenv("PATH");
  setenv("PATH", (state_.path().string() + ":" + path).c_str(), 1);
  const auto open = [&](const std::string& url) {
    server_.script()->article.set_url(url);
    std::filesystem::remove(opened);
    return Run({"open", "a"});
  };
  EXPECT_EQ(open("https://a.example/$(x);'b&c=`d`").exit_status, 0);
  std::ifstream in(opened);
  EXPECT_EQ(std::string(std::istreambuf_iterator<char>(in), {}), "https://a.example/$(x);'b&c=`d`");
  for (const char* bad : {"javascript:alert(1)", "file:///etc/passwd", "https://a b", "",
                          "https://a.example/\n-x", "ftp://a.example/"}) {
    EXPECT_EQ(open(bad).exit_status, 1) << bad;
    EXPECT_FALSE(std::filesystem::exists(opened)) << bad;
  }
  setenv("PATH", "/nonexistent", 1);
  EXPECT_THAT(open("https://a.example/").err, HasSubstr("xdg-utils"));
  setenv("PATH", path.c_str(), 1);
}

}  // namespace
}  // namespace broadsheet::client
