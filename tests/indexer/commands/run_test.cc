// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/commands/run.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <string>

#include "tests/indexer/commands/command_run.h"

namespace broadsheet::commands {
namespace {

using ::broadsheet::testing::CommandRun;
using ::broadsheet::testing::RunIndexer;
using ::testing::HasSubstr;
using ::testing::StartsWith;

TEST(RunTest, HelpNamesEveryCommandAndTheExitStatuses) {
  const CommandRun run = RunIndexer({"--help"});
  EXPECT_EQ(run.status, 0);
  for (const char* name : {"build", "parse", "verify", "stats", "generations", "prune", "publish",
                           "rollback", "takedown", "rebuild", "Exit status", "BROADSHEET_INDEX"}) {
    EXPECT_THAT(run.out, HasSubstr(name));
  }
}

TEST(RunTest, SaysItsVersion) {
  const CommandRun run = RunIndexer({"--version"});
  EXPECT_EQ(run.status, kAllGood);
  EXPECT_THAT(run.out, StartsWith("broadsheet-indexer 0."));
}

TEST(RunTest, HelpOfACommandTeachesByExample) {
  const CommandRun run = RunIndexer({"build", "--help"});
  EXPECT_EQ(run.status, 0);
  EXPECT_THAT(run.out, HasSubstr("broadsheet-indexer build --index /srv/news"));
  EXPECT_THAT(run.out, HasSubstr("--max-rejects"));
}

TEST(RunTest, UnknownCommandIsAnsweredWithTheNearestOrAll) {
  const CommandRun run = RunIndexer({"biuld"});
  EXPECT_EQ(run.status, 2);
  EXPECT_EQ(run.err,
            "broadsheet-indexer: there is no command \"biuld\"\n  try: broadsheet-indexer build\n");
  EXPECT_THAT(RunIndexer({"frobnicate"}).err, HasSubstr("there are: build, add, push, parse"));
}

TEST(RunTest, AMistypedOptionIsAnsweredWithTheNearest) {
  const CommandRun run = RunIndexer({"parse", "--fromat", "x", "."});
  EXPECT_EQ(run.status, 2);
  EXPECT_THAT(run.err, HasSubstr("did you mean --format?"));
}

TEST(RunTest, MistakesInArgumentsAreErrorsThatPointToHelp) {
  unsetenv("BROADSHEET_INDEX");
  for (const std::vector<std::string>& arguments :
       {std::vector<std::string>{},
        {"stats"},
        {"parse"},
        {"build", "--index", "x", "--memory", "lots", "."}}) {
    const CommandRun run = RunIndexer(arguments);
    EXPECT_EQ(run.status, 2);
    EXPECT_THAT(run.err, HasSubstr("--help"));
  }
}

TEST(RunTest, IndexMayComeFromTheEnvironment) {
  setenv("BROADSHEET_INDEX", "/nowhere/index", 1);
  const CommandRun run = RunIndexer({"stats"});
  unsetenv("BROADSHEET_INDEX");
  EXPECT_EQ(run.status, 2);
  EXPECT_THAT(run.err, HasSubstr("/nowhere/index"));
}

}  // namespace
}  // namespace broadsheet::commands
