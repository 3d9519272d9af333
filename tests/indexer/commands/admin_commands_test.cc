// SPDX-License-Identifier: GPL-3.0-or-later
// stats, generations, verify, publish, rollback and prune over an index of a few articles.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <simdjson.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "tests/indexer/commands/command_run.h"
#include "tests/testing/temp_dir.h"
#include "tests/testing/tiny_index.h"

namespace broadsheet::commands {
namespace {

using ::broadsheet::testing::CommandRun;
using ::broadsheet::testing::MakeArticle;
using ::broadsheet::testing::RunIndexer;
using ::broadsheet::testing::TempDir;
using ::broadsheet::testing::TinyIndex;
using ::testing::HasSubstr;
using ::testing::Not;

class AdminCommandsTest : public ::testing::Test {
 protected:
  CommandRun Run(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin() + 1, {"--index", path_});
    return RunIndexer(std::move(arguments));
  }

  TempDir folder_;
  const std::string path_ = folder_ / "index";
  TinyIndex index_{path_};
};

TEST_F(AdminCommandsTest, StatsAreReadableAndMachineReadable) {
  index_.Publish({MakeArticle("a", "Bridge opens"), MakeArticle("b", "Bridge closes")});
  const CommandRun text = Run({"stats"});
  EXPECT_EQ(text.status, 0);
  EXPECT_THAT(text.out, HasSubstr("articles    2"));
  const CommandRun json = Run({"stats", "--json"});
  simdjson::dom::parser parser;
  const simdjson::dom::element stats = parser.parse(json.out);
  EXPECT_EQ(uint64_t(stats["articles"]), 2U);
  EXPECT_EQ(uint64_t(stats["generation"]), 1U);
}

TEST_F(AdminCommandsTest, GenerationsShowWhichIsPublishedAndWhichIsUnfinished) {
  index_.Publish({MakeArticle("a", "Bridge opens")});
  index_.Publish({MakeArticle("a", "Bridge opens"), MakeArticle("b", "Bridge closes")});
  index_.WriteAbandoned();
  const CommandRun run = Run({"generations"});
  EXPECT_EQ(run.status, 0);
  EXPECT_THAT(run.out, HasSubstr("       1  "));
  EXPECT_THAT(run.out, HasSubstr("*      2  "));
  EXPECT_THAT(run.out, HasSubstr("2 articles"));
  EXPECT_THAT(run.out, HasSubstr("3  being built, or left by a build that never finished"));
}

TEST_F(AdminCommandsTest, GenerationsShowWritesAndTheDisk) {
  index_.Publish({MakeArticle("a", "Bridge opens")});
  index_.WriteLive({MakeArticle("a", "Bridge opens again")}, {1});
  const CommandRun run = Run({"generations"});
  EXPECT_THAT(run.out,
              HasSubstr("since then 1 article put, 1 of its own replaced or deleted\nin all "));
  EXPECT_THAT(run.out, HasSubstr("are free on its disk"));
}

TEST_F(AdminCommandsTest, StatsOfAGenerationThatIsNotPublished) {
  index_.Publish({MakeArticle("a", "Bridge opens"), MakeArticle("b", "Bridge closes")});
  index_.Publish({MakeArticle("a", "Bridge opens")});
  EXPECT_THAT(Run({"stats", "--generation", "1"}).out, HasSubstr("articles    2"));
  EXPECT_THAT(Run({"stats", "--generation", "9"}).err, HasSubstr("there is no generation 9"));
}

TEST_F(AdminCommandsTest, RollbackAndPublishChooseWhatIsServed) {
  index_.Publish({MakeArticle("a", "Bridge opens"), MakeArticle("b", "Bridge closes")});
  index_.Publish({MakeArticle("a", "Bridge opens")});
  EXPECT_EQ(Run({"rollback"}).out, "published generation 1: 2 articles\n");
  EXPECT_THAT(Run({"stats"}).out, HasSubstr("articles    2"));
  const CommandRun again = Run({"rollback"});
  EXPECT_EQ(again.status, 2);
  EXPECT_THAT(again.err, HasSubstr("no generation before number 1 to go back to; the published "
                                   "generation is as it was"));
  EXPECT_EQ(Run({"publish", "--generation", "2"}).out, "published generation 2: 1 article\n");
  EXPECT_THAT(Run({"publish", "--generation", "2"}).err,
              HasSubstr("generation 2 is the published one already"));
  EXPECT_THAT(Run({"publish", "--generation", "9"}).err, HasSubstr("there is no generation 9"));
}

TEST_F(AdminCommandsTest, RollbackLosesNoWritesUnasked) {
  index_.Publish({MakeArticle("a", "Bridge opens")});
  index_.Publish({MakeArticle("a", "Bridge opens")});
  index_.WriteLive({MakeArticle("b", "Bridge closes")});
  const CommandRun refused = Run({"rollback"});
  EXPECT_EQ(refused.status, 2);
  EXPECT_THAT(refused.err, HasSubstr("--discard-writes"));
  EXPECT_EQ(Run({"rollback", "--discard-writes"}).out,
            "Discarded what was written since the last build: 1 article put, 0 of its own replaced "
            "or deleted\npublished generation 1: 1 article\n");
}

TEST_F(AdminCommandsTest, PruneKeepsThePublishedAndAsManyAsAsked) {
  for (int i = 0; i < 3; ++i) index_.Publish({MakeArticle("a", "Bridge opens")});
  EXPECT_EQ(Run({"prune"}).out, "removed generation 1\n");
  EXPECT_EQ(Run({"prune", "--keep", "0"}).out, "removed generation 2\n");
  EXPECT_EQ(Run({"prune", "--keep", "0"}).out, "nothing to remove\n");
  EXPECT_EQ(Run({"stats"}).status, 0);
}

TEST_F(AdminCommandsTest, VerifyNamesTheDamagedFile) {
  index_.Publish({MakeArticle("a", "Bridge opens", "The bridge opened.")});
  const auto bodies = index_.base() / "bodies";
  std::string bytes = ::broadsheet::testing::ReadFile(bodies);
  bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 1);
  std::ofstream(bodies, std::ios::binary) << bytes;
  const CommandRun run = Run({"verify"});
  EXPECT_EQ(run.status, 2);
  EXPECT_THAT(run.err, HasSubstr("bodies"));
}

TEST_F(AdminCommandsTest, VerifyRefusesAGenerationThatIsNotThere) {
  index_.Publish({MakeArticle("a", "Bridge opens")});
  const CommandRun run = Run({"verify", "--generation", "9"});
  EXPECT_EQ(run.status, 2);
  EXPECT_THAT(run.err, HasSubstr("there is no generation 9"));
}

// "[a,b]" was two ids, and behind an id `--` ended the command rather than the options.
TEST_F(AdminCommandsTest, AnIdIsTakenToTheLetter) {
  index_.Publish({MakeArticle("a", "A"), MakeArticle("b", "B"), MakeArticle("[a,b]", "Both"),
                  MakeArticle("-x", "Dash")});
  const CommandRun run =
      RunIndexer({"takedown", "--index", path_, "--unknown", "[a,b]", "--", "-x", "--purge"});
  EXPECT_EQ(run.status, 0) << run.err;
  EXPECT_THAT(run.out, HasSubstr("took down 3 articles"));
  EXPECT_THAT(run.out, HasSubstr("has no article \"--purge\", and none will come in"));
}

// An emptied list was "whole", and the way on was nowhere.
TEST_F(AdminCommandsTest, LostTakedownsAreNamedAndTheirLossIsAcceptedAloud) {
  index_.Publish({MakeArticle("a", "Bridge opens"), MakeArticle("b", "Bridge closes")});
  EXPECT_EQ(Run({"takedown", "--unknown", "a", "b", "c"}).status, 0);
  EXPECT_EQ(Run({"takedown", "--accept-loss"}).out,
            "there is no loss to accept: takedowns is whole and has 3 takedowns\n");
  const std::string whole = ::broadsheet::testing::ReadFile(index_.layout().takedowns());
  const std::string first = whole.substr(0, whole.find('\n') + 1);
  std::ofstream(index_.layout().takedowns(), std::ios::binary) << first;
  for (const std::vector<std::string>& command :
       std::vector<std::vector<std::string>>{{"verify"},
                                             {"verify", "--generation", "1"},
                                             {"takedown", "d"},
                                             {"rebuild"},
                                             {"snapshot", "--to", folder_ / "snapshot"}}) {
    const CommandRun run = Run(command);
    EXPECT_EQ(run.status, 2) << command[0];
    EXPECT_THAT(run.err, HasSubstr(path_ + "/takedowns is damaged: it has 1 of the 3 lines on "
                                           "record; nothing is served"))
        << command[0];
    EXPECT_THAT(run.err, HasSubstr("takedown --index " + path_ + " --accept-loss`")) << command[0];
  }
  // They show nothing of what was taken down.
  for (const char* command : {"stats", "generations", "prune"}) {
    EXPECT_EQ(Run({command}).status, 0) << command;
  }
  EXPECT_THAT(Run({"stats"}).out, HasSubstr("\nnow         not counted: "));
  EXPECT_THAT(Run({"stats", "--json"}).out, HasSubstr("\"notCounted\":\""));
  EXPECT_EQ(Run({"takedown", "--accept-loss", "d"}).status, 2);
  const CommandRun accepted = Run({"takedown", "--accept-loss"});
  EXPECT_EQ(accepted.status, 0);
  EXPECT_EQ(accepted.out,
            "3 takedowns on record: at least 2 lost; on record from now on: 1 takedown\narticles "
            "that the lost ones withdrew are seen again, until they are taken down anew\n");
  EXPECT_EQ(Run({"verify"}).status, 0);
  EXPECT_THAT(Run({"takedown", "a", "b"}).out, HasSubstr("took down 1 article; 1 was taken down"));
}

TEST_F(AdminCommandsTest, AnIndexFromBeforeIsPutOnRecordByTheFirstThatWritesWhichSaysSo) {
  const std::string said = "index " + path_ +
                           " is from an earlier version: its takedowns are on "
                           "record from now on";
  index_.Publish({MakeArticle("a", "Bridge opens")});
  for (const std::vector<std::string>& command :
       std::vector<std::vector<std::string>>{{"takedown", "--unknown", "b"},
                                             {"takedown", "--accept-loss"},
                                             {"rebuild"},
                                             {"rollback"}}) {
    SCOPED_TRACE(command[0]);
    const std::string current = ::broadsheet::testing::ReadFile(index_.layout().current());
    std::ofstream(index_.layout().current(), std::ios::binary) << current.substr(0, 39) << "\n";
    std::filesystem::remove(index_.layout().takedowns_record());
    EXPECT_THAT(Run({"verify"}).out, HasSubstr("takedowns are not on record yet"));
    const CommandRun run = Run(command);
    EXPECT_EQ(run.status, 0) << run.err;
    EXPECT_THAT(run.err, HasSubstr(said));
    EXPECT_THAT(Run({"verify"}).out, Not(HasSubstr("not on record")));
    EXPECT_THAT(Run({"takedown", "--unknown", "b"}).err, Not(HasSubstr(said)));
  }
}

// A mistyped id withdrew nothing, for good, and said so in passing.
TEST_F(AdminCommandsTest, AnUnknownIdIsASlipUnlessSaidOtherwise) {
  index_.Publish({MakeArticle("a", "Bridge opens"), MakeArticle("b", "Bridge closes")});
  const CommandRun slip = Run({"takedown", "a", "typo", "tpyo"});
  EXPECT_EQ(slip.status, 2);
  EXPECT_THAT(slip.err, HasSubstr("no article \"typo\" and 1 more; nothing was taken down"));
  EXPECT_EQ(Run({"takedown", "--list"}).out, "");
  EXPECT_EQ(Run({"takedown", "--dry-run", "typo"}).status, 2);
  EXPECT_EQ(Run({"takedown", "--dry-run", "a", "b"}).out, "would take down 2 articles\n");
  EXPECT_EQ(Run({"takedown", "--list"}).out, "");
}

TEST_F(AdminCommandsTest, ATakedownIsListedAndUndone) {
  index_.Publish({MakeArticle("a", "Bridge opens"), MakeArticle("b", "Bridge closes")});
  EXPECT_EQ(Run({"takedown", "b", "a"}).status, 0);
  EXPECT_THAT(Run({"takedown", "--list"}).out,
              ::testing::MatchesRegex("20[-0-9]+T[:0-9]+Z  b\n20[-0-9]+T[:0-9]+Z  a\n"));
  EXPECT_EQ(Run({"takedown", "--undo", "b", "c"}).out,
            "undid 1 takedown; 1 was not taken down\n"
            "the published generation does not have \"c\" any more: readers see it once it is put "
            "or built again\n");
  EXPECT_THAT(Run({"takedown", "--list"}).out, ::testing::MatchesRegex("20[-0-9]+T[:0-9]+Z  a\n"));
  EXPECT_EQ(Run({"verify"}).status, 0);
  // Once more, and its last line counts again.
  EXPECT_EQ(Run({"takedown", "b"}).out, "took down 1 article\n");
  EXPECT_THAT(Run({"takedown", "--list"}).out,
              ::testing::MatchesRegex("20[-0-9]+T[:0-9]+Z  a\n20[-0-9]+T[:0-9]+Z  b\n"));
}

TEST_F(AdminCommandsTest, GenerationsAreListedForPrograms) {
  index_.Publish({MakeArticle("a", "Bridge opens")});
  EXPECT_THAT(Run({"generations", "--json"}).out,
              ::testing::MatchesRegex(
                  "\\{\"generations\":\\[\\{\"number\":1,\"published\":true,\"bytesOnDisk\":[0-9]+,"
                  "\"built\":\"[^\"]+\",\"buildId\":\"[0-9a-f]+\",\"articles\":1[^]]*\\}\\],"
                  "\"freeBytes\":[0-9]+\\}\n"));
}

TEST_F(AdminCommandsTest, MissingIndexIsNamedAndNotMade) {
  for (const char* command : {"stats", "generations", "verify", "prune", "rollback", "compact"}) {
    const CommandRun run = Run({command});
    EXPECT_EQ(run.status, 2) << command;
    EXPECT_THAT(run.err, HasSubstr(path_)) << command;
    EXPECT_FALSE(std::filesystem::exists(path_)) << command;
  }
}

}  // namespace
}  // namespace broadsheet::commands
