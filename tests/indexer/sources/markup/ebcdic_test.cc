// SPDX-License-Identifier: GPL-3.0-or-later
// Documents in the character sets of mainframes.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unicode/ucnv.h>

#include <string>
#include <vector>

#include "indexer/sources/detect.h"
#include "indexer/sources/markup/charset.h"
#include "tests/indexer/sources/collected.h"

namespace broadsheet::sources {
namespace {

using ::broadsheet::testing::Collected;
using ::broadsheet::testing::ReadAs;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

std::string InCharset(const char* charset, const std::string& utf8) {
  UErrorCode error = U_ZERO_ERROR;
  std::vector<char> bytes(utf8.size() * 4 + 16);
  UConverter* converter = ucnv_open(charset, &error);
  const int32_t size =
      ucnv_fromAlgorithmic(converter, UCNV_UTF8, bytes.data(), static_cast<int32_t>(bytes.size()),
                           utf8.data(), static_cast<int32_t>(utf8.size()), &error);
  ucnv_close(converter);
  EXPECT_TRUE(U_SUCCESS(error)) << charset;
  return {bytes.data(), static_cast<size_t>(size)};
}

std::string FeedThatDeclares(const std::string& declared, const std::string& line_end = "\n") {
  return "<?xml version=\"1.0\"" + (declared.empty() ? "" : " encoding=\"" + declared + "\"") +
         "?>" + line_end + "<rss><channel>" + line_end +
         "<item><guid>urn:x:1</guid><title>Quai [f\u00eate] !</title>" + "</item></channel></rss>" +
         line_end;
}

// A bug once: such a feed was refused as the text of a program, whatever it declared.
TEST(EbcdicTest, FeedsAreReadAsTheyDeclare) {
  for (const char* charset :
       {"IBM037", "ibm-037", "cp037", "IBM1047", "IBM500", "IBM01140", "IBM273", "IBM297"}) {
    // The line end of mainframes is U+0085.
    for (const char* line_end : {"\n", "\u0085"}) {
      const std::string bytes = InCharset(charset, FeedThatDeclares(charset, line_end));
      const absl::StatusOr<Detected> detected = DetectFormat(bytes, false);
      ASSERT_TRUE(detected.ok()) << charset << detected.status();
      EXPECT_EQ(detected->format, Format::kRss) << charset;
      const Collected got = ReadAs(Format::kRss, bytes);
      EXPECT_THAT(got.rejects, IsEmpty()) << charset;
      EXPECT_THAT(got.warnings, IsEmpty()) << charset;
      ASSERT_THAT(got.articles, SizeIs(1)) << charset;
      EXPECT_EQ(got.articles[0].headline(), "Quai [f\u00eate] !") << charset;
    }
  }
}

TEST(EbcdicTest, AWrongDeclarationIsSaid) {
  for (const char* declared : {"", "utf-8", "klingon", "windows-1252"}) {
    const Collected got = ReadAs(Format::kRss, InCharset("IBM1047", FeedThatDeclares(declared)));
    ASSERT_THAT(got.articles, SizeIs(1)) << declared;
    EXPECT_EQ(got.articles[0].headline(), "Quai [f\u00eate] !") << declared;
    ASSERT_THAT(got.warnings, SizeIs(1)) << declared;
    EXPECT_THAT(got.warnings[0].reason, HasSubstr("is EBCDIC: read as IBM1047")) << declared;
  }
}

// A bug once: a feed that named a set which ICU does not know was read as IBM1047.
TEST(EbcdicTest, SetsThatIcuDoesNotKnowAreReadByTheSystemOrRefusedByName) {
  // Their letters stand where those of IBM500 do, and these differ from IBM1047 in the brackets.
  for (const char* declared : {"EBCDIC-INT", "ebcdic-be"}) {
    std::string bytes =
        InCharset("IBM500", "<?xml version=\"1.0\" encoding=\"" + std::string(declared) +
                                "\"?><rss><channel><item><guid>urn:x:1</guid><title>Quai "
                                "@</title></item></channel></rss>");
    bytes.replace(bytes.find('\x7c'), 1, "\x4a");
    const Collected got = ReadAs(Format::kRss, bytes);
    EXPECT_THAT(got.rejects, IsEmpty()) << declared;
    EXPECT_THAT(got.warnings, IsEmpty()) << declared;
    ASSERT_THAT(got.articles, SizeIs(1)) << declared;
    EXPECT_EQ(got.articles[0].headline(), "Quai [") << declared;
  }
  for (const char* declared :
       {"ebcdic-international", "EBCDIC-XX", "IBM99999", "csEBCDICnowhere", "cp99037"}) {
    const Collected got = ReadAs(Format::kRss, InCharset("IBM500", FeedThatDeclares(declared)));
    EXPECT_THAT(got.articles, IsEmpty()) << declared;
    ASSERT_THAT(got.rejects, SizeIs(1)) << declared;
    EXPECT_THAT(got.rejects[0].reason, HasSubstr("declares " + std::string(declared))) << declared;
  }
}

TEST(EbcdicTest, OtherTextsAreRefusedWithTheNameOfTheSet) {
  for (const char* text :
       {"The council of Brackwater voted on Tuesday to rebuild the old harbour wall.\n",
        "<html><head><title>Wall</title></head><body><p>The council voted.</p></body></html>",
        "<rss><channel><item><title>Wall</title></item></channel></rss>",
        "{\"headline\": \"Wall\", \"body\": \"The council of Brackwater voted.\"}"}) {
    const std::string bytes = InCharset("IBM037", text);
    const absl::StatusOr<Detected> detected = DetectFormat(bytes, false);
    ASSERT_FALSE(detected.ok()) << text;
    EXPECT_THAT(std::string(detected.status().message()), HasSubstr("iconv -f IBM037")) << text;
    for (const Format format : {Format::kText, Format::kHtml}) {
      const Collected got = ReadAs(format, bytes);
      EXPECT_THAT(got.articles, IsEmpty()) << text;
      ASSERT_THAT(got.rejects, SizeIs(1)) << text;
      EXPECT_THAT(got.rejects[0].reason, HasSubstr("EBCDIC")) << text;
    }
  }
}

TEST(EbcdicTest, TextsInOtherCharacterSetsAreNone) {
  const std::string russian =
      "\u0421\u043e\u0432\u0435\u0442 \u0433\u043e\u0440\u043e\u0434\u0430 "
      "\u0440\u0435\u0448\u0438\u043b "
      "\u043f\u043e\u0441\u0442\u0440\u043e\u0438\u0442\u044c \u0441\u0442\u0435\u043d\u0443";
  const std::string japanese =
      "\u6e2f\u306e\u58c1\u306f\u6765\u5e74\u306e\u6625\u306b\u5efa\u3066\u76f4\u3055\u308c\u308b"
      "\u3053\u3068\u306b"
      "\u306a\u3063\u305f";
  for (const char* charset : {"utf-8", "koi8-r", "windows-1251", "ibm866", "iso-8859-5"}) {
    EXPECT_FALSE(markup::LooksLikeEbcdic(InCharset(charset, russian))) << charset;
  }
  for (const char* charset : {"utf-8", "shift_jis", "euc-jp", "gb18030"}) {
    EXPECT_FALSE(markup::LooksLikeEbcdic(InCharset(charset, japanese))) << charset;
  }
  EXPECT_FALSE(markup::LooksLikeEbcdic("Later that day the council of Brackwater voted."));
  EXPECT_FALSE(markup::LooksLikeEbcdic("@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@"));
  EXPECT_FALSE(markup::LooksLikeEbcdic(""));
}

}  // namespace
}  // namespace broadsheet::sources
