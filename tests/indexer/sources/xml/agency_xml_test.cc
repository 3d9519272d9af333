// SPDX-License-Identifier: GPL-3.0-or-later
// NITF and NewsML as an editor reads them: what holds back, who wrote it, what belongs to the
// story.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "tests/indexer/sources/collected.h"

namespace broadsheet::sources {
namespace {

using ::broadsheet::testing::Collected;
using ::broadsheet::testing::ReadAs;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

std::vector<std::string> People(const v1::Article& article) {
  std::vector<std::string> people;
  for (const v1::Byline& byline : article.bylines()) {
    people.push_back(byline.name() + (byline.role().empty() ? "" : ", " + byline.role()));
  }
  return people;
}

v1::Article Sole(const Collected& got) {
  for (const Reject& reject : got.rejects) ADD_FAILURE() << reject.reason;
  EXPECT_THAT(got.articles, SizeIs(1));
  return got.articles.empty() ? v1::Article() : got.articles[0];
}

Collected AgencyNitf(const std::string& docdata, const std::string& body_head,
                     const std::string& content = "<p>Text.</p>") {
  return ReadAs(Format::kNitf, absl::StrCat("<nitf><head>", docdata, "</head><body><body.head>",
                                            body_head, "</body.head><body.content>", content,
                                            "</body.content></body></nitf>"));
}

constexpr const char* kHedline = "<hedline><hl1>Mill turns</hl1></hedline>";

v1::Article Managed(const std::string& attributes, const std::string& inner = "") {
  return Sole(AgencyNitf(
      absl::StrCat("<docdata ", attributes, "><doc-id id-string=\"n1\"/>", inner, "</docdata>"),
      kHedline));
}

TEST(NitfReleaseTest, ManagementStatusIsReadInAllSpellings) {
  using A = v1::Article;
  const std::pair<const char*, A::Status> kRows[] = {
      {"usable", A::STATUS_USABLE},       {"Usable", A::STATUS_USABLE},
      {"withheld", A::STATUS_WITHHELD},   {"HOLD", A::STATUS_WITHHELD},
      {"embargoed", A::STATUS_WITHHELD},  {"canceled", A::STATUS_CANCELLED},
      {"Cancelled", A::STATUS_CANCELLED}, {"KILL", A::STATUS_CANCELLED},
      {"mystery", A::STATUS_WITHHELD},
  };
  for (const auto& [spelling, status] : kRows) {
    EXPECT_EQ(Managed(absl::StrCat("management-status=\"", spelling, "\"")).status(), status)
        << spelling;
  }
}

TEST(NitfReleaseTest, ReleaseDateThatLiesAheadHoldsBack) {
  const std::string ahead = "<date.release norm=\"20310306T080000Z\"/>";
  for (const char* status :
       {"", "management-status=\"usable\"", "management-status=\"Embargoed\""}) {
    const v1::Article article = Managed(status, ahead);
    EXPECT_EQ(article.embargo_time().seconds(), 1930550400) << status;
    EXPECT_NE(article.status(), v1::Article::STATUS_WITHHELD) << status;
  }
  EXPECT_FALSE(Managed("management-status=\"usable\"", "<date.release norm=\"20260523\"/>")
                   .has_embargo_time());
  EXPECT_EQ(Managed("management-status=\"withheld\"", ahead).status(),
            v1::Article::STATUS_WITHHELD);
}

TEST(NitfReleaseTest, EditorialMessagesAndKillNoticesAreHeeded) {
  EXPECT_EQ(Managed("", "<ed-msg info=\"EMBARGOED until 6 p.m.\"/>").status(),
            v1::Article::STATUS_WITHHELD);
  EXPECT_EQ(Managed("", "<ed-msg info=\"MANDATORY KILL\"/>").status(),
            v1::Article::STATUS_CANCELLED);
  EXPECT_EQ(Managed("", "<series series.name=\"KILL\"/>").status(), v1::Article::STATUS_CANCELLED);
  EXPECT_EQ(Managed("", "<ed-msg info=\"Updates with quotes\"/>").status(),
            v1::Article::STATUS_UNSPECIFIED);
  EXPECT_EQ(Sole(AgencyNitf("", "<hedline><hl1>KILL: Mill turns</hl1></hedline>")).status(),
            v1::Article::STATUS_CANCELLED);
}

// A bug once: a notice that kills another story left that one where it was.
TEST(NitfReleaseTest, NoticeThatKillsAnotherDocumentTakesItsPlace) {
  const v1::Article kill = Managed("management-status=\"canceled\" management-doc-idref=\"n0\"",
                                   "<du-key version=\"1\"/>");
  EXPECT_EQ(kill.id(), "n0");
  EXPECT_EQ(kill.status(), v1::Article::STATUS_CANCELLED);
  EXPECT_EQ(kill.version(), std::numeric_limits<int64_t>::max());
  const v1::Article of_other = Managed(
      "management-status=\"usable\" management-doc-idref=\"n0\" "
      "management-idref-status=\"withheld\"");
  EXPECT_EQ(of_other.id(), "n0");
  EXPECT_EQ(of_other.status(), v1::Article::STATUS_WITHHELD);
  EXPECT_EQ(Managed("management-status=\"usable\" management-doc-idref=\"n0\"").id(), "n1");
}

TEST(NitfTest, RevisionsUrgencyAndTheDayOfTheDatelineAreRead) {
  const v1::Article article = Sole(AgencyNitf(
      "<docdata><urgency ed-urg=\"3\"/></docdata>"
      "<revision-history norm=\"20260523T080000Z\"/><revision-history norm=\"20260523T093000Z\"/>",
      "<dateline><location>PELLAR CREEK</location>, <story.date norm=\"20260522\">May 22"
      "</story.date></dateline>"));
  EXPECT_EQ(article.updated_time().seconds(), 1779528600);
  EXPECT_EQ(article.published_time().seconds(), 1779408000);
  EXPECT_EQ(article.labels().at("urgency"), "3");
}

// A bug once: two people in one element were one person.
TEST(NitfTest, PeopleInOneElementAreSeveral) {
  const std::pair<const char*, std::vector<std::string>> kRows[] = {
      {"<byline><person>Jane Doe and John Roe</person></byline>", {"Jane Doe", "John Roe"}},
      {"<byline>By Jane Doe, John Roe and Ann Lee</byline>", {"Jane Doe", "John Roe", "Ann Lee"}},
      {"<byline>Jane Doe/John Roe</byline>", {"Jane Doe", "John Roe"}},
      {"<byline>By <person>Jane Doe</person> and <person>John Roe</person></byline>",
       {"Jane Doe", "John Roe"}},
      {"<byline><person>By JANE DOE</person><byttl>Weekend writer</byttl></byline>",
       {"Jane Doe, Weekend writer"}},
      {"<byline>By Jane Doe<br/>Weekend writer</byline>", {"Jane Doe, Weekend writer"}},
      {"<byline>By Jane Doe &amp; John Roe</byline>", {"Jane Doe", "John Roe"}},
  };
  for (const auto& [byline, people] : kRows) {
    EXPECT_EQ(People(Sole(AgencyNitf("", absl::StrCat(kHedline, byline)))), people) << byline;
  }
}

// A bug once: tags that were written as text were read as words.
TEST(NitfTest, MarkupWrittenAsTextIsReadAsMarkup) {
  for (const char* content :
       {"&lt;p&gt;One &lt;b&gt;bold&lt;/b&gt; word.&lt;/p&gt;&lt;p&gt;Two &amp;amp; "
        "three.&lt;/p&gt;",
        "<![CDATA[<p>One <b>bold</b> word.</p><p>Two &amp; three.</p>]]>",
        "<p>One &lt;b&gt;bold&lt;/b&gt; word.&lt;br&gt;&lt;br&gt;Two &amp;amp; three.</p>",
        "<block><p>&lt;p&gt;One &lt;em&gt;bold&lt;/em&gt; word.&lt;/p&gt;</p><p>Two &amp; "
        "three.</p>"
        "</block>"}) {
    EXPECT_EQ(Sole(AgencyNitf("", kHedline, content)).body(), "One bold word.\n\nTwo & three.")
        << content;
  }
  EXPECT_EQ(Sole(AgencyNitf("", kHedline, "<p>If a &lt; b and b &gt; c, x &lt;y&gt;.</p>")).body(),
            "If a < b and b > c, x <y>.");
}

TEST(NitfTest, BlocksTablesAndSubheadsArePartOfTheStory) {
  EXPECT_EQ(Sole(AgencyNitf(
                     "", kHedline,
                     "<block><p>One.</p><hl2>A subhead</hl2></block><table><tr><td>a</td><td>1</td>"
                     "</tr><tr><td>b</td><td>2</td></tr></table><ul><li>x</li></ul>"))
                .body(),
            "One.\n\nA subhead\n\na 1\n\nb 2\n\nx");
}

std::string G2(const std::string& item_meta, const std::string& content_meta,
               const std::string& content) {
  return absl::StrCat(
      "<newsItem xmlns=\"http://iptc.org/std/nar/2006-10-01/\" guid=\"g\" version=\"4\"><itemMeta>"
      "<itemClass qcode=\"ninat:text\"/>",
      item_meta, "</itemMeta><contentMeta>", content_meta, "</contentMeta><contentSet>", content,
      "</contentSet></newsItem>");
}

v1::Article ReadG2(const std::string& item_meta, const std::string& content_meta,
                   const std::string& content) {
  return Sole(ReadAs(Format::kNewsml, G2(item_meta, content_meta, content)));
}

// A bug once: the header of the page inside was a part of the story.
TEST(NewsmlContentTest, FurnitureAndTheHeadlineOfThePageInsideAreNoText) {
  for (const char* page :
       {"<html xmlns=\"http://www.w3.org/1999/xhtml\"><head><title>T</title></head><body><header>"
        "<h1>Loaves</h1><p>By Jane Doe</p></header><nav><p>Home</p></nav><p>One.</p><p>Two.</p>"
        "<footer><p>(c) Wire</p></footer></body></html>",
        "<html xmlns=\"http://www.w3.org/1999/xhtml\"><body><title>T</title><h1>Loaves</h1><div>"
        "<p>One.</p><p>Two.</p></div></body></html>",
        "<div xmlns=\"http://www.w3.org/1999/xhtml\"><p>One.</p><p>Two.</p></div>",
        "<x:wrap xmlns:x=\"urn:x\"><html xmlns=\"http://www.w3.org/1999/xhtml\"><body><p>One.</p>"
        "<p>Two.</p></body></html></x:wrap>"}) {
    EXPECT_EQ(
        ReadG2("", "<headline>Loaves</headline>", absl::StrCat("<inlineXML>", page, "</inlineXML>"))
            .body(),
        "One.\n\nTwo.")
        << page;
  }
  // With nothing else in it the header is the text.
  EXPECT_EQ(ReadG2("", "<headline>L</headline>",
                   "<inlineXML><html xmlns=\"http://www.w3.org/1999/xhtml\"><body><header><p>One."
                   "</p></header></body></html></inlineXML>")
                .body(),
            "One.");
}

TEST(NewsmlContentTest, RenditionsOfOneTextAreReadOnce) {
  EXPECT_EQ(ReadG2("", "<headline>Loaves</headline>",
                   "<inlineData contenttype=\"text/plain\">One.</inlineData>"
                   "<inlineData contenttype=\"text/html\">&lt;p&gt;One.&lt;/p&gt;</inlineData>"
                   "<inlineXML><div xmlns=\"http://www.w3.org/1999/xhtml\"><p>One.</p></div>"
                   "</inlineXML>")
                .body(),
            "One.");
  EXPECT_EQ(ReadG2("", "<headline>L</headline>",
                   "<inlineData>&lt;p&gt;One.&lt;/p&gt;&lt;p&gt;Two.&lt;/p&gt;</inlineData>")
                .body(),
            "One.\n\nTwo.");
  EXPECT_EQ(ReadG2("", "<headline>L</headline>",
                   "<inlineData contenttype=\"image/jpeg\" encoding=\"base64\">/9j/</inlineData>")
                .body(),
            "");
}

TEST(NewsmlContentTest, CreatorsInOneElementAreSeveral) {
  EXPECT_THAT(People(ReadG2("",
                            "<headline>L</headline><creator role=\"crol:writer\"><name>Jane Doe "
                            "and John Roe</name></creator>",
                            "")),
              ElementsAre("Jane Doe, writer", "John Roe, writer"));
}

TEST(NewsmlReleaseTest, StatusSignalsAndNotesAreHeeded) {
  using A = v1::Article;
  const std::pair<const char*, A::Status> kRows[] = {
      {"<pubStatus qcode=\"stat:withheld\"/>", A::STATUS_WITHHELD},
      {"<pubStatus uri=\"http://cv.iptc.org/newscodes/pubstatusg2/canceled\"/>",
       A::STATUS_CANCELLED},
      {"<pubStatus qcode=\"stat:usable\"/><signal qcode=\"sig:correction\"/>", A::STATUS_USABLE},
      {"<pubStatus qcode=\"stat:usable\"/><signal qcode=\"sig:kill\"/>", A::STATUS_CANCELLED},
      {"<pubStatus qcode=\"stat:usable\"/><edNote>Embargoed until noon</edNote>",
       A::STATUS_WITHHELD},
      {"<pubStatus qcode=\"stat:usable\"/><embargoed/>", A::STATUS_USABLE},
      {"<embargoed/>", A::STATUS_WITHHELD},
      {"<embargoed>soon</embargoed><pubStatus qcode=\"stat:usable\"/>", A::STATUS_WITHHELD},
  };
  for (const auto& [meta, status] : kRows) {
    EXPECT_EQ(ReadG2(meta, "<headline>L</headline>", "").status(), status) << meta;
  }
  // The NITF inside states a status of its own.
  EXPECT_EQ(ReadG2("<pubStatus qcode=\"stat:usable\"/>", "<headline>L</headline>",
                   "<inlineXML><nitf xmlns=\"http://iptc.org/std/NITF/2006-10-18/\"><head><docdata "
                   "management-status=\"withheld\"/></head></nitf></inlineXML>")
                .status(),
            A::STATUS_WITHHELD);
}

constexpr const char* kNewsml1 = R"(<?xml version="1.0"?>
<!DOCTYPE NewsML SYSTEM "NewsML_1.2.dtd">
<NewsML Version="1.2"><NewsEnvelope><DateAndTime>20260511T064000Z</DateAndTime></NewsEnvelope>
<NewsItem xml:lang="en"><Identification><NewsIdentifier><ProviderId>wire.example</ProviderId>
  <DateId>20260511</DateId><NewsItemId>mill-1</NewsItemId>
  <RevisionId PreviousRevision="1" Update="N">2</RevisionId>
  <PublicIdentifier>urn:newsml:wire.example:20260511:mill-1:2N</PublicIdentifier></NewsIdentifier>
</Identification><NewsManagement><NewsItemType FormalName="News"/>
  <FirstCreated>20260511T064000+0100</FirstCreated>
  <ThisRevisionCreated>20260511T090500+0100</ThisRevisionCreated><Status FormalName="Usable"/>
</NewsManagement>
<NewsComponent><NewsLines><HeadLine>Mill turns</HeadLine><SubHeadLine>In short.</SubHeadLine>
    <ByLine>By Jane Doe and John Roe</ByLine><DateLine>PELLAR CREEK, May 11</DateLine>
    <CopyrightLine>(c) Wire</CopyrightLine><KeywordLine>mills</KeywordLine></NewsLines>
  <AdministrativeMetadata><Provider><Party FormalName="The Wire"/></Provider></AdministrativeMetadata>
  <DescriptiveMetadata><Language FormalName="en"/><SubjectCode><Subject FormalName="04000000"/>
    <SubjectMatter FormalName="crafts"/></SubjectCode></DescriptiveMetadata>
  <NewsComponent><Role FormalName="Main"/><ContentItem><MediaType FormalName="Text"/>
    <DataContent>CONTENT</DataContent></ContentItem></NewsComponent>
  <NewsComponent><Role FormalName="Picture"/><NewsLines><CreditLine>Hal / Wire</CreditLine></NewsLines>
    <NewsComponent><Role FormalName="Caption"/><ContentItem><MediaType FormalName="Text"/>
      <DataContent><p>The wheel.</p></DataContent></ContentItem></NewsComponent>
    <NewsComponent><Role FormalName="Main"/><ContentItem Href="m.jpg">
      <MediaType FormalName="Photo"/></ContentItem></NewsComponent></NewsComponent>
</NewsComponent></NewsItem></NewsML>)";

v1::Article ReadNewsml1(std::string_view from = "", std::string_view to = "") {
  std::string xml = absl::StrReplaceAll(kNewsml1, {{"CONTENT", "<p>One.</p><p>Two.</p>"}});
  if (!from.empty()) xml = absl::StrReplaceAll(xml, {{std::string(from), std::string(to)}});
  return Sole(ReadAs(Format::kNewsml, xml));
}

TEST(Newsml1Test, PictureAloneIsPassedOver) {
  std::string xml = kNewsml1;
  const size_t text = xml.find("  <NewsComponent><Role FormalName=\"Main\"/><ContentItem><Media");
  xml.erase(text, xml.find("  <NewsComponent><Role FormalName=\"Picture\"/>") - text);
  const Collected got = ReadAs(Format::kNewsml, xml);
  EXPECT_THAT(got.articles, IsEmpty());
  EXPECT_THAT(got.rejects, IsEmpty());
  EXPECT_THAT(got.counts.skipped, ElementsAre(::testing::Pair("NewsItem of a medium", 1U)));
  const std::string withdrawn = absl::StrReplaceAll(xml, {{"\"Usable\"", "\"Canceled\""}});
  EXPECT_EQ(Sole(ReadAs(Format::kNewsml, withdrawn)).status(), v1::Article::STATUS_CANCELLED);
}

TEST(Newsml1Test, FillsEveryField) {
  const v1::Article article = ReadNewsml1();
  EXPECT_EQ(article.id(), "urn:newsml:wire.example:20260511:mill-1");
  EXPECT_EQ(article.version(), 2);
  EXPECT_EQ(article.status(), v1::Article::STATUS_USABLE);
  EXPECT_EQ(article.headline(), "Mill turns");
  EXPECT_EQ(article.summary(), "In short.");
  EXPECT_EQ(article.body(), "One.\n\nTwo.");
  EXPECT_THAT(People(article), ElementsAre("Jane Doe", "John Roe"));
  EXPECT_THAT(article.tags(), ElementsAre("mills", "crafts"));
  EXPECT_EQ(article.dateline(), "PELLAR CREEK, May 11");
  EXPECT_EQ(article.source(), "The Wire");
  EXPECT_EQ(article.copyright(), "(c) Wire");
  EXPECT_EQ(article.language(), "en");
  EXPECT_EQ(article.published_time().seconds(), 1778478000);
  EXPECT_EQ(article.updated_time().seconds(), 1778486700);
  ASSERT_EQ(article.captions_size(), 1);
  EXPECT_EQ(article.captions(0).text(), "The wheel.");
  EXPECT_EQ(article.captions(0).credit(), "Hal / Wire");
  EXPECT_EQ(article.captions(0).media_url(), "m.jpg");
}

TEST(Newsml1Test, ReadsContentInEveryFormat) {
  for (const char* content :
       {"<html><head><title>T</title></head><body><p>One.</p><p>Two.</p></body></html>",
        "<nitf><head><title>T</title></head><body><body.head><hedline><hl1>H</hl1></hedline>"
        "</body.head><body.content><p>One.</p><p>Two.</p></body.content></body></nitf>",
        "One.\n\nTwo.", "&lt;p&gt;One.&lt;/p&gt;&lt;p&gt;Two.&lt;/p&gt;",
        "<![CDATA[<p>One.</p><p>Two.</p>]]>"}) {
    const v1::Article article = ReadNewsml1("<p>One.</p><p>Two.</p>", content);
    EXPECT_EQ(article.body(), "One.\n\nTwo.") << content;
    EXPECT_EQ(article.headline(), "Mill turns") << content;
  }
}

TEST(Newsml1Test, StatusHoldsBackUntilItChanges) {
  const std::string usable = "<Status FormalName=\"Usable\"/>";
  EXPECT_EQ(ReadNewsml1(usable, "<Status FormalName=\"Withheld\"/>").status(),
            v1::Article::STATUS_WITHHELD);
  EXPECT_EQ(ReadNewsml1(usable, "<Status FormalName=\"Canceled\"/>").status(),
            v1::Article::STATUS_CANCELLED);
  EXPECT_EQ(ReadNewsml1(usable, "<Status FormalName=\"Embargoed\"/>").status(),
            v1::Article::STATUS_WITHHELD);
  for (const char* status : {"Embargoed", "Withheld"}) {
    const v1::Article article = ReadNewsml1(
        usable, absl::StrCat("<Status FormalName=\"", status,
                             "\"/><StatusWillChange><FutureStatus FormalName=\"Usable\"/>"
                             "<DateAndTime>20310306T080000Z</DateAndTime></StatusWillChange>"));
    EXPECT_EQ(article.embargo_time().seconds(), 1930550400);
    EXPECT_EQ(article.status(), v1::Article::STATUS_UNSPECIFIED);
  }
  EXPECT_EQ(ReadNewsml1(usable, absl::StrCat(usable,
                                             "<StatusWillChange><FutureStatus FormalName="
                                             "\"Canceled\"/><DateAndTime>20010306T080000Z"
                                             "</DateAndTime></StatusWillChange>"))
                .status(),
            v1::Article::STATUS_CANCELLED);
}

TEST(Newsml1Test, OfSeveralLanguagesTheFirstIsRead) {
  const std::string two =
      "<NewsComponent><BasisForChoice Rank=\"1\">./NewsComponent/DescriptiveMetadata/Language"
      "</BasisForChoice><NewsComponent><NewsLines><HeadLine>Mill</HeadLine></"
      "NewsLines><ContentItem>"
      "<DataContent><p>One.</p></DataContent></ContentItem></"
      "NewsComponent><NewsComponent><NewsLines>"
      "<HeadLine>Muehle</HeadLine></NewsLines><ContentItem><DataContent><p>Eins.</p></DataContent>"
      "</ContentItem></NewsComponent></NewsComponent>";
  const v1::Article article = Sole(
      ReadAs(Format::kNewsml, absl::StrCat("<NewsML><NewsItem>", two, "</NewsItem></NewsML>")));
  EXPECT_EQ(article.headline(), "Mill");
  EXPECT_EQ(article.body(), "One.");
}

}  // namespace
}  // namespace broadsheet::sources
