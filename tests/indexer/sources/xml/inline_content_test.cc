// SPDX-License-Identifier: GPL-3.0-or-later
// The content of items of NewsML in whatever it is wrapped.
#include "indexer/sources/xml/inline_content.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "tests/indexer/sources/collected.h"

namespace broadsheet::sources {
namespace {

using ::broadsheet::testing::Collected;
using ::broadsheet::testing::ReadAs;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr const char* kText = "The council of Brackwater voted to rebuild the harbour wall.";

Collected ReadG2(const std::string& content, const std::string& item_class = "text") {
  return ReadAs(Format::kNewsml,
                absl::StrCat("<newsItem xmlns=\"http://iptc.org/std/nar/2006-10-01/\" "
                             "guid=\"urn:x:1\" version=\"1\"><itemMeta><itemClass "
                             "qcode=\"ninat:",
                             item_class,
                             "\"/><pubStatus qcode=\"stat:usable\"/></itemMeta><contentMeta>"
                             "<headline>Wall</headline></contentMeta><contentSet>",
                             content, "</contentSet></newsItem>"));
}

std::string Base64Data(const std::string& type, const std::string& bytes) {
  return absl::StrCat("<inlineData encoding=\"base64\" contenttype=\"", type, "\">",
                      absl::Base64Escape(bytes), "</inlineData>");
}

std::string BodyOf(const Collected& got) {
  EXPECT_THAT(got.rejects, IsEmpty());
  EXPECT_THAT(got.articles, SizeIs(1));
  return got.articles.empty() ? "" : got.articles[0].body();
}

// A bug once: what was in base64 gave an article without a body, and nothing said so.
TEST(InlineContentTest, TextInBase64IsRead) {
  const std::string two = absl::StrCat(kText, "\n\nSecond.");
  for (const auto& [type, bytes] :
       {std::pair<std::string, std::string>("text/plain", two),
        {"", two},
        {"TEXT/PLAIN", two},
        {"text/html", absl::StrCat("<p>", kText, "</p><p>Second.</p>")},
        {"application/nitf+xml", absl::StrCat("<nitf><head><title>T</title></head><body>"
                                              "<body.content><p>",
                                              kText,
                                              "</p><p>Second.</p></body.content>"
                                              "</body></nitf>")},
        {"application/xhtml+xml", absl::StrCat("<html><head><title>T</title></head><body><p>",
                                               kText, "</p><p>Second.</p></body></html>")}}) {
    const Collected got = ReadG2(Base64Data(type, bytes));
    EXPECT_EQ(BodyOf(got), two) << type;
    EXPECT_THAT(got.warnings, IsEmpty()) << type;
  }
  EXPECT_EQ(BodyOf(ReadG2(Base64Data("text/plain; charset=iso-8859-1", "D\xe9j\xe0 vu"))),
            "D\u00e9j\u00e0 vu");
}

// A bug once: content in quoted-printable was only reported.
TEST(InlineContentTest, QuotedPrintableIsRead) {
  const struct {
    const char* type;
    const char* quoted;
    const char* body;
  } rows[] = {
      {"text/plain; charset=utf-8", "D=C3=A9j=C3=A0 vu", "D\u00e9j\u00e0 vu"},
      {"text/plain; charset=iso-8859-1", "D=E9j=e0 vu", "D\u00e9j\u00e0 vu"},
      {"text/plain", "The ferry stops at =\nnoon.", "The ferry stops at noon."},
      {"text/plain", "The ferry stops=20\t\nat noon =3D late.", "The ferry stops\nat noon = late."},
      {"text/html",
       "&lt;p class=3D\"a\"&gt;The ferry stops.&lt;/p&gt;&lt;p&gt;At n=\noon.&lt;/p&gt;",
       "The ferry stops.\n\nAt noon."},
      {"text/plain", "1 + 1 = 2, and =ZZ stays.", "1 + 1 = 2, and =ZZ stays."},
  };
  for (const auto& row : rows) {
    const Collected got =
        ReadG2(absl::StrCat("<inlineData contenttype=\"", row.type,
                            "\" encoding=\"Quoted-Printable\">", row.quoted, "</inlineData>"));
    EXPECT_EQ(BodyOf(got), row.body) << row.quoted;
    EXPECT_THAT(got.warnings, IsEmpty()) << row.quoted;
  }
}

TEST(InlineContentTest, EncodingsThatEncodeNothingAreRead) {
  for (const char* encoding : {"utf-8", "UTF-8", "8bit", "none", ""}) {
    EXPECT_EQ(BodyOf(ReadG2(absl::StrCat("<inlineData contenttype=\"text/plain\" encoding=\"",
                                         encoding, "\">", kText, "</inlineData>"))),
              kText)
        << encoding;
  }
}

TEST(InlineContentTest, WhatIsNotReadIsTold) {
  const struct {
    std::string content;
    const char* told;
  } rows[] = {
      {Base64Data("application/pdf", "%PDF-1.4"), "inlineData of the type application/pdf"},
      {"<inlineData contenttype=\"application/json\">{}</inlineData>", "application/json"},
      {"<inlineData contenttype=\"text/plain\" encoding=\"gzip\">x</inlineData>",
       "inlineData encoded as \"gzip\""},
      {"<inlineData contenttype=\"text/plain\" encoding=\"base64\">!!</inlineData>",
       "base64 that is damaged or no text"},
      {Base64Data("", std::string("\xff\xd8\xff\xe0\x00", 5)), "damaged or no text"},
      {Base64Data("text/plain", std::string("a\0b", 3)), "damaged or no text"},
      {"<inlineXML><chart><x>1</x><y>2</y></chart></inlineXML>",
       "unknown vocabulary (<chart>) without running text"},
  };
  for (const auto& row : rows) {
    const Collected got = ReadG2(row.content);
    EXPECT_EQ(BodyOf(got), "") << row.content;
    ASSERT_THAT(got.warnings, SizeIs(1)) << row.content;
    EXPECT_THAT(got.warnings[0].reason, HasSubstr("no body: "));
    EXPECT_THAT(got.warnings[0].reason, HasSubstr(row.told));
    EXPECT_EQ(got.warnings[0].place.input, "input");
    EXPECT_EQ(got.warnings[0].place.line, 1U);
  }
}

TEST(InlineContentTest, NothingIsToldOfRenditionsBesideAText) {
  const Collected got =
      ReadG2(absl::StrCat(Base64Data("application/pdf", "%PDF-1.4"),
                          "<inlineData contenttype=\"text/plain\">", kText, "</inlineData>"));
  EXPECT_EQ(BodyOf(got), kText);
  EXPECT_THAT(got.warnings, IsEmpty());
  // A picture is no text that is missing.
  EXPECT_THAT(ReadG2(Base64Data("image/jpeg", "\xff\xd8\xff\xe0"), "picture").warnings, IsEmpty());
}

// A bug once: the words in elements of other people's vocabularies were lost in silence.
TEST(InlineContentTest, ElementsOfAnUnknownVocabularyAreReadAsParagraphs) {
  const std::string expected = absl::StrCat("Wall rises\n\n", kText, "\n\nSo it was said.");
  for (const std::string& story :
       {absl::StrCat("<story><title>Wall rises</title><para>", kText,
                     "</para><para>So it was <em>said</em>.</para></story>"),
        absl::StrCat(
            "<x:doc xmlns:x=\"urn:x\"><x:meta><x:t>Wall rises</x:t></x:meta><x:body><x:tx>", kText,
            "</x:tx><x:tx>So it was <x:i>said</x:i>.</x:tx></x:body></x:doc>")}) {
    const Collected got = ReadG2(absl::StrCat("<inlineXML>", story, "</inlineXML>"));
    EXPECT_EQ(BodyOf(got), expected) << story;
    ASSERT_THAT(got.warnings, SizeIs(1));
    EXPECT_THAT(got.warnings[0].reason, HasSubstr("of an unknown vocabulary (<"));
  }
}

TEST(InlineContentTest, NewsmlOneTellsOfItsDataAsWell) {
  const auto read = [](const std::string& encoding, const std::string& data) {
    return ReadAs(Format::kNewsml,
                  absl::StrCat("<NewsML><NewsItem><NewsComponent><NewsLines><HeadLine>Wall"
                               "</HeadLine></NewsLines><ContentItem><Encoding FormalName=\"",
                               encoding, "\"/><DataContent>", data,
                               "</DataContent></ContentItem></NewsComponent></NewsItem></NewsML>"));
  };
  EXPECT_EQ(BodyOf(read("base64", absl::Base64Escape(kText))), kText);
  EXPECT_EQ(BodyOf(read("quoted-printable", "D=C3=A9j=C3=A0 vu")), "D\u00e9j\u00e0 vu");
  // The data may stand within its encoding.
  EXPECT_EQ(BodyOf(ReadAs(Format::kNewsml,
                          absl::StrCat("<NewsML><NewsItem><NewsComponent><NewsLines><HeadLine>Wall"
                                       "</HeadLine></NewsLines><ContentItem><Encoding "
                                       "Notation=\"base64\"><DataContent>",
                                       absl::Base64Escape(kText),
                                       "</DataContent></Encoding></ContentItem></NewsComponent>"
                                       "</NewsItem></NewsML>"))),
            kText);
  const Collected got = read("uuencode", "x");
  EXPECT_EQ(BodyOf(got), "");
  ASSERT_THAT(got.warnings, SizeIs(1));
  EXPECT_THAT(got.warnings[0].reason, HasSubstr("encoded as \"uuencode\""));
}

// A bug once: a picture that Atom packs as base64 was the body, as it was written.
TEST(InlineContentTest, DataInFeedsIsLeftOutAndTold) {
  const auto read = [](const std::string& attributes, const std::string& content) {
    return ReadAs(Format::kRss,
                  absl::StrCat("<feed xmlns=\"http://www.w3.org/2005/Atom\"><entry>"
                               "<title>Wall</title><content ",
                               attributes, ">", content, "</content></entry></feed>"));
  };
  const std::string picture = absl::Base64Escape("\xff\xd8\xff\xe0" + std::string(90, 'x'));
  for (const char* attributes :
       {"type=\"image/jpeg\"", "type=\"application/pdf\"", "mode=\"base64\" type=\"image/jpeg\""}) {
    const Collected got = read(attributes, picture);
    EXPECT_EQ(BodyOf(got), "") << attributes;
    ASSERT_THAT(got.warnings, SizeIs(1)) << attributes;
    EXPECT_THAT(got.warnings[0].reason, HasSubstr("base64")) << attributes;
  }
  EXPECT_EQ(BodyOf(read("type=\"application/octet-stream\"", absl::Base64Escape(kText))), kText);
  EXPECT_EQ(BodyOf(read("type=\"html/text\"", "Hello old wall")), "Hello old wall");
  EXPECT_EQ(BodyOf(read("type=\"application/x-own\"", "wall")), "wall");
}

}  // namespace
}  // namespace broadsheet::sources
