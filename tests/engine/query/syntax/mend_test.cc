// SPDX-License-Identifier: GPL-3.0-or-later
// Bug: a mended query was refused in its turn: fraud" gave fraud"".
#include <gtest/gtest.h>

#include <array>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "engine/query/syntax/parser.h"
#include "tests/engine/query/syntax/query_errors.h"
#include "tests/testing/status_matchers.h"

namespace broadsheet::query {
namespace {

std::string MendOf(std::string_view query, MatchMode mode = MatchMode::kAll) {
  const absl::StatusOr<ParsedQuery> parsed = Parse(query, Limits(), mode);
  EXPECT_FALSE(parsed.ok()) << query;
  return parsed.ok() ? "" : ErrorOf(parsed.status()).suggested_query();
}

struct Mended {
  std::string typed;
  std::string mended;
};

TEST(MendTest, OffersWhatWasMostLikelyMeant) {
  for (const auto& [typed, mended] :
       std::vector<Mended>{{"fraud\"", "fraud"},
                           {"tax fraud\" case", "tax fraud case"},
                           {"\"tax fraud", "\"tax fraud\""},
                           {"\"tax fraud\" case\"", "\"tax fraud\" case"},
                           {"tax \"", "tax"},
                           {"fraud”", "fraud"},
                           {"(tax fraud", "(tax fraud)"},
                           {"tax fraud (", "tax fraud"},
                           {"tax) fraud", "tax fraud"},
                           {"tax () fraud", "tax fraud"},
                           {"tax \"\" fraud", "tax fraud"},
                           {"tax AND", "tax"},
                           {"OR tax", "tax"},
                           {"tax OR OR fraud", "tax OR fraud"},
                           {"(tax OR ) fraud", "(tax) fraud"},
                           {"capton:\"a", "caption:\"a\""},
                           {"((tax", "((tax))"},
                           {"tax NEAR/0 fraud", "tax NEAR/1 fraud"},
                           {"tax NEAR/900 fraud", "tax NEAR/100 fraud"},
                           {"date:2023-02-30", "date:2023-02"},
                           {"date:2023-2-3", "date:2023-02-03"},
                           {"since:2023/02/03 tax", "after:2023-02-03 tax"},
                           {"date:20230203", "date:2023-02-03"},
                           {"date:2024..2023", "date:2023..2024"},
                           {"since:2023..2024", "date:2023..2024"},
                           {"capton:a date:2023-13", "caption:a date:2023"},
                           {"headline:-kim", "-headline:kim"},
                           {"headline: kim", "headline:kim"},
                           {"tag:\"a\"~3", "tag:\"a\""}}) {
    EXPECT_EQ(MendOf(typed), mended) << typed;
  }
}

TEST(MendTest, OffersNothingWhereThereIsNothingToSearchFor) {
  for (const std::string_view query : {"\"", "(", ")", "()", "OR", "\"\"", "tag:", "NOT"}) {
    EXPECT_EQ(MendOf(query), "") << query;
  }
}

// Whatever is typed: what is offered is accepted, and is not what was typed.
TEST(MendTest, WhatIsOfferedIsAccepted) {
  constexpr std::array<std::string_view, 54> kPieces = {
      "kim",    "\"",       "(",       ")",          "AND",  "OR",    "NOT",       "-",
      "!tax",   "NEAR/5",   "NEAR/0",  "ADJ/s",      "NEAR", "tag:",  "headline:", "capton:",
      "date:",  "since:",   "2024",    "2023-02-30", "..",   "7d",    "go*rn",     "g*",
      "wom?n",  "word~3",   "~",       "\"a b\"",    "=",    "^2",    "w/5",       "||",
      "&&",     "|",        "*",       "*:*",        "[a",   "TO",    "b]",        "/x.*/",
      "site:",  "intitle:", "source=", "News:",      "6\"",  "צה\"ל", "”",         "\\",
      "until:", "x(",       ")^3",     "AROUND(5)",  ":",    "+s"};
  std::mt19937 random(20261129);
  const auto below = [&](size_t end) {
    return std::uniform_int_distribution<size_t>(0, end - 1)(random);
  };
  size_t refused = 0;
  size_t offered = 0;
  for (int i = 0; i < 5000; ++i) {
    std::string query;
    for (size_t n = 1 + below(7); n > 0; --n) {
      query += kPieces.at(below(kPieces.size()));
      if (below(3) > 0) query += ' ';
    }
    const MatchMode mode = below(2) == 0 ? MatchMode::kAll : MatchMode::kAny;
    const absl::StatusOr<ParsedQuery> parsed = Parse(query, Limits(), mode);
    std::vector<std::string> suggestions;
    if (parsed.ok()) {
      for (const Remark& remark : parsed->remarks) suggestions.push_back(remark.suggestion);
    } else {
      ++refused;
      suggestions.push_back(ErrorOf(parsed.status()).suggested_query());
      offered += suggestions.back().empty() ? 0 : 1;
    }
    for (const std::string& suggestion : suggestions) {
      if (suggestion.empty()) continue;
      EXPECT_NE(suggestion, query);
      EXPECT_THAT(Parse(suggestion, Limits(), mode), testing::IsOk())
          << query << "\n  offered: " << suggestion;
    }
  }
  EXPECT_GT(refused, 1000U);
  EXPECT_GT(offered * 10, refused * 8) << "hardly any mistake is left without advice";
}

}  // namespace
}  // namespace broadsheet::query
