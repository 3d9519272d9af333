// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/detect.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/indexer/sources/collected.h"
#include "tests/testing/status_matchers.h"

namespace broadsheet::sources {
namespace {

using ::broadsheet::testing::ReadText;
using ::broadsheet::testing::StatusIs;
using ::testing::HasSubstr;

// A bug once: a warning of the server before a feed made a page or nothing of it.
TEST(DetectFormatTest, NoticesBeforeXmlDoNotHideIt) {
  const std::string feed = "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel>";
  for (const std::string& head :
       {"Warning: no header in /x.php on line 3\n" + feed,
        "<b>Warning</b>: no header<br />\n" + feed, "<br />\n<b>Notice</b>: x <b>3</b><br>" + feed,
        std::string("Notice: x\n<rss version=\"2.0\"><channel>")}) {
    EXPECT_EQ(DetectFormat(head, false)->format, Format::kRss) << head;
  }
  for (const std::string& head :
       {"<html><p>How a feed begins: " + feed, "<!DOCTYPE html><p>" + feed,
        "<nitf><body></body></nitf>" + feed, "EMBARGO until Friday\n" + feed}) {
    EXPECT_NE(DetectFormat(head, false)->format, Format::kRss) << head;
  }
}

TEST(DetectFormatTest, TellsFormatsByContent) {
  const struct {
    std::string head;
    Format format;
  } kRows[] = {
      {"{\"headline\": \"A\"}\n", Format::kJsonl},
      {"\xef\xbb\xbf  \n { \"headline\": \"A\"}\n", Format::kJsonl},
      {"{}\n", Format::kJsonl},
      {"{\"headline\": \"A\"}\nx\ny\nz\n", Format::kJsonl},
      {"broken\n{\"headline\":\"A\"}\n{\"headline\":\"B\"}\n", Format::kJsonl},
      {"{\"headline\": \"" + std::string(80000, 'x'), Format::kJsonl},
      {"Mayor resigns\n\nThe mayor resigned.\n", Format::kText},
      {"{Sic} is how the letter began\n", Format::kText},
      {"[Updated] Mayor resigns\n", Format::kText},
      {"Café réouvert", Format::kText},
      {"Caf\xe9 reopened in a file of Latin-1\n", Format::kText},
      {"<!DOCTYPE html><html>", Format::kHtml},
      {"\n<html lang=en>", Format::kHtml},
      {"<?xml version=\"1.0\"?>\n<rss version=\"2.0\">", Format::kRss},
      {"<?xml version=\"1.0\"?>\n<feed xmlns=\"a\">", Format::kRss},
      {"<?xml version=\"1.0\"?>\n<nitf>", Format::kNitf},
      {"<?xml version=\"1.0\"?>\n<newsItem guid=\"a\">", Format::kNewsml},
      {"<wire><nitf><head/></nitf></wire>", Format::kNitf},
      {"<?xml version=\"1.0\"?><batch n=\"2\"><n:newsItem guid=\"a\">", Format::kNewsml},
      {"WARC/1.0\r\nWARC-Type: warcinfo", Format::kWarc},
      {"WARC/1.0\r\nWARC-Type: response\r\n\r\n" + std::string(100, '\0'), Format::kWarc},
      {"filedesc://a.arc 0.0.0.0 20140216050221 text/plain 75\n", Format::kWarc},
      {"{\n  \"uri\": \"urn:1\",\n  \"pubstatus\": \"usable\"\n}\n", Format::kNinjs},
      {"[{\"uri\": \"urn:1\", \"body_xhtml\": \"<p>\"}]", Format::kNinjs},
      {"{\"uri\":\"1\",\"versionCreated\":\"2026\"}\n{\"uri\":\"2\"}\n", Format::kNinjs},
      {"{\"uri\":\"1\",\"headline\":\"a story\",\"url\":\"an article's own name\"}\n",
       Format::kJsonl},
      // A bug once: these were JSON lines, which pass over the uri, so that stories of one headline
      // were one.
      {"{\"uri\":\"1\",\"headline\":\"a story\"}\n", Format::kNinjs},
      {"{\n\"uri\": \"1\",\n\"type\": \"text\"\n}\n", Format::kNinjs},
      {"{\"_items\":[{\"guid\":\"1\",\"pubstatus\":\"usable\"}],\"_meta\":{}}", Format::kNinjs},
      {"{\"took\":5,\"hits\":{\"hits\":[{\"_source\":{\"uri\":\"1\",\"version\":\"2\"}}]}}",
       Format::kNinjs},
      {"{\"items\":[{\"title\":\"other people's\"}]}", Format::kJsonl},
      {"<?xml version='1.0'?><NewsML Version=\"1.2\">", Format::kNewsml},
      // A bug once: without a uri these were JSON lines, and their embargo was passed over.
      {"{\"guid\":\"g1\",\"headline\":\"X\",\"pubstatus\":\"usable\"}", Format::kNinjs},
      {"{\"guid\":\"g1\",\"headline\":\"X\",\"embargoed\":\"2031\"}", Format::kNinjs},
      {"{\"guid\":\"g1\",\"headline\":\"X\",\"body_html\":\"<p>\"}\n{\"guid\":\"g2\"}",
       Format::kNinjs},
      {"{\"headline\":\"X\",\"versionCreated\":\"2026\"}", Format::kNinjs},
      {"{\"headlines\":[{\"value\":\"X\"}],\"bodies\":[]}", Format::kNinjs},
      {"[\n  {\n    \"guid\": \"g1\",\n    \"slugline\": \"X\"\n  }\n]\n", Format::kNinjs},
      {"{\n\"PUBSTATUS\": \"usable\", \"headline\": \"X\"\n}\n", Format::kNinjs},
      // An article's own names tell that it is none of ninjs.
      {"{\"id\":\"1\",\"guid\":\"g\",\"headline\":\"X\",\"body\":\"b\",\"body_html\":\"<p>\"}",
       Format::kJsonl},
      {"{\"headline\":\"X\",\"tags\":[],\"copyrightholder\":\"Y\"}", Format::kJsonl},
      {"{\"guid\":\"g\",\"title\":\"X\",\"content\":\"of a feed\"}", Format::kJsonl},
      {"<?xml version='1.0'?><!-- <rss> --><!DOCTYPE nitf SYSTEM \"n.dtd\"><nitf>", Format::kNitf},
      {"<rdf:RDF xmlns=\"x\">", Format::kRss},
      {"<a:feed xmlns:a=\"x\">", Format::kRss},
      {"<planningItem/>", Format::kNewsml},
      {std::string("\xff\xfe<\0r\0s\0s\0>\0", 12), Format::kRss},
  };
  for (const auto& row : kRows) {
    const auto detected = DetectFormat(row.head);
    ASSERT_OK(detected) << row.head.substr(0, 60);
    EXPECT_EQ(FormatName(detected->format), FormatName(row.format)) << row.head.substr(0, 60);
  }
}

// Other people's JSON, which a map reads, has names of ninjs by chance.
TEST(DetectFormatTest, ForAMapNinjsNeedsItsUri) {
  for (const char* head : {R"({"title":"X","body_html":"<p>"})", R"({"guid":"g","pubstatus":"x"})",
                           R"({"uri":"u","title":"X"})"}) {
    EXPECT_EQ(DetectFormat(head, /*is_mapped=*/true)->format, Format::kJsonl) << head;
  }
  EXPECT_EQ(DetectFormat(R"({"uri":"u","body_html":"<p>"})", /*is_mapped=*/true)->format,
            Format::kNinjs);
}

TEST(DetectFormatTest, SaysWhatCannotBeReadAndWhatToDo) {
  const struct {
    std::string head;
    const char* reason;
  } kRows[] = {
      {"", "empty file"},
      {"\xef\xbb\xbf", "empty file"},
      {" \n\t\n", "empty file: nothing but white space"},
      {std::string("abc\0def", 7), "binary file"},
      {"%PDF-1.7\n", "binary file (a PDF document)"},
      {"\x01\x02\x03\x04 abc", "binary file"},
      {"{\n  \"headline\": \"A\"\n}\n", "a JSON document over several lines"},
      {"[\n {\"headline\": \"A\"}]", "a JSON array"},
      {"<?xml version=\"1.0\"?><!-- unended", "an XML document of an unknown kind"},
      {"<?xml version=\"1.0\"?><invoice/>", "an XML document of an unknown kind (<invoice>)"},
      // A bug once: without the declaration these were texts.
      {"<!DOCTYPE wire SYSTEM \"wire.dtd\">\n<STORY><P>x</P></STORY>", "kind (<STORY>)"},
      {"<!-- exported -->\n<STORY><P>x</P></STORY>", "an XML document of an unknown kind"},
      {"<STORY><P>x</P></STORY>\n<STORY/>", "an XML document of an unknown kind"},
      {"<a:story xmlns:a=\"urn:a\">", "an XML document of an unknown kind"},
      {"<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\"><url/>", "a sitemap"},
      {"<opml version=\"2.0\"><body><outline/></body></opml>", "a list of feeds (OPML)"},
      {"<xs:schema xmlns:xs=\"x\"/>", "a schema (XSD)"},
      {"a,b,c\n1,2,3\n4,5,6\n", "a table (CSV or its like); convert it"},
      {"a,b,c\n1,2,3\n4,5,6\n", "or say --format text"},
      {"\x7f"
       "ELF\2\1\1",
       "binary file (a program)"},
      {std::string("\xff\xfe{\0\"\0", 6), "JSON in UTF-16"},
  };
  for (const auto& row : kRows) {
    EXPECT_THAT(DetectFormat(row.head),
                StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr(row.reason)));
  }
}

// A bug once: pictures beside articles were rejects, of which too many stop a build.
TEST(DetectFormatTest, WhatIsRightlyNoArticleIsPassedOver) {
  const auto bytes = [](const char* literal, size_t size) { return std::string(literal, size); };
  const std::string zeros(800, '\0');
  const struct {
    std::string head;
    const char* kind;
  } kRows[] = {
      {"\xff\xd8\xff\xe0", "JPEG picture"},
      {"\x89PNG\r\n\x1a\n", "PNG picture"},
      {"GIF89a", "GIF picture"},
      {bytes("RIFF\0\0\0\0WEBPVP8 ", 16), "WebP picture"},
      {bytes("RIFF\0\0\0\0WAVEfmt ", 16), "WAV audio"},
      {bytes("RIFF\0\0\0\0AVI LIST", 16), "AVI video"},
      {bytes("\0\0\0\x18"
             "ftypheic",
             12),
       "HEIC picture"},
      {bytes("\0\0\0\x1c"
             "ftypavif",
             12),
       "AVIF picture"},
      {bytes("\0\0\0\x18"
             "ftypisom",
             12),
       "MP4 video"},
      {bytes("\0\0\0\x18"
             "ftypM4A ",
             12),
       "M4A audio"},
      {bytes("\0\0\0\x14"
             "ftypqt  ",
             12),
       "QuickTime video"},
      {bytes("II*\0\b\0", 6), "TIFF picture"},
      {bytes("BM\x8a\x20\0\0\0\0\0\0\x36", 11), "BMP picture"},
      {bytes("\0\0\1\0\1\0", 6), "icon"},
      {"\x1a\x45\xdf\xa3", "Matroska or WebM video"},
      {bytes("ID3\4\0", 5), "MP3 audio"},
      {"\xff\xfb\x90", "MP3 audio"},
      {bytes("OggS\0", 5), "Ogg audio or video"},
      {"fLaC", "FLAC audio"},
      {"wOF2", "font"},
      {bytes("\0\0\0\1Bud1", 8), "folder settings of a file manager"},
      {"<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\"/>", "SVG picture"},
  };
  for (const auto& row : kRows) {
    const auto detected = DetectFormat(row.head.front() == '<' ? row.head : row.head + zeros);
    ASSERT_OK(detected) << row.kind;
    EXPECT_EQ(detected->no_article, row.kind);
    EXPECT_EQ(detected->format, Format::kAuto);
  }
  for (const char* text : {"BMW calls back cars\n", "GIFs are back\n", "OTTO goes home\n",
                           "RIFFs of the year\n", "true stories\n"}) {
    EXPECT_EQ(DetectFormat(text)->format, Format::kText) << text;
  }
}

TEST(DetectFormatTest, TextInUtf16IsText) {
  const std::u16string text = u"Mayor resigns\n\nThe mayor resigned on Monday.\n市長が辞任\n";
  std::string little;
  std::string big;
  for (const char16_t unit : text) {
    little += {static_cast<char>(unit & 0xff), static_cast<char>(unit >> 8)};
    big += {static_cast<char>(unit >> 8), static_cast<char>(unit & 0xff)};
  }
  for (const std::string& bytes : {"\xff\xfe" + little, "\xfe\xff" + big, little, big}) {
    const auto detected = DetectFormat(bytes);
    ASSERT_OK(detected);
    EXPECT_EQ(detected->format, Format::kText);
    const auto read = ReadText(bytes);
    ASSERT_EQ(read.articles.size(), 1U);
    EXPECT_EQ(read.articles[0].headline(), "Mayor resigns");
  }
}

TEST(FormatNamesTest, AreThoseOfTheCommandLine) {
  for (const char* name :
       {"auto", "text", "html", "jsonl", "ninjs", "nitf", "newsml", "rss", "warc"}) {
    ASSERT_TRUE(FormatByName(name).has_value()) << name;
    EXPECT_EQ(FormatName(*FormatByName(name)), name);
  }
  EXPECT_FALSE(FormatByName("docx").has_value());
}

}  // namespace
}  // namespace broadsheet::sources
