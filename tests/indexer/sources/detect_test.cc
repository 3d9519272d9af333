// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/detect.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/testing/status_matchers.h"

namespace broadsheet::sources {
namespace {

using ::broadsheet::testing::StatusIs;
using ::testing::HasSubstr;

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
    const auto format = DetectFormat(row.head);
    ASSERT_OK(format) << row.head.substr(0, 60);
    EXPECT_EQ(FormatName(*format), FormatName(row.format)) << row.head.substr(0, 60);
  }
}

// Other people's JSON, which a map reads, has names of ninjs by chance.
TEST(DetectFormatTest, ForAMapNinjsNeedsItsUri) {
  for (const char* head : {R"({"title":"X","body_html":"<p>"})", R"({"guid":"g","pubstatus":"x"})",
                           R"({"uri":"u","title":"X"})"}) {
    EXPECT_EQ(*DetectFormat(head, /*is_mapped=*/true), Format::kJsonl) << head;
  }
  EXPECT_EQ(*DetectFormat(R"({"uri":"u","body_html":"<p>"})", /*is_mapped=*/true), Format::kNinjs);
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
      {"\x89PNG\r\n", "binary file (a PNG picture)"},
      {"%PDF-1.7\n", "binary file (a PDF document)"},
      {"\xff\xfeH\0e\0", "UTF-16 text: convert it with iconv"},
      {"\x01\x02\x03\x04 abc", "binary file"},
      {"{\n  \"headline\": \"A\"\n}\n", "a JSON document over several lines"},
      {"[\n {\"headline\": \"A\"}]", "a JSON array"},
      {"<?xml version=\"1.0\"?><!-- unended", "an XML document of an unknown kind"},
      {"<?xml version=\"1.0\"?><invoice/>", "an XML document of an unknown kind"},
  };
  for (const auto& row : kRows) {
    EXPECT_THAT(DetectFormat(row.head),
                StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr(row.reason)));
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
