// SPDX-License-Identifier: GPL-3.0-or-later
// The grammar by example: what is typed and how it is understood; what is wrong and what the
// reader is told.
#include "engine/query/syntax/parser.h"
#include "engine/query/syntax/tree_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

#include "engine/query/syntax/query_error.h"
#include "tests/engine/query/syntax/query_errors.h"
#include "tests/testing/status_matchers.h"

namespace broadsheet::query {
namespace {

using ::testing::HasSubstr;

std::string Understood(std::string_view query, MatchMode mode = MatchMode::kAll) {
  const absl::StatusOr<ParsedQuery> parsed = Parse(query, Limits(), mode);
  return parsed.ok() ? ToString(parsed->root) : std::string(parsed.status().ToString());
}

struct Example {
  std::string typed;
  std::string understood;
};

class GrammarTest : public ::testing::TestWithParam<Example> {};

TEST_P(GrammarTest, IsUnderstoodAs) {
  EXPECT_EQ(Understood(GetParam().typed), GetParam().understood);
}

TEST_P(GrammarTest, IsUnderstoodTheSameWhenItsTreeIsTypedAgain) {
  EXPECT_EQ(Understood(GetParam().understood), GetParam().understood);
}

INSTANTIATE_TEST_SUITE_P(
    Words, GrammarTest,
    ::testing::Values(
        Example{"kim", "kim"}, Example{"  kim   un ", "kim AND un"},
        Example{"Kim AND un", "Kim AND un"}, Example{"and or not", "and AND or AND not"},
        Example{"COVID-19 AT&T C++ #tag @name", "COVID-19 AND AT&T AND C++ AND #tag AND @name"},
        Example{"12:30", "12:30"}, Example{"https://a.org/x?y=z", "https://a.org/x?y=z"},
        Example{"=Café", "=Café"}, Example{"govern*", "govern*"},
        Example{"goverment~", "goverment~"}, Example{"word~1 word~2", "word~1 AND word~2"}));

INSTANTIATE_TEST_SUITE_P(
    Operators, GrammarTest,
    ::testing::Values(Example{"a OR b", "a OR b"}, Example{"a b OR c d", "(a AND b) OR (c AND d)"},
                      Example{"a AND b OR c", "(a AND b) OR c"},
                      Example{"a AND (b OR c)", "a AND (b OR c)"}, Example{"((a))", "a"},
                      Example{"a -b", "a AND NOT b"}, Example{"a NOT b", "a AND NOT b"},
                      Example{"a AND NOT b", "a AND NOT b"}, Example{"-a", "NOT a"},
                      Example{"NOT NOT a", "a"}, Example{"NOT (NOT a)", "NOT (NOT a)"},
                      Example{"-(a b)", "NOT (a AND b)"},
                      Example{"−putin –kim", "NOT putin AND NOT kim"},
                      Example{"state-of-the-art", "state-of-the-art"}));

INSTANTIATE_TEST_SUITE_P(
    PhrasesAndNear, GrammarTest,
    ::testing::Values(Example{"\"signing ceremony\"", "\"signing ceremony\""},
                      Example{"“signing ceremony”", "\"signing ceremony\""},
                      Example{"„a b“ c", "\"a b\" AND c"}, Example{"\"a b\"~5", "\"a b\"~5"},
                      Example{"=\"New York\"", "\"=New =York\""},
                      Example{"\"prime minist* =May\"", "\"prime minist* =May\""},
                      Example{"a NEAR/5 b", "a NEAR/5 b"}, Example{"a NEAR b", "a NEAR/10 b"},
                      Example{"a ADJ/3 b ADJ/3 c", "a ADJ/3 b ADJ/3 c"},
                      Example{"a NEAR/s b NEAR/S \"c d\"", "a NEAR/s b NEAR/s \"c d\""},
                      Example{"a ADJ/p (b OR c)", "a ADJ/p (b OR c)"},
                      Example{"(a OR \"b c\") NEAR/4 d e", "((a OR \"b c\") NEAR/4 d) AND e"}));

INSTANTIATE_TEST_SUITE_P(
    Fields, GrammarTest,
    ::testing::Values(
        Example{"headline:kim", "headline:kim"}, Example{"Headline:kim", "headline:kim"},
        Example{"author:smith", "byline:smith"},
        Example{"caption:\"signing ceremony\"", "caption:\"signing ceremony\""},
        Example{"headline:(a OR b) c", "(headline:a OR headline:b) AND c"},
        Example{"headline:(a -b)", "headline:a AND NOT headline:b"},
        Example{"tag:\"Kim Jong Un\"", "tag:\"Kim Jong Un\""},
        Example{"tag:politics", "tag:\"politics\""},
        Example{"tag:(politics OR \"world news\")", "tag:\"politics\" OR tag:\"world news\""},
        Example{"tag:c*", "tag:\"c*\""}, Example{"id:https://a.org/1", "id:\"https://a.org/1\""},
        Example{"tag:\"\\\"Doc\\\" Rivers\"", "tag:\"\\\"Doc\\\" Rivers\""},
        Example{"tag:a“b", "tag:\"a\\“b\""}, Example{"tag:a\\", "tag:\"a\\\\\""},
        Example{"-section:sports", "NOT section:\"sports\""}));

INSTANTIATE_TEST_SUITE_P(
    Dates, GrammarTest,
    ::testing::Values(Example{"date:2024-06", "date:2024-06"},
                      Example{"date:2024-01..2024-06", "date:2024-01..2024-06"},
                      Example{"date:none", "date:none"},
                      Example{"since:7d flood", "after:7d AND flood"},
                      Example{"after:2024 before:2025", "after:2024 AND before:2025"}));

TEST(MatchAnyTest, OrsWordsButKeepsExplicitAndNegationsAndDates) {
  EXPECT_EQ(Understood("a b c", MatchMode::kAny), "a OR b OR c");
  EXPECT_EQ(Understood("a AND b c", MatchMode::kAny), "(a AND b) OR c");
  EXPECT_EQ(Understood("a b -c since:7d", MatchMode::kAny), "(a OR b) AND NOT c AND after:7d");
  EXPECT_EQ(Understood("-a -b", MatchMode::kAny), "NOT a AND NOT b");
}

struct Wrong {
  std::string typed;
  // The bytes of `typed` that the error points at.
  std::string marked;
  std::string message;
  std::string hint;
  std::string suggestion;
};

class MistakeTest : public ::testing::TestWithParam<Wrong> {};

TEST_P(MistakeTest, IsRefusedWithItsPlaceAndARemedy) {
  const Wrong& wrong = GetParam();
  const absl::StatusOr<ParsedQuery> parsed = Parse(wrong.typed, Limits(), MatchMode::kAll);
  ASSERT_THAT(parsed,
              testing::StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr(wrong.message)));
  const v1::QueryError error = ErrorOf(parsed.status());
  const auto begin = static_cast<size_t>(error.start_byte());
  EXPECT_EQ(wrong.typed.substr(begin, static_cast<size_t>(error.end_byte()) - begin), wrong.marked);
  EXPECT_THAT(error.hint(), HasSubstr(wrong.hint));
  EXPECT_EQ(error.suggested_query(), wrong.suggestion);
}

INSTANTIATE_TEST_SUITE_P(
    Balance, MistakeTest,
    ::testing::Values(Wrong{"kim \"jong un", "\"jong un", "never closed", "closing quote",
                            "kim \"jong un\""},
                      Wrong{"(a b", "(", "never closed", "closing parenthesis", "(a b)"},
                      Wrong{"a (", "(", "never closed", "closing parenthesis", "a"},
                      Wrong{"a b)", ")", "closes nothing", "remove it", "a b"},
                      Wrong{")", ")", "closes nothing", "remove it", ""},
                      Wrong{"a () b", "()", "nothing between", "remove them", "a b"},
                      Wrong{"a \"\"", "\"\"", "no word between", "remove them", "a"}));

INSTANTIATE_TEST_SUITE_P(
    Operators, MistakeTest,
    ::testing::Values(
        Wrong{"a AND", "AND", "nothing to work on", "in quotes", "a"},
        Wrong{"OR a", "OR", "nothing to work on", "in quotes", "a"},
        Wrong{"a OR OR b", "OR", "nothing to work on", "in quotes", "a OR b"},
        Wrong{"a NOT", "NOT", "nothing to work on", "in quotes", "a"},
        Wrong{"(a OR ) b", "OR", "nothing to work on", "in quotes", "(a) b"},
        Wrong{"a NEAR/5", "NEAR/5", "nothing to work on", "in quotes", "a"},
        Wrong{"a NEAR/0 b", "NEAR/0", "number of words", "such as 5", "a NEAR/1 b"},
        Wrong{"a NEAR/x b", "NEAR/x", "number of words", "such as 5", "a NEAR/10 b"},
        Wrong{"\"a b\"~", "~", "number of words", "such as 5", "\"a b\"~10"},
        Wrong{"a NEAR/q b", "NEAR/q", "number of words", "s for one sentence", "a NEAR/10 b"},
        Wrong{"a NEAR/2 b NEAR/3 c", "NEAR/3", "one distance", "NEAR/2", "a NEAR/2 b NEAR/2 c"},
        Wrong{"a NEAR/s b NEAR/p c", "NEAR/p", "one distance", "NEAR/s", "a NEAR/s b NEAR/s c"},
        Wrong{"a NEAR/2 (b c)", "(b c)", "NEAR joins words", "each side", ""},
        Wrong{"headline:a NEAR/2 b", "b", "same field", "name the field once", ""}));

INSTANTIATE_TEST_SUITE_P(
    Fields, MistakeTest,
    ::testing::Values(
        Wrong{"a capton:b", "capton", "unknown field `capton`", "did you mean `caption`?",
              "a caption:b"},
        Wrong{"sinse:7d", "sinse", "unknown field", "did you mean `since`?", "since:7d"},
        Wrong{"headline: kim", "headline:", "nothing follows", "right behind the colon",
              "headline:kim"},
        Wrong{"tag:\"a b\"~3", "\"a b\"~3", "whole values", "just the value", "tag:\"a b\""},
        Wrong{"tag:", "tag:", "nothing follows", "right behind the colon", ""},
        Wrong{"tag:\" \"", "\" \"", "empty value", "", ""},
        Wrong{"headline:-kim", "headline:-", "must be followed by", "-headline:word",
              "-headline:kim"},
        Wrong{"headline:(a body:b)", "body", "cannot stand inside", "close the parenthesis", ""}));

INSTANTIATE_TEST_SUITE_P(
    Marks, MistakeTest,
    ::testing::Values(Wrong{"g*", "g*", "at least 2 letters", "more of the word", "g"},
                      Wrong{"go*rn", "go*rn", "cannot stand inside", "start of the word", "go*"},
                      Wrong{"word~3", "word~3", "1 or 2 changed letters", "~2", "word~2"}));

TEST(QueryLimitsTest, RefusesAnEmptyQuery) {
  EXPECT_THAT(Parse("  ", Limits(), MatchMode::kAll),
              testing::StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("empty")));
}

TEST(QueryLimitsTest, RefusesAQueryOfTooManyBytes) {
  const absl::StatusOr<ParsedQuery> parsed =
      Parse(std::string(2 << 20, 'a'), Limits(), MatchMode::kAll);
  EXPECT_EQ(ErrorOf(parsed.status()).reason(), kTooLong);
}

TEST(QueryLimitsTest, TakesJustAsManyWordsAsTheLimit) {
  std::string words;
  for (int i = 0; i < Limits().max_written_terms; ++i) words += "w" + std::to_string(i) + " ";
  EXPECT_THAT(Parse(words, Limits(), MatchMode::kAll), testing::IsOk());
  const absl::StatusOr<ParsedQuery> parsed = Parse(words + "more", Limits(), MatchMode::kAll);
  EXPECT_EQ(ErrorOf(parsed.status()).reason(), kTooComplex);
}

TEST(QueryLimitsTest, RefusesParenthesesNestedTooDeep) {
  const auto nested = [](size_t levels) {
    return std::string(levels, '(') + "a" + std::string(levels, ')');
  };
  EXPECT_THAT(Parse(nested(32), Limits(), MatchMode::kAll), testing::IsOk());
  EXPECT_EQ(ErrorOf(Parse(nested(33), Limits(), MatchMode::kAll).status()).reason(), kTooComplex);
}

// A hundred thousand operators used to be a way to crash search engines: the stack must not grow.
TEST(QueryLimitsTest, SurvivesEndlessOperatorsWhateverTheByteLimit) {
  Limits roomy;
  roomy.max_query_bytes = 8 << 20;
  std::string nots;
  std::string parentheses(100000, '(');
  std::string minuses(100000, '-');
  for (int i = 0; i < 100000; ++i) nots += "NOT ";
  EXPECT_THAT(Parse(nots + "a", roomy, MatchMode::kAll), testing::IsOk());
  EXPECT_THAT(Parse(minuses + "a", roomy, MatchMode::kAll), testing::IsOk());
  EXPECT_EQ(ErrorOf(Parse(parentheses, roomy, MatchMode::kAll).status()).reason(), kTooComplex);
  std::string mixed;
  for (int i = 0; i < 100000; ++i) mixed += "a NOT (";
  EXPECT_EQ(ErrorOf(Parse(mixed, roomy, MatchMode::kAll).status()).reason(), kTooComplex);
}

TEST(QueryLimitsTest, RefusesBytesThatAreNotUtf8) {
  EXPECT_THAT(Parse("a \xED\xA0\x80 b", Limits(), MatchMode::kAll),
              testing::StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("UTF-8")));
}

TEST(QueryLimitsTest, TakesNulBytesAndRightToLeftMarksAsPunctuation) {
  EXPECT_THAT(Parse(std::string_view("a\0b \u200Fc", 8), Limits(), MatchMode::kAll),
              testing::IsOk());
}

TEST(UnquotedValueTest, IsNotedWithTheSpellingInQuotes) {
  const absl::StatusOr<ParsedQuery> parsed =
      Parse("tag:kim jong un -putin", Limits(), MatchMode::kAll);
  ASSERT_OK(parsed);
  EXPECT_EQ(ToString(parsed->root), "tag:\"kim\" AND jong AND un AND NOT putin");
  ASSERT_EQ(parsed->unquoted_values.size(), 1u);
  EXPECT_EQ(parsed->unquoted_values[0].value, "kim");
  EXPECT_EQ(parsed->unquoted_values[0].quoted, "tag:\"kim jong un\"");
}

TEST(UnquotedValueTest, IsNotNotedWhenQuotesOrOperatorsMakeTheMeaningPlain) {
  for (const std::string_view query :
       {"tag:\"kim\" jong", "tag:kim AND jong", "tag:kim", "id:a b"}) {
    const absl::StatusOr<ParsedQuery> parsed = Parse(query, Limits(), MatchMode::kAll);
    ASSERT_OK(parsed);
    EXPECT_TRUE(parsed->unquoted_values.empty()) << query;
  }
}

}  // namespace
}  // namespace broadsheet::query
