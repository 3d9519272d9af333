// SPDX-License-Identifier: GPL-3.0-or-later
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <csignal>
#include <filesystem>
#include <string>

#include "engine/storage/base/generation.h"
#include "engine/storage/index/current.h"
#include "engine/storage/index/index_lock.h"
#include "tests/indexer/commands/command_run.h"
#include "tests/indexer/sources/packed.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_dir.h"

namespace broadsheet::commands {
namespace {

namespace testing = ::broadsheet::testing;

using ::broadsheet::testing::CommandOptions;
using ::broadsheet::testing::CommandRun;
using ::broadsheet::testing::ReadFile;
using ::broadsheet::testing::RunIndexer;
using ::broadsheet::testing::TempDir;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::MatchesRegex;
using ::testing::Not;

std::string Line(const std::string& id, const std::string& headline) {
  return "{\"id\":\"" + id + "\",\"headline\":\"" + headline + "\"}\n";
}

class BuildCommandTest : public ::testing::Test {
 protected:
  CommandRun Build(std::vector<std::string> arguments, const CommandOptions& options = {}) {
    arguments.insert(arguments.begin(), {"build", "--index", index()});
    return RunIndexer(std::move(arguments), options);
  }
  std::string index() const { return folder_ / "index"; }
  storage::Layout layout() const { return storage::Layout(index()); }

  // The headlines of the published generation, by id.
  std::map<std::string, std::string> Published() const {
    std::map<std::string, std::string> headlines;
    const auto generation = storage::Generation::OpenCurrent(layout());
    EXPECT_OK(generation);
    if (!generation.ok()) return headlines;
    EXPECT_OK((*generation)->articles().ForEach([&](uint32_t, v1::Article&& article) {
      headlines[article.id()] = article.headline();
      return absl::OkStatus();
    }));
    return headlines;
  }

  TempDir folder_;
};

using Headlines = std::map<std::string, std::string>;

TEST_F(BuildCommandTest, PublishesAndSaysWhatItDid) {
  const auto a = folder_.Write("in/a.jsonl", Line("1", "one") + Line("2", "two"));
  const auto b = folder_.Write("in/b.jsonl", Line("3", "three"));
  const CommandRun run = Build({(folder_ / "in").string()});
  EXPECT_EQ(run.status, 0) << run.err;
  EXPECT_EQ(run.out, "");
  EXPECT_THAT(run.err, HasSubstr("Indexed 3 articles (0 superseded, 0 rejected, 3 without "
                                 "a language) from 2 files, "));
  EXPECT_THAT(run.err, HasSubstr("articles/s; index " + index() + ", generation 1, "));
  EXPECT_EQ(Published(), (Headlines{{"1", "one"}, {"2", "two"}, {"3", "three"}}));
}

TEST_F(BuildCommandTest, LastOfTheSameIdWinsAndIsCounted) {
  const auto file =
      folder_.Write("a.jsonl", Line("1", "old") + Line("2", "two") + Line("1", "new"));
  const CommandRun run = Build({file.string()});
  EXPECT_EQ(run.status, 0);
  EXPECT_THAT(run.err,
              HasSubstr("Indexed 2 articles (1 superseded, 0 rejected, 2 without a language)"));
  EXPECT_EQ(Published(), (Headlines{{"1", "new"}, {"2", "two"}}));
}

TEST_F(BuildCommandTest, SaysWhatBecameOfEachKindOfSource) {
  folder_.Write("in/a.jsonl", Line("1", "old") + Line("1", "new") + "{\"headline\":5}\n" +
                                  "{\"headline\":7}\n" + Line("2", "two"));
  folder_.Write("in/b",
                "<rss><channel><item><title>From a feed</title><guid>urn:2</guid></item>"
                "<item><title>From a feed</title><guid>urn:2</guid></item></channel></rss>");
  folder_.Write("in/c", std::string("\0\1", 2));
  folder_.Write("in/d",
                "<newsItem guid=\"g\"><contentMeta><headline>N</headline></contentMeta>"
                "</newsItem>");
  folder_.Write("in/e", "<packageItem guid=\"p\"/>");
  const CommandRun run = Build({(folder_ / "in").string()});
  EXPECT_EQ(run.status, 1);
  for (const char* line :
       {"\njsonl: 5 read from 1 file, 2 indexed, 1 duplicate merged, 2 rejected (2 field …: "
        "expected a string, found a number)\n",
        "\nnewsml: 2 read from 2 files, 1 indexed, 0 duplicates merged, 0 rejected, 1 passed over "
        "as "
        "no articles (1 packageItem)\n",
        "\nrss: 2 read from 1 file, 1 indexed, 1 duplicate merged, 0 rejected\n",
        "\nother: 1 read from 1 file, 0 indexed, 0 duplicates merged, 1 rejected (1 binary "
        "file)\n"}) {
    EXPECT_THAT(run.err, HasSubstr(line));
  }
}

TEST_F(BuildCommandTest, WhatADamagedFileLostIsCountedAndMakesTheExitStatus) {
  std::string lines;
  for (int i = 0; i < 20000; ++i) {
    lines += Line("tide-" + std::to_string(i), "Tide table " + std::to_string(i * 7919 % 10007));
  }
  std::string packed = testing::Pack(lines, testing::Packing::kGzip);
  packed.resize(packed.size() - 100);
  const std::string file = folder_.Write("tides.jsonl.gz", packed);
  const CommandRun run = Build({file, "--rejects", folder_ / "rejects"});
  EXPECT_EQ(run.status, 1) << run.err;
  EXPECT_THAT(run.err, HasSubstr("at least 1 record lost: "));
  EXPECT_THAT(run.err, HasSubstr(" 0 rejected, 1 lost ("));
  EXPECT_THAT(run.err, HasSubstr("(0 superseded, 0 rejected, at least 1 lost, "));
  EXPECT_THAT(ReadFile(folder_ / "rejects"), HasSubstr("\"lost\":1}"));
}

TEST_F(BuildCommandTest, SaysWhatBecameOfEachFileAndWhichArticlesWereMerged) {
  const std::string monday =
      folder_.Write("monday.jsonl", Line("ferry", "Ferry delayed") + Line("mill", "Mill restored"));
  const std::string tuesday =
      folder_.Write("tuesday.jsonl", Line("ferry", "Ferry runs again") + "{\"id\":\n");
  const CommandRun run = Build(
      {monday, tuesday, "--counts", folder_ / "counts", "--merged", folder_ / "merged", "--quiet"});
  EXPECT_EQ(run.status, 1);
  EXPECT_EQ(ReadFile(folder_ / "counts"),
            R"({"file":")" + monday +
                R"(","format":"jsonl","read":2,"indexed":1,"merged":1,"takenDown":0,)" +
                R"("passedOver":0,"rejected":0,"lost":0})" + "\n" + R"({"file":")" + tuesday +
                R"(","format":"jsonl","read":2,"indexed":1,"merged":0,"takenDown":0,)" +
                R"("passedOver":0,"rejected":1,"lost":0})" + "\n");
  EXPECT_EQ(ReadFile(folder_ / "merged"),
            R"({"id":"ferry","file":")" + monday + R"(","keptFile":")" + tuesday + "\"}\n");
}

TEST_F(BuildCommandTest, ATakenDownArticleHasAFateOfItsOwn) {
  // Taken for indexed, it was counted as merged when another file had articles merged.
  const std::string file =
      folder_.Write("news.jsonl", Line("ferry", "Ferry delayed") + Line("mill", "Mill restored") +
                                      Line("mill", "Mill restored again"));
  ASSERT_EQ(Build({file, "--quiet"}).status, 0);
  ASSERT_EQ(RunIndexer({"takedown", "--index", index(), "ferry"}).status, 0);
  const CommandRun run = Build({file, "--counts", folder_ / "counts", "--force"});
  EXPECT_EQ(run.status, 0) << run.err;
  EXPECT_THAT(run.err,
              HasSubstr("jsonl: 3 read from 1 file, 1 indexed, 1 duplicate merged, 1 taken "
                        "down, 0 rejected\n"));
  EXPECT_THAT(ReadFile(folder_ / "counts"),
              HasSubstr(R"("read":3,"indexed":1,"merged":1,"takenDown":1,)"));
}

TEST_F(BuildCommandTest, ReadsOtherPeoplesNamesByAMap) {
  const auto map = folder_.Write("map.json", R"({"id": "n", "headline": "title"})");
  const auto file = folder_.Write("a.jsonl", "{\"n\": 7, \"title\": \"Mapped\"}\n");
  ASSERT_EQ(Build({"--map", map.string(), file.string()}).status, 0);
  EXPECT_EQ(Published(), (Headlines{{"7", "Mapped"}}));
  const auto bad = folder_.Write("bad.json", R"({"titel": "title"})");
  const CommandRun run = Build({"--map", bad.string(), file.string()});
  EXPECT_EQ(run.status, 2);
  EXPECT_THAT(run.err, HasSubstr("bad.json: key \"titel\": no field of an article"));
}

TEST_F(BuildCommandTest, BadRecordsCostNothingButThemselves) {
  folder_.Write("in/a.jsonl",
                Line("1", "one") + "{\"headline\":5}\n" +
                    "{\"id\":\"d\",\"headline\":\"D\",\"published\":\"2023-02-30\"}\n" +
                    "{\"id\":\"empty\"}\n" + Line(std::string(1001, 'x'), "long") +
                    Line("2", "two"));
  folder_.Write("in/b.bin", std::string("\0\1", 2));
  folder_.Write("in/c.txt", "");
  const std::string rejects = folder_ / "rejects.jsonl";
  const CommandRun run = Build({"--rejects", rejects, (folder_ / "in").string()});
  EXPECT_EQ(run.status, 1) << run.err;
  EXPECT_EQ(Published(), (Headlines{{"1", "one"}, {"2", "two"}}));
  for (const char* report :
       {"a.jsonl:2: field \"headline\": expected a string, found a number", "a.jsonl:3: field",
        "2023-02-30", "a.jsonl:4: article refused", "a.jsonl:5: article refused: id",
        "b.bin: binary file", "c.txt: empty file",
        "Indexed 2 articles (0 superseded, 6 rejected, 2 without a language)"}) {
    EXPECT_THAT(run.err, HasSubstr(report));
  }
  const std::string kept = ReadFile(rejects);
  EXPECT_EQ(std::count(kept.begin(), kept.end(), '\n'), 6);
}

TEST_F(BuildCommandTest, PastMaxRejectsNothingIsPublished) {
  const auto good = folder_.Write("good.jsonl", Line("1", "good"));
  ASSERT_EQ(Build({good.string()}).status, 0);
  const auto bad = folder_.Write("bad.jsonl", Line("1", "changed") + "x\ny\nz\n");
  const CommandRun run = Build({"--max-rejects", "2", bad.string()});
  EXPECT_EQ(run.status, 2);
  EXPECT_THAT(run.err, HasSubstr("3 of 4 records rejected, more than --max-rejects 2 allows: "
                                 "nothing was published"));
  EXPECT_EQ(Published(), (Headlines{{"1", "good"}}));
}

TEST_F(BuildCommandTest, ShareOfRejectsIsTakenAtTheEnd) {
  std::string lines;
  for (int i = 0; i < 11; ++i) lines += "nonsense\n";
  for (int i = 0; i < 11; ++i) lines += Line(std::to_string(i), "good");
  const auto file = folder_.Write("half.jsonl", lines);
  const CommandRun refused = Build({"--format", "jsonl", file.string()});
  EXPECT_EQ(refused.status, 2);
  EXPECT_THAT(refused.err, HasSubstr("11 of 22 records rejected, more than --max-rejects 10%"));
  EXPECT_EQ(Build({"--format", "jsonl", "--max-rejects", "50%", file.string()}).status, 1);
  EXPECT_EQ(Published().size(), 11U);
}

TEST_F(BuildCommandTest, NothingFoundPublishesNothing) {
  const auto file = folder_.Write("a.txt", "");
  const CommandRun run = Build({file.string()});
  EXPECT_EQ(run.status, 2);
  EXPECT_THAT(run.err, HasSubstr("no article was found in 1 file; nothing was published"));
  EXPECT_THAT(storage::ReadCurrent(layout()),
              ::broadsheet::testing::StatusIs(absl::StatusCode::kNotFound));
}

TEST_F(BuildCommandTest, MissingPathIsSaidBeforeAnyWork) {
  const CommandRun run = Build({(folder_ / "absent").string()});
  EXPECT_EQ(run.status, 2);
  EXPECT_THAT(run.err, HasSubstr("absent: no such file or folder"));
  EXPECT_FALSE(std::filesystem::exists(index()));
}

TEST_F(BuildCommandTest, IndexPathThatIsAFileIsLeftAlone) {
  const auto file = folder_.Write("a.jsonl", Line("1", "one"));
  folder_.Write("index", "precious");
  const CommandRun run = Build({file.string()});
  EXPECT_EQ(run.status, 2);
  EXPECT_THAT(run.err, HasSubstr("is a file"));
  EXPECT_EQ(ReadFile(folder_ / "index"), "precious");
}

TEST_F(BuildCommandTest, SecondWriterIsToldWhoIsAtWork) {
  const auto file = folder_.Write("a.jsonl", Line("1", "one"));
  auto lock = storage::IndexLock::Acquire(layout(), "broadsheetd --writable");
  ASSERT_OK(lock);
  const CommandRun run = Build({file.string()});
  EXPECT_EQ(run.status, 2);
  EXPECT_THAT(run.err, HasSubstr("broadsheetd --writable"));
}

TEST_F(BuildCommandTest, InterruptLeavesTheIndexAsItWas) {
  const auto good = folder_.Write("good.jsonl", Line("1", "good"));
  ASSERT_EQ(Build({good.string()}).status, 0);
  const auto next = folder_.Write("next.jsonl", Line("1", "changed") + Line("2", "new"));
  const CommandRun run = Build({next.string()}, {.cancelled = [] { return true; }});
  EXPECT_EQ(run.status, 2);
  EXPECT_THAT(run.err, HasSubstr("interrupted: nothing was published, the index is as it was"));
  EXPECT_EQ(Published(), (Headlines{{"1", "good"}}));
  EXPECT_FALSE(std::filesystem::exists(layout().generation(2)));
}

// The limit on file sizes stands in for a full disk: writing past it fails likewise.
TEST_F(BuildCommandTest, FullDiskLosesNothingThatWasPublished) {
  const auto good = folder_.Write("good.jsonl", Line("1", "good"));
  ASSERT_EQ(Build({good.string()}).status, 0);
  std::string lines;
  for (int i = 0; i < 2000; ++i) {
    std::string body;
    for (int word = 0; word < 60; ++word) body += std::to_string(i * 7919 + word * 104729) + " ";
    lines += "{\"id\":\"" + std::to_string(i) + "\",\"body\":\"" + body + "\"}\n";
  }
  const auto large = folder_.Write("large.jsonl", lines);
  rlimit before{};
  ASSERT_EQ(getrlimit(RLIMIT_FSIZE, &before), 0);
  const auto old_handler = std::signal(SIGXFSZ, SIG_IGN);
  rlimit small = before;
  small.rlim_cur = 64 << 10;
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &small), 0);
  const CommandRun run = Build({large.string()});
  setrlimit(RLIMIT_FSIZE, &before);
  std::signal(SIGXFSZ, old_handler);
  EXPECT_EQ(run.status, 2);
  EXPECT_THAT(run.err, HasSubstr("nothing was published"));
  EXPECT_EQ(Published(), (Headlines{{"1", "good"}}));
}

TEST_F(BuildCommandTest, ProgressIsDrawnOnATerminalOnly) {
  const auto file = folder_.Write("a.jsonl", Line("1", "one"));
  EXPECT_THAT(Build({file.string()}).err, Not(HasSubstr("\x1b[K")));
  const std::string drawn = Build({file.string()}, {.err_is_terminal = true}).err;
  EXPECT_THAT(drawn, HasSubstr("\r\x1b[Kreading  1 articles"));
  EXPECT_EQ(Build({"--quiet", file.string()}, {.err_is_terminal = true}).err, "");
}

TEST_F(BuildCommandTest, IndexBelowTheInputIsNotRead) {
  folder_.Write("a.jsonl", Line("1", "one"));
  ASSERT_EQ(Build({folder_.path().string()}).status, 0);
  const CommandRun again = Build({folder_.path().string()});
  EXPECT_EQ(again.status, 0) << again.err;
  EXPECT_THAT(again.err, HasSubstr("from 1 file,"));
}

}  // namespace
}  // namespace broadsheet::commands
