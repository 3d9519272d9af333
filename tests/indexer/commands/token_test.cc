// SPDX-License-Identifier: GPL-3.0-or-later
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "engine/access/caller_file.h"
#include "tests/indexer/commands/command_run.h"
#include "tests/testing/temp_dir.h"

namespace broadsheet::commands {
namespace {

using access::TokenHash;
using ::broadsheet::testing::CommandRun;
using ::broadsheet::testing::ReadFile;
using ::broadsheet::testing::RunIndexer;
using ::broadsheet::testing::TempDir;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::Pair;

class TokenCommandTest : public ::testing::Test {
 protected:
  CommandRun Token(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "token");
    arguments.insert(arguments.begin() + 2, {"--tokens", file_});
    return RunIndexer(std::move(arguments));
  }
  std::vector<access::CallerRecord> Callers() { return access::ReadCallers(file_).value(); }

  TempDir folder_;
  const std::string file_ = folder_ / "callers.toml";
};

std::string FirstLine(const std::string& text) { return text.substr(0, text.find('\n')); }

TEST_F(TokenCommandTest, ANewTokenIsShownOnceAndKeptAsItsHash) {
  const CommandRun made = Token({"new", "website", "--roles", "search", "--expires", "90d"});
  ASSERT_EQ(made.status, 0) << made.err;
  const std::string token = FirstLine(made.out);
  EXPECT_TRUE(access::LooksLikeToken(token));
  EXPECT_EQ(made.out, token + "\n");
  EXPECT_THAT(made.err, HasSubstr("of \"website\" expires "));
  ASSERT_EQ(Callers().size(), 1U);
  const access::TokenRecord kept = Callers()[0].tokens.at(0);
  EXPECT_EQ(kept.hash, TokenHash::Of(token));
  EXPECT_EQ(kept.expires - kept.created, absl::Hours(24 * 90));
  EXPECT_THAT(ReadFile(file_), Not(HasSubstr(token)));
  EXPECT_THAT(Token({"list"}).out, Not(HasSubstr(token)));
}

TEST_F(TokenCommandTest, ACallerGetsTheRightsOfTheOptions) {
  const CommandRun made = Token({"new", "partner", "--roles", "search,alerts", "--source",
                                 "The Guardian", "--source", "The Times", "--section=News",
                                 "--rate", "2.5", "--burst", "10", "--expires", "never"});
  ASSERT_EQ(made.status, 0) << made.err;
  const access::CallerRecord partner = Callers().at(0);
  EXPECT_THAT(partner.roles.Names(), ElementsAre("search", "alerts"));
  EXPECT_THAT(partner.only, ElementsAre(Pair("section", ElementsAre("News")),
                                        Pair("source", ElementsAre("The Guardian", "The Times"))));
  EXPECT_EQ(partner.rate, 2.5);
  EXPECT_EQ(partner.tokens.at(0).expires, absl::InfiniteFuture());
  EXPECT_THAT(Token({"list"}).out,
              HasSubstr("partner: search, alerts; 2.5 calls a second, 10 at once; only section "
                        "News; only source The Guardian | The Times\n  token "));
}

TEST_F(TokenCommandTest, ASecondTokenTakesThePlaceOfTheFirstWithoutAGap) {
  Token({"new", "website", "--roles", "search"});
  const std::string first = Callers()[0].tokens[0].hash.ShortName();
  ASSERT_EQ(Token({"new", "website"}).status, 0);
  const CommandRun third = Token({"new", "website"});
  EXPECT_EQ(third.status, 2);
  EXPECT_THAT(third.err, HasSubstr("token revoke --tokens " + file_ + " --token " + first));
  ASSERT_EQ(Token({"revoke", "website", "--token", first}).status, 0);
  EXPECT_EQ(Callers()[0].tokens.size(), 1U);
  EXPECT_EQ(Token({"new", "website"}).status, 0);
}

TEST_F(TokenCommandTest, TokensThatHaveExpiredMakeRoom) {
  Token({"new", "website", "--roles", "search"});
  Token({"new", "website"});
  ASSERT_TRUE(access::EditCallers(file_, [](auto* callers) {
                callers->front().tokens[0].expires = absl::FromUnixSeconds(1);
                return absl::OkStatus();
              }).ok());
  EXPECT_THAT(Token({"list"}).out, HasSubstr("expired 1970-01-01"));
  EXPECT_EQ(Token({"new", "website"}).status, 0);
  EXPECT_EQ(Callers()[0].tokens.size(), 2U);
}

TEST_F(TokenCommandTest, RevokingACallerTakesItOut) {
  Token({"new", "website", "--roles", "search"});
  Token({"new", "desk", "--roles", "write"});
  ASSERT_EQ(Token({"revoke", "website"}).status, 0);
  ASSERT_EQ(Callers().size(), 1U);
  EXPECT_EQ(Callers()[0].name, "desk");
  EXPECT_EQ(Token({"revoke", "website"}).status, 2);
  EXPECT_THAT(Token({"revoke", "desk", "--token", "12345678"}).err, HasSubstr("token list"));
}

TEST_F(TokenCommandTest, MistakesChangeNothing) {
  const std::pair<std::vector<std::string>, std::string> mistakes[] = {
      {{"new", "a"}, "name its roles with --roles"},
      {{"new", "a", "--roles", "root"}, "there is no role root"},
      {{"new", "a", "--roles", "search", "--expires", "soon"}, "--expires takes"},
      {{"new", "a", "--roles", "search", "--expires", "0d"}, "--expires takes"},
      {{"new", "a", "--roles", "search", "--burst", "3"}, "without a rate"},
      {{"new", "a", "--roles", "write", "--tag", "x"}, "has to do with all articles"},
      {{"new", "", "--roles", "search"}, "a caller has a name"},
  };
  for (const auto& [arguments, message] : mistakes) {
    const CommandRun run = Token(arguments);
    EXPECT_EQ(run.status, 2) << message;
    EXPECT_THAT(run.err, HasSubstr(message));
    EXPECT_THAT(run.out, IsEmpty());
    // A mistake used to leave an empty file behind.
    EXPECT_FALSE(std::filesystem::exists(file_)) << message;
  }
  EXPECT_EQ(Token({"revoke", "a"}).status, 2);
  Token({"new", "a", "--roles", "search"});
  EXPECT_THAT(Token({"new", "a", "--roles", "write"}).err, HasSubstr("has \"a\" already"));
}

TEST_F(TokenCommandTest, ListingWhatIsNotThereMakesNothing) {
  EXPECT_EQ(Token({"list"}).status, 2);
  EXPECT_EQ(Token({"revoke", "a"}).status, 2);
  EXPECT_FALSE(std::filesystem::exists(file_));
}

}  // namespace
}  // namespace broadsheet::commands
