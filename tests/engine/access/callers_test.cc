// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/access/callers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/testing/status_matchers.h"

namespace broadsheet::access {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Pair;
using ::testing::UnorderedElementsAre;

constexpr const char* kWhole = R"([[caller]]
name = "website"
roles = [ "search", "alerts" ]
rate = 50
burst = 100
only.source = [ "The Guardian", "The Times" ]
only.section = [ "News" ]
certificates = [ "www.example.org" ]
identities = [ "editor@example.org" ]

  [[caller.token]]
  hash = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
  created = 2026-11-30T15:00:00Z
  expires = 2027-02-28T16:00:00+01:00

[[caller]]
name = "desk"
roles = [ "write" ]
)";

TEST(CallersTest, AreReadWithAllTheyHave) {
  const auto callers = ParseCallers(kWhole).value();
  ASSERT_EQ(callers.size(), 2U);
  const CallerRecord& website = callers[0];
  EXPECT_EQ(website.name, "website");
  EXPECT_THAT(website.roles.Names(), ElementsAre("search", "alerts"));
  EXPECT_EQ(website.rate, 50);
  EXPECT_EQ(website.burst, 100U);
  EXPECT_THAT(website.only,
              UnorderedElementsAre(Pair("source", ElementsAre("The Guardian", "The Times")),
                                   Pair("section", ElementsAre("News"))));
  EXPECT_THAT(website.certificates, ElementsAre("www.example.org"));
  EXPECT_THAT(website.identities, ElementsAre("editor@example.org"));
  ASSERT_EQ(website.tokens.size(), 1U);
  EXPECT_EQ(website.tokens[0].hash, TokenHash::Of("abc"));
  EXPECT_EQ(website.tokens[0].created, absl::FromUnixSeconds(1796050800));
  EXPECT_EQ(website.tokens[0].expires, absl::FromUnixSeconds(1803826800));
  EXPECT_THAT(callers[1].tokens, IsEmpty());
}

TEST(CallersTest, AreWrittenAsTheyAreRead) {
  const std::string written = FormatCallers(ParseCallers(kWhole).value());
  const auto callers = ParseCallers(written);
  ASSERT_TRUE(callers.ok()) << callers.status() << written;
  EXPECT_EQ(FormatCallers(*callers), written);
  EXPECT_EQ((*callers)[0].only.size(), 2U);
  EXPECT_EQ((*callers)[0].tokens[0].expires, absl::FromUnixSeconds(1803826800));
}

TEST(CallersTest, AreWrittenSoThatNoNameIsTakenForNotation) {
  CallerRecord odd{.name = "a\"]\\[[caller]] # é", .roles = {Role::kSearch}};
  odd.only["tag"] = {"\"quoted\", \\ and ]"};
  const auto callers = ParseCallers(FormatCallers({odd}));
  ASSERT_TRUE(callers.ok()) << callers.status();
  EXPECT_EQ(callers->front().name, odd.name);
  EXPECT_EQ(callers->front().only, odd.only);
}

TEST(CallersTest, NobodyIsAList) { EXPECT_THAT(ParseCallers("").value(), IsEmpty()); }

// A mistake must never let anybody do more than was meant: nothing is passed over.
TEST(CallersTest, MistakesAreToldByTheirLine) {
  const std::string hash = TokenHash::Of("abc").ToHex();
  const std::string head = "[[caller]]\nname = \"a\"\nroles = [ \"search\" ]\n";
  const std::string token = "[[caller.token]]\nhash = \"" + hash + "\"\n";
  const std::pair<std::string, std::string> mistakes[] = {
      {"[[caller]\n", "line 1"},
      {"[[callers]]\n", "line 1: expected tables [[caller]]"},
      {"caller = \"a\"\n", "line 1: expected tables [[caller]]"},
      {"[[caller]]\nroles = [ \"search\" ]\n", "a caller has a name"},
      {"[[caller]]\nname = 7\nroles = [ \"search\" ]\n", "a caller has a name"},
      {"[[caller]]\nname = \"a\"\n", "has no role"},
      {"[[caller]]\nname = \"a\"\nroles = [ \"root\" ]\n", "line 3: there is no role \"root\""},
      {"[[caller]]\nname = \"a\"\nroles = \"search\"\n", "line 3: expected a list of texts"},
      {head + "role = \"write\"\n", "line 4: a caller has no \"role\""},
      {head + "only.sauce = [ \"x\" ]\n", "line 4: a licence cannot be for values of \"sauce\""},
      {head + "only.headline = [ \"x\" ]\n", "line 4: a licence cannot be for"},
      {head + "only.source = []\n", "line 4: expected a list of texts"},
      {head + "only.source = [ \"\" ]\n", "line 4: expected a text"},
      {head + "only = \"source\"\n", "line 4: expected fields"},
      {head + "rate = \"fast\"\n", "a rate is a number"},
      {head + "rate = -1\n", "a rate is a number"},
      {head + "rate = nan\n", "a rate is a number"},
      {head + "burst = 5\n", "without a rate"},
      {head + "[[caller.token]]\n", "line 4: the token has no hash"},
      {head + "[[caller.token]]\nhash = \"abc\"\n", "line 5: a hash has 64 digits"},
      {head + token + "expires = 2027-01-01\n", "line 6: expected a time with its zone"},
      {head + token + "expire = 2027-01-01T00:00:00Z\n", "line 6: a token has no \"expire\""},
      {head + token + token, "the token \"" + hash + "\" is there twice"},
      {head + head, "the name \"a\" is there twice"},
      {"[[caller]]\nname = \"a\"\nroles = [ \"write\" ]\nonly.source = [ \"x\" ]\n",
       "has to do with all articles"},
  };
  for (const auto& [text, message] : mistakes) {
    const auto callers = ParseCallers(text);
    EXPECT_EQ(callers.status().code(), absl::StatusCode::kInvalidArgument) << text;
    EXPECT_THAT(std::string(callers.status().message()), HasSubstr(message)) << text;
  }
}

TEST(CallersTest, HaveTwoTokensAtMost) {
  std::string text = "[[caller]]\nname = \"a\"\nroles = [ \"search\" ]\n";
  for (const std::string secret : {"a", "b", "c"}) {
    text += "[[caller.token]]\nhash = \"" + TokenHash::Of(secret).ToHex() + "\"\n";
  }
  EXPECT_THAT(std::string(ParseCallers(text).status().message()), HasSubstr("at most 2 tokens"));
}

}  // namespace
}  // namespace broadsheet::access
