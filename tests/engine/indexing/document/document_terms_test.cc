// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/indexing/document/document_terms.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "engine/schema/term_weight.h"
#include "tests/testing/test_index.h"

namespace broadsheet::indexing {
namespace {

using schema::FieldId;
using schema::FieldTerm;
using schema::Slot;
using schema::ValueTerm;
using storage::BreakMark;
using storage::CodeKind;
using storage::FieldMark;
using storage::HashTerm;
using storage::MakeCode;
using storage::MarkKind;
using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::Eq;
using ::testing::IsEmpty;
using ::testing::IsSupersetOf;
using ::testing::Key;
using testing::MakeArticle;
using ::testing::Not;
using ::testing::Pair;
using ::testing::SizeIs;
using testing::TestArticle;

constexpr uint64_t kSeed = 36508;

uint32_t Word(std::string_view term) { return MakeCode(CodeKind::kWord, HashTerm(term, kSeed)); }
uint32_t Exact(std::string_view form) { return MakeCode(CodeKind::kExact, HashTerm(form, kSeed)); }

class DocumentTermsTest : public ::testing::Test {
 protected:
  const DocumentTerms& Analyze(const TestArticle& article) {
    return analyzer_.Analyze(MakeArticle("id-1", article));
  }
  // Term -> wdf.
  std::map<std::string, uint32_t> Terms(const TestArticle& article) {
    std::map<std::string, uint32_t> terms;
    for (const DocumentTerm& term : Analyze(article).terms) {
      EXPECT_TRUE(terms.emplace(term.term, term.wdf).second) << term.term << " comes twice";
    }
    return terms;
  }
  std::map<Slot, std::string> Slots(const TestArticle& article) {
    std::map<Slot, std::string> slots;
    for (const SlotValue& slot : Analyze(article).slots) slots[slot.slot] = slot.value;
    return slots;
  }
  DocumentAnalyzer analyzer_{kSeed, ""};
};

TEST_F(DocumentTermsTest, TextFieldsGiveDefaultTermsAndTermsOfTheirOwn) {
  const auto terms = Terms({.headline = "alpha",
                            .summary = "beta",
                            .body = "gamma",
                            .captions = {{"delta", "epsilon"}},
                            .tags = {"zeta"},
                            .bylines = {"eta"}});
  for (const char* term : {"alpha", "beta", "gamma", "delta", "zeta", "eta"}) {
    EXPECT_THAT(terms, Contains(Pair(term, ::testing::Gt(0)))) << term;
  }
  for (const auto& [field, word] :
       std::vector<std::pair<FieldId, std::string>>{{FieldId::kHeadline, "alpha"},
                                                    {FieldId::kSummary, "beta"},
                                                    {FieldId::kCaption, "delta"},
                                                    {FieldId::kCredit, "epsilon"},
                                                    {FieldId::kByline, "eta"}}) {
    EXPECT_THAT(terms, Contains(Pair(FieldTerm(field, word), ::testing::Gt(0)))) << word;
  }
  EXPECT_THAT(terms, Not(Contains(Key("epsilon")))) << "credits are not searched by default";
}

TEST_F(DocumentTermsTest, ADatelineGivesTermsOfItsOwnAndChangesNoOthers) {
  const auto without = Terms({.headline = "Talks end", .body = "Paris talks."});
  auto with = Terms({.headline = "Talks end", .body = "Paris talks.", .dateline = "PARIS, June"});
  EXPECT_EQ(with.erase(FieldTerm(FieldId::kDateline, "paris")), 1U);
  EXPECT_EQ(with.erase(FieldTerm(FieldId::kDateline, "june")), 1U);
  EXPECT_EQ(with, without);
  EXPECT_THAT(Slots({.body = "two words", .dateline = "PARIS"}),
              Contains(Pair(Slot::kLength, schema::EncodeCount(2))));
}

TEST_F(DocumentTermsTest, WholeValuesAndDatesNeverScore) {
  const auto terms = Terms({.body = "text",
                            .tags = {"Kim Jong Un"},
                            .bylines = {"Ellen Mitchell"},
                            .section = "Defense",
                            .source = "The Hill",
                            .language = "en-US",
                            .published = "2024-06-19"});
  for (const std::string& term :
       {ValueTerm(FieldId::kTag, "kim jong un"), ValueTerm(FieldId::kByline, "ellen mitchell"),
        ValueTerm(FieldId::kSection, "defense"), ValueTerm(FieldId::kSource, "the hill"),
        ValueTerm(FieldId::kLanguage, "en"), ValueTerm(FieldId::kLanguage, "en-us"),
        schema::IdTerm("id-1"), schema::YearTerm(2024), schema::MonthTerm(2024, 6),
        schema::DayTerm(2024, 6, 19)}) {
    EXPECT_THAT(terms, Contains(Pair(term, 0))) << term;
  }
  EXPECT_THAT(terms, Not(Contains(Key(std::string(schema::kUndatedTerm)))));
}

TEST_F(DocumentTermsTest, AnAssumedLanguageStemsAndIsNoValue) {
  DocumentAnalyzer english(kSeed, "en");
  const auto terms_of = [&](const TestArticle& article) {
    std::vector<std::string> terms;
    for (const DocumentTerm& term : english.Analyze(MakeArticle("id-1", article)).terms) {
      terms.emplace_back(term.term);
    }
    return terms;
  };
  const auto assumed = terms_of({.body = "Boats sailing", .language = ""});
  EXPECT_THAT(assumed, Contains("boat"));
  EXPECT_THAT(assumed, Contains("sail"));
  EXPECT_THAT(assumed, Not(Contains(ValueTerm(FieldId::kLanguage, "en"))));
  const auto german = terms_of({.body = "Boats sailing", .language = "de"});
  EXPECT_THAT(german, Contains("sailing")) << "what an article states comes first";
}

TEST_F(DocumentTermsTest, CoarseDatesHaveNoTermsFinerThanStated) {
  const auto month = Terms({.body = "text", .published = "2024-06"});
  EXPECT_THAT(month, Contains(Key(schema::MonthTerm(2024, 6))));
  EXPECT_THAT(month, Not(Contains(Key(schema::DayTerm(2024, 6, 1)))));
  const auto year = Terms({.body = "text", .published = "2024"});
  EXPECT_THAT(year, Contains(Key(schema::YearTerm(2024))));
  EXPECT_THAT(year, Not(Contains(Key(schema::MonthTerm(2024, 1)))));
}

TEST_F(DocumentTermsTest, DayTermIsOfTheLocalDateThatTheSourceStated) {
  // 02:30 of the 20th in UTC.
  const auto terms = Terms({.body = "text", .published = "2024-06-19T22:30:00-04:00"});
  EXPECT_THAT(terms, Contains(Key(schema::DayTerm(2024, 6, 19))));
  EXPECT_THAT(terms, Not(Contains(Key(schema::DayTerm(2024, 6, 20)))));
}

TEST_F(DocumentTermsTest, UndatedHasItsTermAndNoDateSlots) {
  EXPECT_THAT(Terms({.body = "text"}), Contains(Pair(std::string(schema::kUndatedTerm), 0)));
  EXPECT_THAT(Slots({.body = "text"}), ElementsAre(Pair(Slot::kLength, schema::EncodeCount(1))));
}

TEST_F(DocumentTermsTest, OnlyArticlesThatTheirStatusWithholdSayWhichStatusItIs) {
  const auto slot_of = [this](v1::Article::Status status) {
    const auto slots = Slots({.body = "text", .status = status});
    const auto found = slots.find(Slot::kStatus);
    return found == slots.end() ? std::string() : found->second;
  };
  EXPECT_EQ(slot_of(v1::Article::STATUS_WITHHELD), schema::kWithheldValue);
  EXPECT_EQ(slot_of(v1::Article::STATUS_CANCELLED), schema::kCancelledValue);
  EXPECT_EQ(slot_of(v1::Article::STATUS_USABLE), "");
  EXPECT_EQ(slot_of(v1::Article::STATUS_UNSPECIFIED), "");
}

TEST_F(DocumentTermsTest, SlotsHoldTheInstantTheLocalPeriodAndTheLength) {
  const auto slots = Slots({.headline = "two words",
                            .body = "three more words",
                            .captions = {{"", "a credit is not counted"}},
                            .published = "1970-02"});
  EXPECT_THAT(slots, ElementsAre(Pair(Slot::kPublishedTime, schema::EncodeSeconds(31 * 86400)),
                                 Pair(Slot::kLocalFirst, schema::EncodeDay(31)),
                                 Pair(Slot::kLocalLast, schema::EncodeDay(31 + 27)),
                                 Pair(Slot::kLength, schema::EncodeCount(5))));
}

TEST_F(DocumentTermsTest, WdfIsTheWeightedFrequencyDividedByTheLengthNorm) {
  std::string body = "putin";
  for (int i = 1; i < 399; ++i) body += " filler";
  // 400 words with the headline: the typical length, where the norm is 1.
  const auto terms = Terms({.headline = "putin", .body = body, .language = ""});
  const int headline_weight = schema::FieldOf(FieldId::kHeadline).weight;
  EXPECT_THAT(terms, Contains(Pair("putin", 40 * (headline_weight + 1))));
  EXPECT_THAT(terms, Contains(Pair(FieldTerm(FieldId::kHeadline, "putin"), 40)));
}

TEST_F(DocumentTermsTest, WdfOfAShortArticleIsHigherAndOfAVeryLongOneNeverZero) {
  // norm = 0.4 + 0.6 * 1 / 400
  EXPECT_THAT(Terms({.body = "putin"}), Contains(Pair("putin", std::lround(40 / 0.4015))));
  std::string body = "putin";
  for (int i = 0; i < 100'000; ++i) body += " filler";
  EXPECT_THAT(Terms({.body = body}), Contains(Pair("putin", 1)));
}

TEST_F(DocumentTermsTest, TermsAreInOrderForXapian) {
  const DocumentTerms& document =
      Analyze({.headline = "Zebra apple", .body = "mango Zürich zulu", .tags = {"Kim"}});
  EXPECT_TRUE(std::is_sorted(document.terms.begin(), document.terms.end(),
                             [](const auto& a, const auto& b) { return a.term < b.term; }));
}

TEST_F(DocumentTermsTest, RunMarksEachTextOfEachField) {
  const DocumentTerms& document = Analyze({.headline = "alpha",
                                           .summary = "beta",
                                           .body = "gamma",
                                           .captions = {{"delta", "epsilon"}, {"theta", ""}},
                                           .tags = {"zeta", "iota"},
                                           .bylines = {"kappa"},
                                           .language = "",
                                           .dateline = "lambda"});
  EXPECT_THAT(
      document.tokens,
      ElementsAre(FieldMark(FieldId::kHeadline), Word("alpha"), FieldMark(FieldId::kSummary),
                  Word("beta"), FieldMark(FieldId::kBody), Word("gamma"),
                  FieldMark(FieldId::kCaption), Word("delta"), FieldMark(FieldId::kCredit),
                  Word("epsilon"), FieldMark(FieldId::kCaption), Word("theta"),
                  FieldMark(FieldId::kTag), Word("zeta"), FieldMark(FieldId::kTag), Word("iota"),
                  FieldMark(FieldId::kByline), Word("kappa"), FieldMark(FieldId::kDateline),
                  Word("lambda")));
}

TEST_F(DocumentTermsTest, RunHoldsTheExactFormWhereItDiffersFromTheTerm) {
  const DocumentTerms& document = Analyze({.headline = "cafés opened late"});
  EXPECT_THAT(document.tokens,
              ElementsAre(FieldMark(FieldId::kHeadline), Word("cafe"), Exact("cafés"), Word("open"),
                          Exact("opened"), Word("late")));
}

TEST_F(DocumentTermsTest, RunMarksSentencesAndParagraphs) {
  const DocumentTerms& document =
      Analyze({.body = "Alpha came. Beta went.\n\nGamma stayed.", .language = ""});
  EXPECT_THAT(document.tokens,
              ElementsAre(FieldMark(FieldId::kBody), Word("alpha"), Word("came"),
                          BreakMark(MarkKind::kSentence), Word("beta"), Word("went"),
                          BreakMark(MarkKind::kParagraph), Word("gamma"), Word("stayed")));
}

TEST_F(DocumentTermsTest, ALongWordIsOneWordOfTheRunAndItsBeginningAnAlternative) {
  const DocumentTerms& document =
      Analyze({.body = "before " + std::string(200, 'x') + " after", .language = ""});
  ASSERT_THAT(document.tokens, SizeIs(5));
  EXPECT_THAT(document.tokens[1], Word("before"));
  EXPECT_EQ(storage::KindOf(document.tokens[2]), CodeKind::kWord);
  EXPECT_EQ(document.tokens[3],
            MakeCode(CodeKind::kAlternative, storage::HashTerm(std::string(64, 'x') + "~", kSeed)));
  EXPECT_THAT(document.tokens[4], Word("after"));
}

TEST_F(DocumentTermsTest, NothingOfOneArticleIsLeftInTheNext) {
  const auto alone = Terms({.body = "alpha"});
  Analyze({.headline = "beta", .body = "gamma", .tags = {"delta"}, .published = "2024"});
  EXPECT_THAT(Terms({.body = "alpha"}), Eq(alone));
  EXPECT_THAT(Analyze({.body = "alpha"}).tokens,
              ElementsAre(FieldMark(FieldId::kBody), Word("alpha")));
}

TEST_F(DocumentTermsTest, AllTermsFitIntoXapian) {
  const std::string long_value(1000, 'v');
  v1::Article article =
      MakeArticle(std::string(1000, 'i'), {.headline = long_value,
                                           .body = std::string(300, '\xc3') + "word",
                                           .tags = {long_value},
                                           .bylines = {long_value},
                                           .section = long_value,
                                           .source = long_value,
                                           .language = long_value});
  for (const DocumentTerm& term : analyzer_.Analyze(article).terms) {
    EXPECT_THAT(term.term.size(), AllOf(::testing::Gt(0), ::testing::Le(245))) << term.term;
  }
}

}  // namespace
}  // namespace broadsheet::indexing
