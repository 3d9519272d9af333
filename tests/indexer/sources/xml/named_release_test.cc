// SPDX-License-Identifier: GPL-3.0-or-later
// What holds an article back in places that its format does not have: nested, around the record, in
// signals and notes.
#include "indexer/sources/xml/named_release.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/indexer/sources/collected.h"

namespace broadsheet::sources {
namespace {

using ::broadsheet::testing::Collected;
using ::broadsheet::testing::ReadAs;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

std::string HeldItemOfFeed(const std::string& inner, const std::string& channel = "") {
  return absl::StrCat("<rss version=\"2.0\" xmlns:x=\"urn:x\"><channel><title>The Paper</title>",
                      channel, "<item><title>Mill turns</title><description>Text.</description>",
                      inner, "</item></channel></rss>");
}

std::string NitfDocument(const std::string& docdata = "", const std::string& head = "") {
  return absl::StrCat("<nitf><head>", head, "<docdata><doc-id id-string=\"n1\"/>", docdata,
                      "</docdata></head><body><body.head><hedline><hl1>Mill turns</hl1></hedline>",
                      "</body.head><body.content><p>Text.</p></body.content></body></nitf>");
}

std::string G2Item(const std::string& meta = "") {
  return absl::StrCat(
      "<newsItem xmlns=\"http://iptc.org/std/nar/2006-10-01/\" guid=\"g1\"><itemMeta>", meta,
      "</itemMeta><contentMeta><headline>Mill turns</headline></contentMeta><contentSet>",
      "<inlineData contenttype=\"text/plain\">Text.</inlineData></contentSet></newsItem>");
}

// Whether all articles of a file are held back.
bool HoldsBack(Format format, const std::string& file) {
  const Collected got = ReadAs(format, file);
  EXPECT_THAT(got.rejects, IsEmpty()) << file;
  EXPECT_FALSE(got.articles.empty()) << file;
  for (const v1::Article& article : got.articles) {
    if (article.status() <= v1::Article::STATUS_USABLE && !article.has_embargo_time()) return false;
  }
  return true;
}

// A pair of a name and a value in an element was not read as one: all of these were shown.
TEST(NamedReleaseTest, PairsOfANameAndAValueAreHeeded) {
  for (const char* pair :
       {"<META NAME=\"embargo\" CONTENT=\"2031-01-01T00:00:00Z\"/>",
        "<x:meta name=\"embargo\" value=\"2031-01-01T00:00:00Z\"/>",
        "<x:field name=\"embargoDate\">2031-01-01T00:00:00Z</x:field>",
        "<x:field key=\"embargo_until\">2031-01-01</x:field>",
        "<x:property name=\"status\">draft</x:property>",
        "<x:custom><x:key>embargo</x:key><x:value>2031-01-01</x:value></x:custom>",
        "<x:more><x:prop name=\"publish_status\" value=\"withheld\"/></x:more>"}) {
    EXPECT_TRUE(HoldsBack(Format::kRss, HeldItemOfFeed(pair))) << pair;
  }
  EXPECT_TRUE(HoldsBack(Format::kNewsml, G2Item("<itemMetaExtProperty rel=\"embargo\" "
                                                "value=\"2031-01-01T00:00:00Z\"/>")));
}

// The embargo of a medium holds its article back, also as an attribute.
TEST(NamedReleaseTest, EmbargoesInAttributesOfMediaAreHeeded) {
  EXPECT_TRUE(HoldsBack(
      Format::kRss, HeldItemOfFeed("<media:content xmlns:media=\"http://search.yahoo.com/mrss/\" "
                                   "url=\"https://q.example/x.jpg\" "
                                   "embargo=\"2031-01-01T00:00:00Z\"/>")));
  EXPECT_FALSE(HoldsBack(
      Format::kRss, HeldItemOfFeed("<media:content xmlns:media=\"http://search.yahoo.com/mrss/\" "
                                   "url=\"https://q.example/x.jpg\" status=\"draft\"/>")));
}

TEST(NamedReleaseTest, PairsThatNameATopicHoldNothingBack) {
  for (const char* pair :
       {"<x:topic name=\"Oil embargo\" value=\"3\"/>",
        "<x:field name=\"status\">published</x:field>", "<x:field name=\"embargo\"></x:field>",
        "<x:meta name=\"draft\" content=\"false\"/>",
        "<category label=\"Embargo\">2031</category>"}) {
    EXPECT_FALSE(HoldsBack(Format::kRss, HeldItemOfFeed(pair))) << pair;
  }
}

// An editor's note was asked for above the text alone: behind it, it became part of the text.
TEST(NamedReleaseTest, NotesOfNitfAreHeededWhereverTheyStand) {
  for (const char* note : {"Embargoed until Sunday", "Mandatory kill. Wrong photo."}) {
    const std::string file = absl::StrCat(
        "<nitf><head><docdata><doc-id "
        "id-string=\"n1\"/></docdata></head><body><body.head><hedline>",
        "<hl1>Mill turns</hl1></hedline></body.head><body.content><p>Text.</p>",
        "<note noteclass=\"editorsnote\"><body.content><p>", note,
        "</p></body.content></note></body.content></body></nitf>");
    EXPECT_TRUE(HoldsBack(Format::kNitf, file)) << note;
  }
}

TEST(NamedReleaseTest, PropertiesOfNewsMl1AreHeeded) {
  for (const char* property : {"<Property FormalName=\"Embargo\" Value=\"20310101T000000Z\"/>",
                               "<Property FormalName=\"pubStatus\" Value=\"withheld\"/>"}) {
    for (const bool in_management : {true, false}) {
      const std::string file = absl::StrCat(
          "<NewsML><NewsItem><Identification><NewsIdentifier><NewsItemId>n1</NewsItemId>",
          "</NewsIdentifier></Identification><NewsManagement><Status FormalName=\"Usable\"/>",
          in_management ? property : "",
          "</NewsManagement><NewsComponent><NewsLines><HeadLine>Mill turns</HeadLine></NewsLines>",
          "<AdministrativeMetadata>", in_management ? "" : property,
          "</AdministrativeMetadata><ContentItem><DataContent>Text.</DataContent></ContentItem>",
          "</NewsComponent></NewsItem></NewsML>");
      EXPECT_TRUE(HoldsBack(Format::kNewsml, file)) << file;
    }
  }
}

// Only children of an item were asked what holds it back: a status one level down was passed over.
TEST(NamedReleaseTest, StatusesInsideOtherElementsOfAFeedAreHeeded) {
  for (const char* inner :
       {"<x:Management><x:PublishingStatus>Withheld</x:PublishingStatus></x:Management>",
        "<x:Management><x:PublishingStatus>Wobbly</x:PublishingStatus></x:Management>",
        "<x:Management><x:ReleaseDateTime>2031-01-01T00:00:00Z</x:ReleaseDateTime></x:Management>",
        "<x:meta><x:status>draft</x:status></x:meta>",
        "<x:meta><x:Status FormalName=\"Hold\"/></x:meta>",
        "<x:a><x:b><x:workflowState code=\"spiked\">In the bin</x:workflowState></x:b></x:a>",
        "<x:rights><x:embargo until=\"2031-01-01T00:00:00Z\"/></x:rights>",
        "<x:meta pubstatus=\"withheld\"/>", "<x:status>soft-deleted</x:status>",
        "<x:status><x:code>draft</x:code><x:label>Entwurf</x:label></x:status>"}) {
    EXPECT_TRUE(HoldsBack(Format::kRss, HeldItemOfFeed(inner))) << inner;
  }
}

TEST(NamedReleaseTest, StatusesOfOtherThingsInAFeedHoldNothingBack) {
  for (const char* inner : {"<author><x:status>draft</x:status></author>",
                            "<x:meta><x:PublishingStatus>Usable</x:PublishingStatus></x:meta>",
                            "<x:meta><x:status>final</x:status></x:meta>",
                            "<x:meta><x:releaseDate>2020-01-01</x:releaseDate></x:meta>",
                            "<source url=\"https://q.example/\">Hold</source>",
                            "<category state=\"hold\">a</category>", "<x:state>Ohio</x:state>"}) {
    EXPECT_FALSE(HoldsBack(Format::kRss, HeldItemOfFeed(inner))) << inner;
  }
}

// A document of an agency inside a feed's item states its release in attributes.
TEST(NamedReleaseTest, DocumentsInsideAFeedAreHeeded) {
  const std::string g2 = G2Item("<pubStatus qcode=\"stat:withheld\"/>");
  EXPECT_TRUE(HoldsBack(Format::kRss, HeldItemOfFeed("<x:document>" + g2 + "</x:document>")));
  EXPECT_TRUE(HoldsBack(
      Format::kRss,
      absl::StrCat("<feed xmlns=\"http://www.w3.org/2005/Atom\"><entry><id>u:1</id><title>Mill"
                   "</title><content type=\"application/vnd.iptc.g2.newsitem+xml\">",
                   g2, "</content></entry></feed>")));
}

// What stood around an item was not asked at all.
TEST(NamedReleaseTest, AChannelHoldsBackItsItems) {
  for (const char* channel : {"<x:embargo>2031-01-01T00:00:00Z</x:embargo>",
                              "<x:meta><x:status>draft</x:status></x:meta>",
                              "<x:pubStatus>withheld</x:pubStatus>", "<x:embargoed/>"}) {
    EXPECT_TRUE(HoldsBack(Format::kRss, HeldItemOfFeed("", channel))) << channel;
  }
  for (const char* channel : {"<x:status>ok</x:status>", "<x:pubStatus>usable</x:pubStatus>",
                              "<image><x:status>draft</x:status></image>"}) {
    EXPECT_FALSE(HoldsBack(Format::kRss, HeldItemOfFeed("", channel))) << channel;
  }
}

TEST(NamedReleaseTest, AnEnvelopeHoldsBackWhatIsInItAndNothingElse) {
  EXPECT_TRUE(
      HoldsBack(Format::kNitf, "<envelope status=\"embargoed\">" + NitfDocument() + "</envelope>"));
  EXPECT_TRUE(HoldsBack(Format::kNitf,
                        "<Publication><PublicationManagement><Status>Embargoed</Status>"
                        "</PublicationManagement><Content>" +
                            NitfDocument() + "</Content></Publication>"));
  EXPECT_TRUE(
      HoldsBack(Format::kNewsml, "<entry embargo=\"2031-01-01\"><a>" + G2Item() + "</a></entry>"));
  EXPECT_TRUE(HoldsBack(Format::kNewsml,
                        "<newsMessage><header><signal qcode=\"sig:kill\"/></header>"
                        "<itemSet>" +
                            G2Item() + "</itemSet></newsMessage>"));
  const Collected mixed =
      ReadAs(Format::kNitf, absl::StrCat("<wire><one status=\"draft\"><head/>", NitfDocument(),
                                         "</one><one><head/>", NitfDocument(), "</one></wire>"));
  ASSERT_THAT(mixed.articles, SizeIs(2));
  EXPECT_EQ(mixed.articles[0].status(), v1::Article::STATUS_WITHHELD);
  EXPECT_EQ(mixed.articles[1].status(), v1::Article::STATUS_UNSPECIFIED);
}

TEST(NamedReleaseTest, AStatusOfAnEnvelopeDoesNotReleaseWhatIsInIt) {
  EXPECT_TRUE(HoldsBack(Format::kNewsml, "<wire><head><pubStatus>usable</pubStatus></head>" +
                                             G2Item("<embargoed/>") + "</wire>"));
}

// Blogger's state was read like one that any element may have.
TEST(NamedReleaseTest, AnUnknownStateOfBloggerWithholds) {
  EXPECT_TRUE(HoldsBack(Format::kRss, HeldItemOfFeed("<blogger:status>WOBBLY</blogger:status>")));
  EXPECT_TRUE(
      HoldsBack(Format::kRss, HeldItemOfFeed("<blogger:status>SOFT_TRASHED</blogger:status>")));
  EXPECT_FALSE(HoldsBack(Format::kRss, HeldItemOfFeed("<blogger:status>LIVE</blogger:status>")));
}

// Only the code of a signal was read.
TEST(NamedReleaseTest, SignalsAreReadByCodeLiteralAndName) {
  const std::string usable = "<pubStatus qcode=\"stat:usable\"/>";
  for (const char* signal :
       {"<signal literal=\"HOLD FOR RELEASE\"/>",
        "<signal qcode=\"x:1\"><name>Embargoed</name></signal>",
        "<signal qcode=\"x:1\"><name xml:lang=\"de\">Sperrfrist</name></signal>",
        "<signal uri=\"http://x.example/withheld\"/>", "<signal>MANDATORY KILL</signal>"}) {
    EXPECT_TRUE(HoldsBack(Format::kNewsml, G2Item(usable + signal))) << signal;
  }
  EXPECT_FALSE(
      HoldsBack(Format::kNewsml,
                G2Item(usable + "<signal qcode=\"sig:update\"><name>Update</name></signal>")));
}

TEST(NamedReleaseTest, SignalsAndNotesOfNinjsAreHeeded) {
  const auto ninjs = [](const std::string& member) {
    return absl::StrCat(
        "{\"uri\":\"u:1\",\"versioncreated\":\"2026-01-01T00:00:00Z\",\"pubstatus\":",
        "\"usable\",\"headline\":\"Mill turns\",\"body_text\":\"Text.\",", member, "}");
  };
  for (const char* member :
       {R"("signals":["Embargo"])", R"("ednotes":["EMBARGO until Sunday"])", R"("signal":"killed")",
        R"("signals":[{"literal":"withheld"}])", R"("ednotes":{"desk":["Hold for release"]})"}) {
    EXPECT_TRUE(HoldsBack(Format::kNinjs, ninjs(member))) << member;
  }
  EXPECT_FALSE(
      HoldsBack(Format::kNinjs, ninjs(R"("signals":["update"],"ednotes":["Adds quote"])")));
}

TEST(NamedReleaseTest, MetaElementsAndEveryReleaseDateOfNitfAreHeeded) {
  EXPECT_TRUE(
      HoldsBack(Format::kNitf,
                NitfDocument("", "<meta name=\"embargo\" content=\"2031-01-01T00:00:00Z\"/>")));
  EXPECT_TRUE(HoldsBack(Format::kNitf,
                        NitfDocument("", "<meta name=\"pubStatus\" content=\"withheld\"/>")));
  EXPECT_FALSE(
      HoldsBack(Format::kNitf, NitfDocument("", "<meta name=\"status\" content=\"final\"/>")));
  EXPECT_TRUE(HoldsBack(Format::kNitf, NitfDocument("<date.release norm=\"20200101T060000Z\"/>"
                                                    "<date.release norm=\"20310101T060000Z\"/>")));
}

std::string Newsml1(const std::string& management, const std::string& lines) {
  return absl::StrCat(
      "<NewsML><NewsItem><Identification><NewsIdentifier><ProviderId>p</ProviderId><DateId>20260101"
      "</DateId><NewsItemId>i</NewsItemId><RevisionId>2</RevisionId></NewsIdentifier>"
      "</Identification><NewsManagement><Status FormalName=\"Usable\"/>",
      management, "</NewsManagement><NewsComponent><NewsLines><HeadLine>Mill turns</HeadLine>",
      lines,
      "</NewsLines><ContentItem><DataContent>Text.</DataContent></ContentItem></NewsComponent>",
      "</NewsItem></NewsML>");
}

TEST(NamedReleaseTest, NotesAndInstructionsOfNewsml1AreHeeded) {
  const auto line = [](const char* type, const char* text) {
    return absl::StrCat("<NewsLine><NewsLineType FormalName=\"", type, "\"/><NewsLineText>", text,
                        "</NewsLineText></NewsLine>");
  };
  const auto instruction = [](const char* revision) {
    return absl::StrCat("<Instruction FormalName=\"Update\"><RevisionStatus Revision=\"", revision,
                        "\"><Status FormalName=\"Canceled\"/></RevisionStatus></Instruction>");
  };
  EXPECT_TRUE(HoldsBack(Format::kNewsml, Newsml1("", line("EditorialNote", "Embargo: Sunday"))));
  EXPECT_TRUE(HoldsBack(Format::kNewsml, Newsml1("", line("AdvisoryLine", "Hold for release"))));
  EXPECT_FALSE(HoldsBack(Format::kNewsml, Newsml1("", line("Tagline", "Embargo: the film"))));
  EXPECT_TRUE(HoldsBack(Format::kNewsml, Newsml1("<Instruction FormalName=\"Delete\"/>", "")));
  EXPECT_TRUE(HoldsBack(Format::kNewsml, Newsml1(instruction("2"), "")));
  EXPECT_FALSE(HoldsBack(Format::kNewsml, Newsml1(instruction("1"), ""))) << "of the one before";
}

// A bug once: fields that editors add to posts, and notes inside other elements, were not read.
TEST(NamedReleaseTest, FieldsAndNotesInsideAnItemHoldItBack) {
  const auto field = [](const char* key, const char* value) {
    return HeldItemOfFeed(absl::StrCat("<wp:postmeta xmlns:wp=\"urn:wp\"><wp:meta_key>", key,
                                       "</wp:meta_key><wp:meta_value>", value,
                                       "</wp:meta_value></wp:postmeta>"));
  };
  EXPECT_TRUE(HoldsBack(Format::kRss, field("embargo_date", "2031-01-01T00:00:00Z")));
  EXPECT_TRUE(HoldsBack(Format::kRss, field("_embargo", "yes")));
  EXPECT_FALSE(HoldsBack(Format::kRss, field("_edit_last", "1")));
  EXPECT_FALSE(HoldsBack(Format::kRss, field("embargo_date", "")));
  const auto note = [](const char* name, const char* text) {
    return HeldItemOfFeed(absl::StrCat("<x:meta><x:", name, ">", text, "</x:", name, "></x:meta>"));
  };
  EXPECT_TRUE(HoldsBack(Format::kRss, note("edNote", "HOLD FOR RELEASE")));
  EXPECT_TRUE(HoldsBack(Format::kRss, note("editorialNote", "Embargoed until Friday")));
  EXPECT_FALSE(HoldsBack(Format::kRss, note("edNote", "Adds quotes in the third paragraph")));
  EXPECT_FALSE(HoldsBack(Format::kRss, note("footNote", "Hold for release")));
}

TEST(NamedReleaseTest, AJsonFeedThatIsHeldBackGivesNoItem) {
  for (const char* member :
       {R"("embargo":"2031-01-01")", R"("_status":"draft")", R"("_meta":{"status":"draft"})"}) {
    const Collected got = ReadAs(
        Format::kRss, absl::StrCat("{\"version\":\"https://jsonfeed.org/version/1.1\",", member,
                                   ",\"items\":[{\"id\":\"1\",\"content_text\":\"Text.\"}]}"));
    EXPECT_THAT(got.articles, IsEmpty()) << member;
    ASSERT_THAT(got.rejects, SizeIs(1)) << member;
    EXPECT_THAT(got.rejects[0].reason, HasSubstr("may hold back"));
  }
}

}  // namespace
}  // namespace broadsheet::sources
