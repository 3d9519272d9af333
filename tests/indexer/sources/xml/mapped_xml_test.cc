// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/xml/mapped_xml.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/indexer/sources/collected.h"
#include "tests/testing/status_matchers.h"

namespace broadsheet::sources {
namespace {

using ::broadsheet::testing::Collected;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

Collected ReadMappedXml(const std::string& map_json, const std::string& xml) {
  Collected collected;
  const auto map = FieldMap::Parse(map_json);
  EXPECT_OK(map);
  if (!map.ok()) return collected;
  MappedXmlSource source(&collected.counts, *map);
  auto input = Input::OpenBytes(xml, "input");
  EXPECT_OK(input);
  EXPECT_OK(source.ReadAll(**input, collected.article_sink(), collected.reject_sink()));
  return collected;
}

TEST(MappedXmlTest, ReadsElementsAttributesAndRepeatedNames) {
  const Collected read = ReadMappedXml(
      R"({"record": "n:Item", "id": "Meta.@ref", "headline": "Title", "tags": "Keys.Key.@name",
          "bylines": {"each": "Writer", "name": "#text", "role": "@job"}})",
      R"(<n:Feed xmlns:n="urn:x"><n:Item><Meta ref="7"/><Title>Lock
         <i>reopens</i></Title><Writer job="editor">Ada Marsh</Writer><Writer>Tom Reed</Writer>
         <Keys><Key name="canals"/><Key name="locks"/></Keys></n:Item></n:Feed>)");
  ASSERT_EQ(read.articles.size(), 1U);
  const v1::Article& article = read.articles[0];
  EXPECT_EQ(article.id(), "7");
  EXPECT_EQ(article.headline(), "Lock reopens");
  EXPECT_THAT(article.tags(), ElementsAre("canals", "locks"));
  ASSERT_EQ(article.bylines_size(), 2);
  EXPECT_EQ(article.bylines(0).role(), "editor");
  EXPECT_EQ(article.bylines(1).name(), "Tom Reed");
}

TEST(MappedXmlTest, BlocksOfADialectAreParagraphsAndItsInlineElementsAreNot) {
  const Collected read =
      ReadMappedXml(R"({"record": "DOC", "headline": "HL", "body": "BODY"})",
                    "<DOCS><DOC><HL>Weir</HL><BODY><PARA>The <PLACE>Mill Weir</PLACE> holds &lt;2 "
                    "m.</PARA><PARA>It rained.</PARA></BODY></DOC></DOCS>");
  ASSERT_EQ(read.articles.size(), 1U);
  EXPECT_EQ(read.articles[0].body(), "The Mill Weir holds <2 m.\n\nIt rained.");
}

TEST(MappedXmlTest, TextThatIsHtmlItselfIsReadAsHtml) {
  const Collected read = ReadMappedXml(
      R"({"record": "row", "headline": "t", "body": "b"})",
      "<dump><row><t>Weir</t><b lang='en'><![CDATA[<p>One &amp; two.</p><p>Three.</p>]]>"
      "</b></row></dump>");
  ASSERT_EQ(read.articles.size(), 1U);
  EXPECT_EQ(read.articles[0].body(), "One & two.\n\nThree.");
}

TEST(MappedXmlTest, WhatMayHoldAnArticleBackIsReadOrTheRecordIsRefused) {
  constexpr const char* kHeadlineMap = R"({"record": "DOC", "headline": "HL"})";
  for (const char* xml : {"<D><DOC><HL>Weir</HL><EMBARGO>2031-03-06</EMBARGO></DOC></D>",
                          "<D><DOC embargo-until='2031-03-06'><HL>Weir</HL></DOC></D>",
                          "<D><DOC><HL>Weir</HL><META><Status>withheld</Status></META></DOC></D>",
                          "<D embargo='2031-03-06'><DOC><HL>Weir</HL></DOC></D>"}) {
    const Collected read = ReadMappedXml(kHeadlineMap, xml);
    EXPECT_THAT(read.articles, IsEmpty()) << xml;
    ASSERT_EQ(read.rejects.size(), 1U) << xml;
    EXPECT_THAT(read.rejects[0].reason, HasSubstr("may hold the article back")) << xml;
  }
}

TEST(MappedXmlTest, AnEmbargoThatTheMapReadsIsTheArticles) {
  const Collected read = ReadMappedXml(
      R"({"record": "DOC", "headline": "HL", "embargoTime": "RIGHTS.HOLD"})",
      "<D><DOC><HL>Weir</HL><RIGHTS><HOLD by='desk'>2031-03-06T08:00:00Z</HOLD></RIGHTS>"
      "</DOC></D>");
  ASSERT_EQ(read.articles.size(), 1U);
  EXPECT_EQ(read.articles[0].embargo_time().seconds(), 1930550400);
}

TEST(MappedXmlTest, EveryPathOfAnEmbargoAndOfAStatusCounts) {
  // Only the first path that led to something was read: the article was shown.
  const Collected read = ReadMappedXml(
      R"({"record": "DOC", "headline": "HL", "embargoTime": ["HOLD", "RIGHTS.UNTIL"],
          "status": ["STATE", "SIGNAL.@code"]})",
      "<D><DOC><HL>Weir</HL><HOLD>2001-03-06T08:00:00Z</HOLD><STATE>usable</STATE>"
      "<RIGHTS><UNTIL>2031-03-06T08:00:00Z</UNTIL></RIGHTS><SIGNAL code='kill'/></DOC></D>");
  ASSERT_EQ(read.articles.size(), 1U);
  EXPECT_EQ(read.articles[0].embargo_time().seconds(), 1930550400);
  EXPECT_EQ(read.articles[0].status(), v1::Article::STATUS_CANCELLED);
}

TEST(MappedXmlTest, WhatAStatusSaysBesideItsCodeHoldsBackAsWell) {
  // Once one attribute was named by the map, the others were passed over.
  for (const char* state :
       {"<STATE code='usable' label='withheld'/>", "<STATE code='usable' uri='st/canceled'/>",
        "<STATE code='usable'>withheld</STATE>",
        "<STATE code='usable'><NAME>canceled</NAME></STATE>"}) {
    const Collected read =
        ReadMappedXml(R"({"record": "DOC", "headline": "HL", "status": "STATE.@code"})",
                      std::string("<D><DOC><HL>Weir</HL>") + state + "</DOC></D>");
    EXPECT_THAT(read.articles, IsEmpty()) << state;
    EXPECT_EQ(read.rejects.size(), 1U) << state;
  }
}

TEST(MappedXmlTest, AKilledHeadlineCancels) {
  const Collected read = ReadMappedXml(R"({"record": "DOC", "headline": "HL"})",
                                       "<D><DOC><HL>MANDATORY KILL: Weir</HL></DOC></D>");
  ASSERT_EQ(read.articles.size(), 1U);
  EXPECT_EQ(read.articles[0].status(), v1::Article::STATUS_CANCELLED);
}

TEST(MappedXmlTest, ANameWithADotIsWrittenWithABackslash) {
  // It could not be named at all, and the advice about one led nowhere.
  const std::string xml =
      "<D><DOC><HL>Weir</HL><body.content><p>It rained.</p></body.content>"
      "<embargo.until>2031-03-06T08:00:00Z</embargo.until></DOC></D>";
  const Collected unread = ReadMappedXml(R"({"record": "DOC", "headline": "HL"})", xml);
  ASSERT_EQ(unread.rejects.size(), 1U);
  EXPECT_THAT(unread.rejects[0].reason, HasSubstr(R"("embargoTime": "embargo\\.until")"));
  const Collected read = ReadMappedXml(R"({"record": "DOC", "headline": "HL",
      "body": "body\\.content", "embargoTime": "embargo\\.until"})",
                                       xml);
  ASSERT_EQ(read.articles.size(), 1U);
  EXPECT_EQ(read.articles[0].body(), "It rained.");
  EXPECT_EQ(read.articles[0].embargo_time().seconds(), 1930550400);
}

TEST(MappedXmlTest, EditorsNotesHoldBackAndOtherKindsArePassedOver) {
  const Collected read = ReadMappedXml(
      R"({"record": "DOC", "headline": "HL", "editorsNote": "DESK.NOTE",
          "passOver": {"@type": "picture", "KIND": "agenda"}})",
      "<D><DOC><HL>Weir</HL><DESK><NOTE by='ed'>Hold for <B>release</B></NOTE></DESK></DOC>"
      "<DOC type='picture'><HL>Mill</HL></DOC><DOC><HL>Lock</HL><KIND ref='2'> Agenda </KIND></DOC>"
      "<DOC><HL>Ferry</HL><KIND>text</KIND></DOC></D>");
  EXPECT_THAT(read.rejects, IsEmpty());
  ASSERT_EQ(read.articles.size(), 2U);
  EXPECT_EQ(read.articles[0].status(), v1::Article::STATUS_WITHHELD);
  EXPECT_EQ(read.articles[1].headline(), "Ferry");
  EXPECT_EQ(read.counts.passed_over, 2U);
  EXPECT_TRUE(read.counts.skipped.contains("@type \"picture\""));
  EXPECT_TRUE(read.counts.skipped.contains("KIND \"Agenda\""));
}

// A bug once: the record of a reject was empty in XML.
TEST(MappedXmlTest, ARejectHasItsRecord) {
  const Collected read =
      ReadMappedXml(R"({"record": "DOC", "headline": "HL"})",
                    "<D><DOC id='7'><HL>Lock &amp; weir</HL>\n<EMBARGO>2031</EMBARGO></DOC>"
                    "<DOC><HL>Mill</HL><P>It turns.</DOC><DOC><HL>Cut");
  ASSERT_EQ(read.rejects.size(), 3U);
  EXPECT_EQ(read.rejects[0].record,
            "<DOC id=\"7\"><HL>Lock &amp; weir</HL>\n<EMBARGO>2031</EMBARGO></DOC>");
  EXPECT_EQ(read.rejects[1].record, "<DOC><HL>Mill</HL><P>It turns.</P></DOC>");
  EXPECT_EQ(read.rejects[2].record, "<DOC><HL>Cut</HL></DOC>");
  EXPECT_EQ(read.rejects[2].lost, 1U);
}

TEST(MappedXmlTest, OfARecordThatIsTooLargeARejectHasTheStart) {
  const Collected read =
      ReadMappedXml(R"({"record": "DOC", "headline": "HL"})",
                    "<D><DOC><HL>Weir</HL><P>" + std::string(17 << 20, 'x') + "</P></DOC></D>");
  ASSERT_EQ(read.rejects.size(), 1U);
  EXPECT_THAT(read.rejects[0].record, StartsWith("<DOC><HL>Weir</HL><P>xxx"));
  EXPECT_EQ(read.rejects[0].record.size(), 1000U);
}

TEST(MappedXmlTest, ADocumentWithoutTheRecordNamesIt) {
  const Collected read = ReadMappedXml(R"({"record": "DOC", "headline": "HL"})", "<D><STORY/></D>");
  ASSERT_EQ(read.rejects.size(), 1U);
  EXPECT_THAT(read.rejects[0].reason, HasSubstr("no <DOC> element in it"));
}

TEST(MappedXmlTest, FindsTheElementWhateverItsPrefix) {
  EXPECT_TRUE(HasElement("<wire><x:STORY num='1'>", "STORY"));
  EXPECT_TRUE(HasElement("<wire><STORY>", "n:STORY"));
  EXPECT_FALSE(HasElement("<wire><STORYLINE>", "STORY"));
}

// Only the attributes of the document's root were asked.
TEST(MappedXmlTest, WhatStandsAroundARecordMayHoldItBack) {
  const std::string map = R"({"record": "STORY", "headline": "H", "body": "B"})";
  const std::string story = "<STORY><H>Mill turns</H><B>Text.</B></STORY>";
  for (const std::string& xml :
       {"<WIRE><GROUP embargo=\"2031\">" + story + "</GROUP></WIRE>",
        "<WIRE><HEADER><EMBARGO>2031</EMBARGO></HEADER>" + story + "</WIRE>",
        "<WIRE><DESK><INFO><STATUS code=\"hold\"/></INFO><LIST>" + story + "</LIST></DESK></WIRE>",
        "<WIRE pubStatus=\"withheld\">" + story + "</WIRE>"}) {
    const Collected read = ReadMappedXml(map, xml);
    EXPECT_THAT(read.articles, IsEmpty()) << xml;
    ASSERT_EQ(read.rejects.size(), 1U) << xml;
    EXPECT_THAT(read.rejects[0].reason, HasSubstr("around the record")) << xml;
  }
  const std::string others =
      "<WIRE><HEADER><SENT>2031</SENT><STATUS>sent</STATUS></HEADER><GROUP embargo=\"2031\"/>"
      "<GROUP>" +
      story + "</GROUP><PHOTO><EMBARGO>2031</EMBARGO></PHOTO><GROUP>" + story + "</GROUP></WIRE>";
  const Collected read = ReadMappedXml(map, others);
  EXPECT_THAT(read.rejects, IsEmpty());
  EXPECT_EQ(read.articles.size(), 2U);
}

// The embargo of an element without text was passed over: it stood in an attribute.
TEST(MappedXmlTest, AnElementWithoutTextThatTheMapReadsMayHoldBackByAnAttribute) {
  for (const char* field : {"embargoTime", "status"}) {
    const std::string map =
        std::string(R"({"record": "STORY", "headline": "H", ")") + field + R"(": "E"})";
    const Collected read = ReadMappedXml(
        map, "<WIRE><STORY><H>Mill turns</H><E until=\"2031-01-01\"/></STORY></WIRE>");
    EXPECT_THAT(read.articles, IsEmpty()) << field;
    ASSERT_EQ(read.rejects.size(), 1U) << field;
    EXPECT_THAT(read.rejects[0].reason, HasSubstr("E.@until")) << field;
    EXPECT_EQ(ReadMappedXml(map, "<WIRE><STORY><H>Mill turns</H><E lang=\"en\"/></STORY></WIRE>")
                  .articles.size(),
              1U);
  }
}

}  // namespace
}  // namespace broadsheet::sources
