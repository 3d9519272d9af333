// SPDX-License-Identifier: GPL-3.0-or-later
// What agencies send: ninjs, NITF, NewsML-G2.
#include <gmock/gmock.h>
#include <google/protobuf/util/time_util.h>
#include <gtest/gtest.h>

#include <string>
#include <tuple>
#include <vector>

#include "absl/strings/str_replace.h"
#include "engine/schema/published_time.h"
#include "tests/indexer/sources/collected.h"

namespace broadsheet::sources {
namespace {

using ::broadsheet::testing::Collected;
using ::broadsheet::testing::ReadAs;
using ::google::protobuf::util::TimeUtil;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::vector<std::string> Names(const v1::Article& article) {
  std::vector<std::string> names;
  for (const v1::Byline& byline : article.bylines()) names.push_back(byline.name());
  return names;
}

v1::Article Only(const Collected& collected) {
  for (const Reject& reject : collected.rejects) ADD_FAILURE() << reject.reason;
  EXPECT_EQ(collected.articles.size(), 1U);
  return collected.articles.empty() ? v1::Article() : collected.articles[0];
}

Collected ReadNinjs(std::string json) { return ReadAs(Format::kNinjs, std::move(json)); }
Collected ReadNewsml(std::string xml) { return ReadAs(Format::kNewsml, std::move(xml)); }
Collected ReadNitf(std::string xml) { return ReadAs(Format::kNitf, std::move(xml)); }

TEST(NinjsTest, ReadsVersionOne) {
  const v1::Article article = Only(ReadNinjs(R"({
    "uri": "urn:x:1", "type": "composite", "version": "7", "pubstatus": "withheld",
    "firstcreated": "2026-05-11T06:40:00+01:00", "versioncreated": "2026-05-11T09:05:00+01:00",
    "embargoed": "2026-05-12T00:00:00Z", "language": "en", "located": "PELLAR CREEK",
    "byline": "By Jane Doe and John Roe", "headline": "Mill turns",
    "description_text": "A mill turns.", "body_text": "One. Two.",
    "body_xhtml": "<p>One.</p><p>Two &amp; three.</p>",
    "copyrightholder": "Meridian Wire", "subject": [{"name": "crafts"}], "person": [{"name": "Jo"}],
    "associations": {
      "pic": {"type": "picture", "description_text": "The wheel.", "byline": "Hal Obuya",
              "copyrightholder": "Meridian Wire",
              "renditions": {"small": {"href": "s.jpg", "width": 10},
                             "main": {"href": "m.jpg", "width": 100}}},
      "more": {"type": "text", "headline": "Another story"}}})"));
  EXPECT_EQ(article.id(), "urn:x:1");
  EXPECT_EQ(article.version(), 7);
  EXPECT_EQ(article.status(), v1::Article::STATUS_WITHHELD);
  EXPECT_EQ(TimeUtil::ToString(article.published_time()), "2026-05-11T05:40:00Z");
  EXPECT_EQ(article.published_offset_minutes(), 60);
  EXPECT_EQ(TimeUtil::ToString(article.updated_time()), "2026-05-11T08:05:00Z");
  EXPECT_EQ(TimeUtil::ToString(article.embargo_time()), "2026-05-12T00:00:00Z");
  EXPECT_EQ(article.dateline(), "PELLAR CREEK");
  EXPECT_THAT(Names(article), ElementsAre("Jane Doe", "John Roe"));
  EXPECT_EQ(article.headline(), "Mill turns");
  EXPECT_EQ(article.summary(), "A mill turns.");
  EXPECT_EQ(article.body(), "One.\n\nTwo & three.");
  EXPECT_EQ(article.source(), "Meridian Wire");
  EXPECT_EQ(article.copyright(), "Copyright Meridian Wire");
  EXPECT_THAT(article.tags(), ElementsAre("crafts", "Jo"));
  ASSERT_EQ(article.captions_size(), 1);
  EXPECT_EQ(article.captions(0).text(), "The wheel.");
  EXPECT_EQ(article.captions(0).credit(), "Hal Obuya / Meridian Wire");
  EXPECT_EQ(article.captions(0).media_url(), "m.jpg");
}

TEST(NinjsTest, ReadsVersionsTwoAndThreeAlike) {
  const char* two =
      R"({"uri": "u", "versioncreated": "2026-05-12T14:20:00Z", "pubstatus": "canceled",
    "by": "Jane Doe", "headlines": [{"role": "short", "value": "Short"}, {"role": "main", "value": "Main"}],
    "bodies": [{"role": "text", "contenttype": "text/plain", "value": "Plain."},
               {"role": "html", "contenttype": "text/html", "value": "<p>Rich.</p>"}],
    "infosources": [{"name": "The Wire"}],
    "associations": [{"name": "p", "type": "picture",
                      "descriptions": [{"role": "caption", "value": "A pier."}]}]})";
  std::string three = two;
  const std::pair<const char*, const char*> kRenamed[] = {{"versioncreated", "versionCreated"},
                                                          {"pubstatus", "pubStatus"},
                                                          {"infosources", "infoSources"},
                                                          {"contenttype", "contentType"}};
  for (const auto& [from, to] : kRenamed) {
    for (size_t at; (at = three.find(from)) != std::string::npos;) {
      three.replace(at, std::string(from).size(), to);
    }
  }
  const v1::Article article = Only(ReadNinjs(two));
  EXPECT_EQ(article.status(), v1::Article::STATUS_CANCELLED);
  EXPECT_EQ(article.headline(), "Main");
  EXPECT_EQ(article.body(), "Rich.");
  EXPECT_EQ(article.source(), "The Wire");
  ASSERT_EQ(article.captions_size(), 1);
  EXPECT_EQ(article.captions(0).text(), "A pier.");
  EXPECT_EQ(Only(ReadNinjs(three)).SerializeAsString(), article.SerializeAsString());
}

// A bug once: without a uri all stories of one headline were one article.
TEST(NinjsTest, GuidIsTheIdentityWhereThereIsNoUri) {
  const Collected got = ReadNinjs(
      "{\"guid\":\"g1\",\"headline\":\"One\"}\n{\"guid\":\"g2\",\"headline\":\"One\"}\n"
      "{\"guid\":\"g3\",\"uri\":\"u3\",\"headline\":\"One\"}\n"
      "{\"guid\":\"g4\",\"uri\":\"\",\"headline\":\"One\"}\n");
  std::vector<std::string> ids;
  for (const v1::Article& article : got.articles) ids.push_back(article.id());
  EXPECT_THAT(ids, ElementsAre("g1", "g2", "u3", "g4"));
}

// A bug once: the caption of a picture under embargo was shown with its story.
TEST(NinjsTest, MediumThatIsHeldBackAddsNoCaptionAndIsCounted) {
  const Collected got = ReadNinjs(R"({"uri": "1", "headline": "One", "associations": {
      "a": {"type": "picture", "pubstatus": "withheld", "description_text": "Withheld."},
      "b": {"type": "picture", "embargoed": "2999-01-01T00:00:00Z", "description_text": "Later."},
      "c": {"type": "picture", "embargoed": "after the show", "description_text": "Unclear."},
      "d": {"type": "picture", "embargo": "2999", "description_text": "Misspelt."},
      "e": {"type": "picture", "pubstatus": "usable", "embargoed": "2001-01-01T00:00:00Z",
            "description_text": "Shown."},
      "f": {"type": "text", "pubstatus": "withheld", "headline": "Another story"}}})");
  const v1::Article article = Only(got);
  ASSERT_EQ(article.captions_size(), 1) << article.DebugString();
  EXPECT_EQ(article.captions(0).text(), "Shown.");
  EXPECT_THAT(got.counts.skipped, ElementsAre(::testing::Pair("medium that is held back", 4U)));
}

TEST(NinjsTest, DateThatIsNoneLeavesTheArticleUndated) {
  const v1::Article article =
      Only(ReadNinjs(R"({"uri": "1", "headline": "One", "versioncreated": "Last Tuesday"})"));
  EXPECT_FALSE(article.has_published_time());
  EXPECT_FALSE(article.has_updated_time());
}

TEST(NinjsTest, ReadsArraysAndLines) {
  const std::string one = R"({"uri":"1","headline":"One"})";
  const std::string two = R"({"uri":"2","headline":"Two"})";
  for (const std::string& document : {"[" + one + ",\n " + two + "]", one + "\n" + two + "\n",
                                      one + " " + two, "\xef\xbb\xbf" + one + "\n" + two}) {
    const Collected got = ReadNinjs(document);
    ASSERT_EQ(got.articles.size(), 2U) << document;
    EXPECT_EQ(got.articles[1].headline(), "Two");
    EXPECT_THAT(got.rejects, IsEmpty());
  }
}

TEST(NinjsTest, BrokenLineCostsNothingButItself) {
  const Collected got = ReadNinjs(
      "{\"uri\":\"1\",\"headline\":\"One\"}\n{\"uri\":\"2\",\"headline\":\n"
      "{\"uri\":\"3\",\"headline\":\"Three\"}\n");
  ASSERT_EQ(got.articles.size(), 2U);
  ASSERT_EQ(got.rejects.size(), 1U);
  EXPECT_EQ(got.rejects[0].line, 2U);
  EXPECT_THAT(got.rejects[0].reason, HasSubstr("not valid JSON"));
}

TEST(NinjsTest, WhatBreaksOffIsReportedAndWhatWasWholeIsKept) {
  const Collected got =
      ReadNinjs("[{\"uri\":\"1\",\"headline\":\"One\"},\n{\"uri\":\"2\",\n\"head");
  EXPECT_EQ(got.articles.size(), 1U);
  ASSERT_EQ(got.rejects.size(), 1U);
  EXPECT_EQ(got.rejects[0].line, 2U);
  EXPECT_EQ(got.rejects[0].lost, 1U);
  EXPECT_THAT(got.rejects[0].reason,
              HasSubstr("breaks off within the object that starts in line 2"));
}

TEST(NinjsTest, WrongFieldsAreNamed) {
  const std::pair<const char*, const char*> kRows[] = {
      {R"({"uri":"1","headline":5})", "field \"headline\": expected a string, found a number"},
      {R"({"uri":"1","subject":"war"})", "field \"subject\": expected an array of objects"},
      {R"({"uri":"1","associations":7})", "field \"associations\": expected an object or an array"},
  };
  for (const auto& [json, reason] : kRows) {
    const Collected got = ReadNinjs(json);
    ASSERT_EQ(got.rejects.size(), 1U) << json;
    EXPECT_THAT(got.rejects[0].reason, HasSubstr(reason));
  }
}

constexpr const char* kNitf = R"(<?xml version="1.0"?>
<nitf><head>
  <title>SLUG</title>
  <tobject tobject.type="News"><tobject.subject tobject.subject.matter="crafts"/></tobject>
  <docdata management-status="embargoed"><doc-id id-string="nitf-1"/>
    <date.issue norm="20260523T080000+0100"/><date.release norm="20260524T000000Z"/>
    <du-key version="3"/><doc.copyright year="2026" holder="The Wire"/>
    <key-list><keyword key="mills"/></key-list></docdata>
  <pubdata name="The Paper" position.section="Weekend"/>
</head><body><body.head>
  <hedline><hl1>The last millwright</hl1><hl2>And his pegs.</hl2></hedline>
  <byline>By Jane Doe, <byttl>Weekend writer</byttl></byline>
  <dateline><location>PELLAR CREEK</location>, May 23</dateline>
</body.head><body.content>
  <p>First <em>paragraph</em>
     goes on.</p>
  <media media-type="image"><media-reference source="a.jpg"/><media-caption>A wheel.</media-caption>
    <media-producer>Hal Obuya</media-producer></media>
  <p>Second.</p>
</body.content></body></nitf>)";

TEST(NitfTest, FillsEveryField) {
  const v1::Article article = Only(ReadNitf(kNitf));
  EXPECT_EQ(article.id(), "nitf-1");
  EXPECT_EQ(article.version(), 3);
  EXPECT_EQ(article.headline(), "The last millwright");
  EXPECT_EQ(article.summary(), "And his pegs.");
  EXPECT_EQ(article.body(), "First paragraph goes on.\n\nSecond.");
  ASSERT_EQ(article.bylines_size(), 1);
  EXPECT_EQ(article.bylines(0).name(), "Jane Doe");
  EXPECT_EQ(article.bylines(0).role(), "Weekend writer");
  EXPECT_EQ(article.dateline(), "PELLAR CREEK, May 23");
  EXPECT_THAT(article.tags(), ElementsAre("crafts", "mills"));
  EXPECT_EQ(article.source(), "The Paper");
  EXPECT_EQ(article.section(), "Weekend");
  EXPECT_EQ(article.copyright(), "Copyright 2026 The Wire");
  EXPECT_EQ(TimeUtil::ToString(article.published_time()), "2026-05-23T07:00:00Z");
  EXPECT_EQ(TimeUtil::ToString(article.embargo_time()), "2026-05-24T00:00:00Z");
  ASSERT_EQ(article.captions_size(), 1);
  EXPECT_EQ(article.captions(0).text(), "A wheel.");
  EXPECT_EQ(article.captions(0).credit(), "Hal Obuya");
  EXPECT_EQ(article.captions(0).media_url(), "a.jpg");
}

TEST(NitfTest, DocumentThatBreaksOffIsReportedWithItsLine) {
  const Collected got = ReadNitf(std::string(kNitf).substr(0, 700));
  EXPECT_THAT(got.articles, IsEmpty());
  ASSERT_EQ(got.rejects.size(), 1U);
  EXPECT_EQ(got.rejects[0].lost, 1U);
  EXPECT_THAT(got.rejects[0].reason,
              ::testing::MatchesRegex("not well-formed XML: .*line [1-9].*"));
}

std::string NewsItem(const std::string& guid, const std::string& content_meta,
                     const std::string& content) {
  return "<newsItem xmlns=\"http://iptc.org/std/nar/2006-10-01/\" guid=\"" + guid +
         "\" version=\"4\" xml:lang=\"en\"><rightsInfo><copyrightNotice>(c) Wire</copyrightNotice>"
         "</rightsInfo><itemMeta><itemClass qcode=\"ninat:text\"/><provider literal=\"wire\">"
         "<name>The Wire</name></provider><versionCreated>2026-06-02T10:14:00+01:00"
         "</versionCreated><pubStatus qcode=\"stat:usable\"/><title>SLUG</title></itemMeta>"
         "<contentMeta>" +
         content_meta + "</contentMeta><contentSet>" + content + "</contentSet></newsItem>";
}

TEST(NewsmlTest, ReadsItemsWithNitfAndXhtmlInside) {
  const std::string nitf =
      "<inlineXML><nitf xmlns=\"http://iptc.org/std/NITF/2006-10-18/\"><body><body.head><hedline>"
      "<hl1>From NITF</hl1></hedline></body.head><body.content><p>One.</p><p>Two.</p>"
      "</body.content></body></nitf></inlineXML>";
  const std::string xhtml =
      "<inlineXML><html xmlns=\"http://www.w3.org/1999/xhtml\"><head><title>T</title></head><body>"
      "<p>One.</p><p>Two.</p></body></html></inlineXML>";
  for (const std::string& content : {nitf, xhtml}) {
    const v1::Article article = Only(ReadNewsml(
        NewsItem("g1",
                 "<creator><name>Jane Doe</name></creator><subject><name>baking</name></subject>"
                 "<keyword>loaves</keyword><headline>Loaves</headline><by>By Jane Doe</by>"
                 "<description role=\"drol:summary\">In short.</description>",
                 content)));
    EXPECT_EQ(article.id(), "g1");
    EXPECT_EQ(article.version(), 4);
    EXPECT_EQ(article.body(), "One.\n\nTwo.");
    EXPECT_EQ(article.summary(), "In short.");
    EXPECT_THAT(Names(article), ElementsAre("Jane Doe"));
    EXPECT_THAT(article.tags(), ElementsAre("baking", "loaves"));
    EXPECT_EQ(article.source(), "The Wire");
    EXPECT_EQ(article.copyright(), "(c) Wire");
    EXPECT_EQ(article.status(), v1::Article::STATUS_USABLE);
    EXPECT_EQ(TimeUtil::ToString(article.published_time()), "2026-06-02T09:14:00Z");
  }
}

TEST(NewsmlTest, MessageGivesEachItemAndCountsTheOthers) {
  const Collected got =
      ReadNewsml("<newsMessage xmlns=\"http://iptc.org/std/nar/2006-10-01/\"><itemSet>" +
                 NewsItem("1", "<headline>One</headline>", "") + "<packageItem guid=\"p\"/>" +
                 NewsItem("2", "<headline>Two</headline>",
                          "<inlineData contenttype=\"text/plain\">Text."
                          "</inlineData>") +
                 "</itemSet></newsMessage>");
  ASSERT_EQ(got.articles.size(), 2U);
  EXPECT_EQ(got.articles[1].body(), "Text.");
  EXPECT_THAT(got.rejects, IsEmpty());
  EXPECT_THAT(got.counts.skipped, ElementsAre(::testing::Pair("packageItem", 1U)));
}

// An item of that class, with a caption and two renditions besides `content`.
std::string MediumItem(const std::string& item_class, const std::string& content) {
  std::string xml = NewsItem("g",
                             "<creditline>Hal / Wire</creditline><headline>Loaves</headline>"
                             "<description role=\"drol:caption\">Loaves in a row.</description>",
                             "<remoteContent href=\"small.jpg\" size=\"10\"/>"
                             "<remoteContent href=\"large.jpg\" size=\"900\"/>" +
                                 content);
  xml.replace(xml.find("ninat:text"), 10, item_class);
  return xml;
}

TEST(NewsmlTest, PictureVideoOrAudioAloneIsPassedOver) {
  for (const std::string medium : {"picture", "graphic", "video", "audio"}) {
    const Collected got = ReadNewsml(MediumItem("ninat:" + medium, ""));
    EXPECT_THAT(got.articles, IsEmpty()) << medium;
    EXPECT_THAT(got.rejects, IsEmpty()) << medium;
    EXPECT_THAT(got.counts.skipped,
                ElementsAre(::testing::Pair("newsItem of class " + medium, 1U)));
  }
}

// A later version of a medium that once came with its text takes the text back.
TEST(NewsmlTest, MediumThatIsHeldBackIsNotPassedOver) {
  using A = v1::Article;
  const std::string xml = MediumItem("ninat:video", "");
  for (const auto& [usable, held, status] :
       {std::tuple("stat:usable", "stat:canceled", A::STATUS_CANCELLED),
        std::tuple("stat:usable", "stat:withheld", A::STATUS_WITHHELD),
        std::tuple(">Loaves<", ">MANDATORY KILL<", A::STATUS_CANCELLED)}) {
    EXPECT_EQ(Only(ReadNewsml(absl::StrReplaceAll(xml, {{usable, held}}))).status(), status)
        << held;
  }
}

TEST(NewsmlTest, MediumWithATextHasItsCaptionAndCredit) {
  const v1::Article article = Only(ReadNewsml(MediumItem(
      "ninat:video", "<inlineData contenttype=\"text/plain\">What is said in it.</inlineData>")));
  EXPECT_EQ(article.body(), "What is said in it.");
  ASSERT_EQ(article.captions_size(), 1);
  EXPECT_EQ(article.captions(0).text(), "Loaves in a row.");
  EXPECT_EQ(article.captions(0).credit(), "Hal / Wire");
  EXPECT_EQ(article.captions(0).media_url(), "large.jpg");
}

// A bug once: an empty embargo withheld an article that its agency had released.
TEST(NewsmlTest, EmbargoWithoutAnEndWithholdsUnlessTheStatusIsUsable) {
  std::string xml = NewsItem("g", "<headline>Secret</headline>", "");
  xml.insert(xml.find("<pubStatus"), "<embargoed/>");
  EXPECT_EQ(Only(ReadNewsml(xml)).status(), v1::Article::STATUS_USABLE);
  EXPECT_THAT(ReadNewsml(xml).warnings.at(0).reason, HasSubstr("shown, since"));
  std::string without = xml;
  without.erase(without.find("<pubStatus"),
                std::string("<pubStatus qcode=\"stat:usable\"/>").size());
  EXPECT_EQ(Only(ReadNewsml(without)).status(), v1::Article::STATUS_WITHHELD);
  xml.replace(xml.find("<embargoed/>"), 12, "<embargoed>2030-01-01T00:00:00Z</embargoed>");
  const v1::Article article = Only(ReadNewsml(xml));
  EXPECT_EQ(article.status(), v1::Article::STATUS_USABLE);
  EXPECT_EQ(TimeUtil::ToString(article.embargo_time()), "2030-01-01T00:00:00Z");
}

TEST(NewsmlTest, ItemsBeforeTheBreakAreKept) {
  const Collected got =
      ReadNewsml("<newsMessage xmlns=\"http://iptc.org/std/nar/2006-10-01/\">" +
                 NewsItem("1", "<headline>One</headline>", "") + "\n<newsItem gu");
  EXPECT_EQ(got.articles.size(), 1U);
  ASSERT_EQ(got.rejects.size(), 1U);
  EXPECT_EQ(got.rejects[0].line, 2U);
}

}  // namespace
}  // namespace broadsheet::sources
