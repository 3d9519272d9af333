// SPDX-License-Identifier: GPL-3.0-or-later
// The names that hold an article back: by their words, in parts, in pairs, in other languages.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "tests/indexer/sources/collected.h"

namespace broadsheet::sources {
namespace {

using ::broadsheet::testing::Collected;
using ::broadsheet::testing::ReadJsonl;
using ::testing::HasSubstr;

// Why a line with these members more is refused; "read" when it is not.
std::string WhyRefused(const std::string& members) {
  const Collected got = ReadJsonl(absl::StrCat(
      R"({"id":"1","headline":"Secret","body":"Nobody may see this yet.",)", members, "}\n"));
  EXPECT_EQ(got.articles.size() + got.rejects.size(), 1U);
  return got.rejects.empty() ? "read" : got.rejects.front().reason;
}

// A bug once: names of statuses, flags and times that were in no list were passed over.
TEST(HeldBackNamesTest, NamesLikeThoseOfTheListsHoldBackToo) {
  for (const char* member : {R"("moderation_state":"draft")",
                             R"("moderation_state":"needs_work")",
                             R"("publicationState":"preview")",
                             R"("wf_status":"draft")",
                             R"("node_status":"hidden")",
                             R"("cms-status":"pending")",
                             R"("approval_status":"needs_review")",
                             R"("revisionStatus":"draft")",
                             R"("x_field_status":"withheld")",
                             R"("isPrivate":true)",
                             R"("private":"yes")",
                             R"("hidden":1)",
                             R"("visibility":"private")",
                             R"("isOnline":false)",
                             R"("ready_to_publish":false)",
                             R"("isRetracted":true)",
                             R"("deleted":true)",
                             R"("trash":"1")",
                             R"("deleted_at":"2024-05-01T10:00:00Z")",
                             R"("article_hidden":true)",
                             R"("storyPublished":false)",
                             R"("creativeWorkStatus":"Draft")",
                             R"("meta":{"hidden":true})",
                             R"("attributes":{"fields":{"public":false}})"}) {
    EXPECT_THAT(WhyRefused(member), HasSubstr("may hold the article back")) << member;
  }
}

// A bug once: names of a time of release, of a status and of a flag counted in few languages.
TEST(HeldBackNamesTest, NamesInOtherLanguagesHoldBack) {
  for (const char* member : {
           R"("udgivelsesdato_fra":"2031-01-01")",
           R"("veröffentlichungAb":"2031-01-01T06:00:00Z")",
           R"("veroeffentlichung_ab":"2031-01-01")",
           R"("date_publication_a_partir_de":"2031-01-01")",
           R"("fechaPublicacionDesde":"2031-01-01")",
           R"("data_pubblicazione_da":"2031-01-01")",
           R"("publiceras_från":"2031-01-01")",
           R"("julkaistaan_alkaen":"2031-01-01")",
           R"("data_publikacji_od":"2031-01-01")",
           R"("датаПубликацииС":"2031-01-01")",
           R"("公開予定日":"2031-01-01")",
           R"("게시시작일":"2031-01-01")",
           R"("goes_live":"2031-01-01")",
           R"("상태":"임시저장")",
           R"("status_ko":"임시저장")",
           R"("Κατάσταση":"πρόχειρο")",
           R"("publié":false)",
           R"("опубликовано":false)",
           R"("vertraulich":true)",
       }) {
    EXPECT_THAT(WhyRefused(member), HasSubstr("may hold the article back")) << member;
  }
  for (const char* member : {
           R"("udgivelsesdato_fra":"2020-01-01")",
           R"("udgivelsesdato":"2020-01-01")",
           R"("veröffentlicht_von":"Jane Doe")",
           R"("publicado_hasta":"2031-01-01")",
           R"("상태":"게시")",
           R"("publié":"2020-01-01")",
           R"("stan":"Utah")",
           R"("goes_live":"in Lorrin Hall")",
       }) {
    EXPECT_EQ(WhyRefused(member), "read") << member;
  }
}

// A bug once: an embargo or a status in a name that was made flat was passed over.
TEST(HeldBackNamesTest, NamesThatWereMadeFlatHoldBackAsTheNestedOnesDo) {
  for (const char* member :
       {R"("wp:status":"draft")", R"("dc:status":"draft")", R"("item.pubstatus":"withheld")",
        R"("fields.status":"draft")", R"("fields__status":"draft")", R"("meta/is_draft":true)",
        R"("http://x.example/terms#pubStatus":"withheld")",
        R"("schema:creativeWorkStatus":"Draft")", R"("items[0].draft":true)",
        R"("meta.hidden":true)", R"("pubstatus.qcode":"withheld")",
        R"("x:moderation_state":"draft")", R"("schedule.publish_at":"2031-01-01")",
        R"("pubstatus.label":"Not yet")"}) {
    EXPECT_THAT(WhyRefused(member), HasSubstr("may hold the article back")) << member;
  }
}

// A bug once: an embargo that is written as a pair of a name and a value was passed over.
TEST(HeldBackNamesTest, PairsOfANameAndAValueHoldBack) {
  for (const char* member :
       {R"("meta":[{"key":"embargo","value":"2031"}])",
        R"("custom_fields":[{"key":"a","value":"b"},{"value":"draft","name":"pubStatus"}])",
        R"("meta":[{"meta_id":7,"meta_key":"_embargo_date","meta_value":"2031-01-01 06:00:00"}])",
        R"("extra":{"property":"article:status","content":"draft"})",
        R"("fields":[{"field":"is_draft","value":true}])",
        R"("params":[{"name":"published","value":"false"}])",
        R"("attrs":[{"code":"publish_at","value":"2031-01-01"}])",
        R"("attrs":[{"label":"Embargo until","text":"2031-01-01"}])"}) {
    EXPECT_THAT(WhyRefused(member), HasSubstr("may hold the article back")) << member;
  }
  EXPECT_THAT(WhyRefused(R"("meta":[{"key":"embargo","value":"2031"}])"),
              HasSubstr("field \"meta[0].value (embargo)\""));
  for (
      const char* member :
      {R"("topics":[{"name":"Oil embargo","value":3},{"name":"Embargo","value":"Embargo of 1973"}])",
       R"("topics":[{"code":"embargo","label":"Embargo","text":"Trade embargoes"}])",
       R"("meta":[{"key":"embargo","value":""},{"key":"status","value":"open"}])",
       R"("facts":[{"name":"state","value":"Ohio"},{"name":"public","value":true}])"}) {
    EXPECT_EQ(WhyRefused(member), "read") << member;
  }
}

// A bug once: only the names of times that were in the list held back.
TEST(HeldBackNamesTest, NamesOfATimeFromWhichTheArticleIsShownHoldBackWhileItLiesAhead) {
  for (const char* member :
       {R"("schedule_settings":{"utc_publish_schedule":"2031-01-01T00:00:00+0000"})",
        R"("publish_up":"2031-01-01 06:00:00")", R"("scheduled_publication_time":"2031-01-01")",
        R"("start_publish":"2031-01-01")", R"("activeFrom":"2031-01-01")",
        R"("date_released":"2031-01-01")", R"("PublicationStart":"2031-01-01")",
        R"("planned_publish_date":"2031-01-01")", R"("available_at":1930723200)",
        R"("onlineFrom":"2031-01-01")", R"("utcReleaseTime":"2031-01-01T06:00Z")",
        R"("startOfPublication":"2031-01-01")"}) {
    EXPECT_THAT(WhyRefused(member), HasSubstr("may hold the article back")) << member;
  }
  for (const char* member :
       {R"("publish_down":"2031-01-01")", R"("available_until":"2031-01-01")",
        R"("publication_date":"2031-01-01")", R"("event_date":"2031-01-01")",
        R"("unpublish_on":"2031-01-01")", R"("next_release_date":"2031-01-01")",
        R"("expires_at":"2031-01-01")", R"("publish_up":"2001-01-01 06:00:00")",
        R"("offers":{"available_from_date":"2031-01-01"})"}) {
    EXPECT_EQ(WhyRefused(member), "read") << member;
  }
}

TEST(HeldBackNamesTest, MembersOfNewsArchivesAreNoHoldBecauseOfTheirWords) {
  for (const char* member :
       {R"("state":"Ohio","us_state":"NY","real_estate":"homes","visibility":"10 km")",
        R"("comment_status":"pending","ping_status":"closed","event_status":"cancelled")",
        R"("tags":["private","embargo"],"keywords":["embargo","draft"],"private_equity":true)",
        R"("author":{"hidden":true,"public":false,"deleted":true,"visibility":"10 km"})",
        R"("comments":[{"deleted":true,"hidden":true}],"is_live":false,"approved":true)",
        R"("public.health":false,"private.equity":true,"statement":"withheld","online":"yes")",
        R"("order_state":"canceled","trash":null,"deleted_at":null,"private":false,"hidden":0)"}) {
    EXPECT_EQ(WhyRefused(member), "read") << member;
  }
}

// A bug once: names and words in other scripts and with accents were passed over.
TEST(HeldBackNamesTest, NamesAndWordsOfOtherLanguagesHoldBack) {
  for (const char* member :
       {R"("embargó":"2031")", R"("Эмбарго":"2031")", R"("エンバーゴ":"2031")",
        R"("解禁日時":"2031-01-01")", R"("Sperrvermerk":"2031")", R"("gesperrtBis":"2031")",
        R"("frei_ab":"2031-01-01")", R"("ｅｍｂａｒｇｏ":"2031")", R"("엠바고":"2031")",
        R"("Εμπάργκο":"2031")", R"("bajo_embargo":true)", R"("embargado_hasta":"2031")",
        R"("statut":"brouillon")", R"("estado":"borrador")", R"("Статус":"Черновик")",
        R"("状態":"下書き")", R"("stato":"bozza")", R"("entwurf":true)",
        R"("article_status":"Entwurf")"}) {
    EXPECT_THAT(WhyRefused(member), HasSubstr("may hold the article back")) << member;
  }
  for (const char* member : {R"("estado":"Jalisco","état":"solide","статус":"город")",
                             R"("заголовок":"Эмбарго","見出し":"解禁")"}) {
    EXPECT_EQ(WhyRefused(member), "read") << member;
  }
}

}  // namespace
}  // namespace broadsheet::sources
