// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/schema/article.h"

#include <gmock/gmock.h>
#include <google/protobuf/util/message_differencer.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "tests/testing/status_matchers.h"

namespace broadsheet::schema {
namespace {

using ::broadsheet::testing::StatusIs;
using ::google::protobuf::util::MessageDifferencer;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

v1::Article WithHeadline(std::string_view headline) {
  v1::Article article;
  article.set_id("a1");
  article.set_language("en");
  article.set_headline(std::string(headline));
  return article;
}

v1::Article Prepared(v1::Article article) {
  EXPECT_OK(PrepareArticle(&article));
  return article;
}

v1::Caption Caption(std::string_view text, std::string_view credit) {
  v1::Caption caption;
  caption.set_text(std::string(text));
  caption.set_credit(std::string(credit));
  return caption;
}

TEST(PrepareArticleTest, TrimsTextAndRemovesControlCharacters) {
  v1::Article article = WithHeadline(" \tFerry\n runs\x01  again\u00A0");
  article.set_body("\uFEFF\r\nOne.\r\n\r\nTwo\x07.\rThree\tfour.\u0085 \n");
  article = Prepared(article);
  EXPECT_EQ(article.headline(), "Ferry runs again");
  EXPECT_EQ(article.body(), "One.\n\nTwo.\nThree\tfour.");
}

TEST(PrepareArticleTest, DropsEmptyAndRepeatedValues) {
  v1::Article article = WithHeadline("Ferry");
  for (const char* tag : {"Kim Jong Un", " ", "KIM  JONG UN", "Ferries"}) article.add_tags(tag);
  for (const char* name : {"Ana Sá", "", "Ana Sa"}) article.add_bylines()->set_name(name);
  *article.add_captions() = Caption("The ferry.", "AP");
  *article.add_captions() = Caption("The ferry. ", "AP");
  *article.add_captions() = Caption("The ferry.", "Reuters");
  *article.add_captions() = Caption(" ", "");
  article = Prepared(article);
  EXPECT_THAT(article.tags(), ElementsAre("Kim Jong Un", "Ferries"));
  ASSERT_EQ(article.bylines_size(), 1);
  EXPECT_EQ(article.bylines(0).name(), "Ana Sá");
  EXPECT_EQ(article.captions_size(), 2);
}

TEST(PrepareArticleTest, AnOrganisationAloneIsTheByline) {
  v1::Article article = WithHeadline("Ferry");
  article.add_bylines()->set_organisation("Reuters");
  article = Prepared(article);
  ASSERT_EQ(article.bylines_size(), 1);
  EXPECT_EQ(article.bylines(0).name(), "Reuters");
}

TEST(PrepareArticleTest, DetectsTheLanguageOnlyWhenTheSourceStatesNone) {
  constexpr std::string_view kFrench =
      "Le bac a repris son service mardi matin après trois semaines de travaux, et les habitants "
      "de "
      "l'île ont retrouvé leurs habitudes. Le maire a remercié les ouvriers du port, qui ont "
      "travaillé la nuit pour que les enfants puissent aller à l'école.";
  v1::Article article = WithHeadline("Le bac est de retour");
  article.clear_language();
  article.set_body(std::string(kFrench));
  EXPECT_EQ(Prepared(article).language(), "fr");
  article.set_language("pt_BR");
  EXPECT_EQ(Prepared(article).language(), "pt-BR");
  article.set_language("??");
  EXPECT_EQ(Prepared(article).language(), "fr");
  article.set_headline("Le bac");
  article.clear_body();
  article.clear_language();
  EXPECT_EQ(Prepared(article).language(), "") << "too short to guess";
}

TEST(PrepareArticleTest, DerivesAnIdWhenThereIsNone) {
  v1::Article article = WithHeadline("Ferry");
  article.clear_id();
  article.set_url(" https://Example.com/ferry#top ");
  EXPECT_EQ(Prepared(article).id(), "https://example.com/ferry");
}

TEST(PrepareArticleTest, IsIdempotent) {
  v1::Article article = WithHeadline("  Ferry\u200B ");
  article.clear_id();
  article.clear_language();
  article.set_body("\x02 \u00A0\x03One.\r\n ");
  article.add_tags(" a\u0002 b ");
  article.add_bylines()->set_organisation("Reuters");
  article.mutable_published_time()->set_seconds(1718798400);
  article.set_published_precision(v1::DATE_PRECISION_MONTH);
  const v1::Article once = Prepared(article);
  EXPECT_TRUE(MessageDifferencer::Equals(Prepared(once), once)) << once.DebugString();
}

TEST(PrepareArticleTest, PublishedTimesAreInNormalForm) {
  v1::Article article = WithHeadline("Ferry");
  article.mutable_published_time()->set_seconds(1718798400);  // 2024-06-19 12:00 UTC
  EXPECT_EQ(Prepared(article).published_precision(), v1::DATE_PRECISION_INSTANT);
  article.set_published_precision(v1::DATE_PRECISION_DAY);
  article.set_published_offset_minutes(60);
  EXPECT_EQ(Prepared(article).published_time().seconds(), 1718755200);
  EXPECT_EQ(Prepared(article).published_offset_minutes(), 0);
  article.clear_published_time();
  EXPECT_EQ(Prepared(article).published_precision(), v1::DATE_PRECISION_UNSPECIFIED);
}

// What is refused, and the words that say why.
void ExpectRefused(v1::Article article, std::string_view why) {
  EXPECT_THAT(PrepareArticle(&article),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr(std::string(why))));
}

TEST(PrepareArticleTest, RefusesAnArticleWithoutText) {
  v1::Article article = WithHeadline(" \n ");
  article.add_tags("ferry");
  *article.add_captions() = Caption("", "AP");
  ExpectRefused(article, "no headline, summary, body or caption");
}

TEST(PrepareArticleTest, ACaptionAloneIsAnArticle) {
  v1::Article article = WithHeadline("");
  *article.add_captions() = Caption("The ferry.", "AP");
  EXPECT_OK(PrepareArticle(&article));
}

TEST(PrepareArticleTest, RefusesBadIds) {
  v1::Article article = WithHeadline("Ferry");
  article.set_id(std::string(1000, 'x'));
  EXPECT_OK(PrepareArticle(&article));
  article.set_id(std::string(1001, 'x'));
  ExpectRefused(article, "id has 1001 bytes, over the limit of 1000");
  article.set_id("a\nb");
  ExpectRefused(article, "id has a control character");
}

TEST(PrepareArticleTest, RefusesWhatIsTooLarge) {
  v1::Article article = WithHeadline("Ferry");
  article.set_body(std::string(kMaxArticleBytes, 'x'));
  ExpectRefused(article, "over the limit of 8388608");
  article.clear_body();
  for (size_t i = 0; i <= kMaxTags; ++i) article.add_tags("tag");
  ExpectRefused(article, "tags are 1001, over the limit of 1000");
}

TEST(PrepareArticleTest, RefusesTimesAndVersionsOutOfRange) {
  v1::Article article = WithHeadline("Ferry");
  article.mutable_published_time()->set_seconds(253402300800);
  ExpectRefused(article, "published_time is outside the years 1 to 9999");
  article = WithHeadline("Ferry");
  article.mutable_embargo_time()->set_seconds(-62135596801);
  ExpectRefused(article, "embargo_time is outside the years 1 to 9999");
  article = WithHeadline("Ferry");
  article.mutable_published_time()->set_seconds(0);
  article.set_published_offset_minutes(1440);
  ExpectRefused(article, "published_offset_minutes is outside -1439 to 1439");
  article = WithHeadline("Ferry");
  article.set_version(-1);
  ExpectRefused(article, "version is negative");
}

}  // namespace
}  // namespace broadsheet::schema
