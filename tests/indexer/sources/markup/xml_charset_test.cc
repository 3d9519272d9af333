// SPDX-License-Identifier: GPL-3.0-or-later
// XML in any character set, whatever it declares.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>

#include "engine/text/clean.h"
#include "engine/text/utf8.h"
#include "tests/indexer/sources/collected.h"

namespace broadsheet::sources {
namespace {

using ::broadsheet::testing::Collected;
using ::broadsheet::testing::ReadAs;
using ::testing::IsEmpty;
using ::testing::StartsWith;

// A feed of one item whose title is `title`, with ASCII of `before` bytes in front of it.
std::string FeedIn(const std::string& charset, const std::string& title, size_t before = 0) {
  const std::string declared = charset.empty() ? "" : " encoding=\"" + charset + "\"";
  return "<?xml version=\"1.0\"" + declared + "?>\n<rss><channel><title>" +
         std::string(before, 'x') + "</title>\n<item><title>" + title +
         "</title><guid>urn:x:1</guid></item></channel></rss>";
}

std::string HeadlineOf(const Collected& got) {
  EXPECT_THAT(got.rejects, IsEmpty());
  return got.articles.size() == 1 ? got.articles[0].headline() : "no article";
}

std::string Headline(const std::string& charset, const std::string& title, size_t before = 0) {
  return HeadlineOf(ReadAs(Format::kRss, FeedIn(charset, title, before)));
}

// UTF-8 that is declared as another set was indexed as "FÃ¤hre".
TEST(XmlCharsetTest, Utf8IsSeenWhateverIsDeclared) {
  for (const char* declared : {"iso-8859-1",   "ISO_8859-1", "us-ascii",       "windows-1252",
                               "windows-1251", "utf-16",     "UTF-16LE",       "ucs-2",
                               "unicode",      "x-sjis",     "ks_c_5601-1987", "unicode-1-1-utf-8",
                               "macintosh",    "gb2312",     "klingon",        "",
                               "utf8",         "big5",       "none",           "iso-8859-16"}) {
    const std::string title = "Fähre – „Fluß“ 港";
    EXPECT_EQ(Headline(declared, title), title) << declared;
    EXPECT_EQ(Headline(declared, title, 200'000), title) << declared << ", far behind";
  }
}

TEST(XmlCharsetTest, NamesOfVendorsAreKnown) {
  const struct {
    const char* charset;
    const char* bytes;
    const char* title;
  } kRows[] = {
      {"iso-8859-1", "F\xe4hre \x96 \x84Hafen\x93", "Fähre – „Hafen“"},
      {"us-ascii", "it\x92s d\xe9j\xe0 vu", "it’s déjà vu"},
      {"windows-1252", "d\xe9j\xe0 vu", "déjà vu"},
      {"x-cp1252", "d\xe9j\xe0 vu", "déjà vu"},
      {"latin1", "d\xe9j\xe0 vu", "déjà vu"},
      {"macintosh", "d\x8ej\x88 vu", "déjà vu"},
      {"x-mac-roman", "d\x8ej\x88 vu", "déjà vu"},
      {"iso-8859-15", "10 \xa4", "10 €"},
      {"l9", "10 \xa4", "10 €"},
      {"windows-1251", "\xcf\xe0\xf0\xee\xec", "Паром"},
      {"win1251", "\xcf\xe0\xf0\xee\xec", "Паром"},
      {"koi8-r", "\xf0\xc1\xd2\xcf\xcd", "Паром"},
      {"koi", "\xf0\xc1\xd2\xcf\xcd", "Паром"},
      {"866", "\x8f\xa0\xe0\xae\xac", "Паром"},
      {"iso-ir-144", "\xbf\xd0\xe0\xde\xdc", "Паром"},
      {"latin2", "p\xf8\xedstav", "přístav"},
      {"x-sjis", "\x8d\x60", "港"},
      {"ms_kanji", "\x8d\x60", "港"},
      {"shift-jis", "\x8d\x60 \x87\x40", "港 ①"},
      {"x-euc-jp", "\xb9\xc1", "港"},
      {"iso-2022-jp", "\x1b$B9A\x1b(B", "港"},
      {"gb2312", "\xb8\xdb", "港"},
      {"x-gbk", "\xb8\xdb", "港"},
      {"gb18030", "\xb8\xdb", "港"},
      {"big5-hkscs", "\xb4\xe4", "港"},
      {"x-x-big5", "\xb4\xe4", "港"},
      {"ks_c_5601-1987", "\xc7\xd7", "항"},
      {"korean", "\xc7\xd7", "항"},
      {"windows-1255", "\xf0\xee\xec", "נמל"},
      {"iso-8859-8-i", "\xf0\xee\xec", "נמל"},
      {"tis-620", "\xb7\xe8\xd2", "ท่า"},
      {"utf-16", "d\xe9j\xe0 vu", "déjà vu"},
  };
  for (const auto& row : kRows) {
    EXPECT_EQ(Headline(row.charset, row.bytes), row.title) << row.charset;
    EXPECT_EQ(Headline(row.charset, row.bytes, 150'000), row.title) << row.charset;
  }
}

std::string Wide(const std::string& ascii, size_t width, bool big) {
  std::string wide;
  for (const char c : ascii) {
    const std::string zeros(width - 1, '\0');
    wide += big ? zeros + c : c + zeros;
  }
  return wide;
}

TEST(XmlCharsetTest, WideCharactersAreReadWithAndWithoutAMark) {
  for (const char* declared : {"utf-16", "utf-8", "iso-8859-1", ""}) {
    const std::string feed = FeedIn(declared, "Ferry");
    const std::string kForms[] = {
        Wide(feed, 2, false),
        Wide(feed, 2, true),
        "\xff\xfe" + Wide(feed, 2, false),
        "\xfe\xff" + Wide(feed, 2, true),
        std::string("\xff\xfe\0\0", 4) + Wide(feed, 4, false),
        Wide(feed, 4, true),
        "\xef\xbb\xbf" + feed,
    };
    for (const std::string& form : kForms) {
      const Collected got = ReadAs(Format::kRss, form);
      EXPECT_EQ(HeadlineOf(got), "Ferry") << form.substr(0, 20);
    }
  }
  const std::string pair = std::string("\x3d\xd8\x00\xde", 4);
  const std::string feed = FeedIn("utf-16", "@");
  const size_t at = feed.find('@');
  EXPECT_EQ(HeadlineOf(ReadAs(Format::kRss, Wide(feed.substr(0, at), 2, false) + pair +
                                                Wide(feed.substr(at + 1), 2, false))),
            "😀");
}

TEST(XmlCharsetTest, OtherSetsThatSayTheyAreUtf8AreDetected) {
  const std::string title =
      "Паром ходит от города к острову каждый день, и на нём возят хлеб, почту и газеты";
  const std::string russian =
      "\xcf"
      "\xe0"
      "\xf0"
      "\xee"
      "\xec"
      " \xf5"
      "\xee"
      "\xe4"
      "\xe8"
      "\xf2"
      " \xee"
      "\xf2"
      " \xe3"
      "\xee"
      "\xf0"
      "\xee"
      "\xe4"
      "\xe0"
      " \xea"
      " \xee"
      "\xf1"
      "\xf2"
      "\xf0"
      "\xee"
      "\xe2"
      "\xf3"
      " \xea"
      "\xe0"
      "\xe6"
      "\xe4"
      "\xfb"
      "\xe9"
      " \xe4"
      "\xe5"
      "\xed"
      "\xfc"
      ", \xe8"
      " \xed"
      "\xe0"
      " \xed"
      "\xb8"
      "\xec"
      " \xe2"
      "\xee"
      "\xe7"
      "\xff"
      "\xf2"
      " \xf5"
      "\xeb"
      "\xe5"
      "\xe1"
      ", \xef"
      "\xee"
      "\xf7"
      "\xf2"
      "\xf3"
      " \xe8"
      " \xe3"
      "\xe0"
      "\xe7"
      "\xe5"
      "\xf2"
      "\xfb"
      "";
  EXPECT_EQ(Headline("utf-8", russian), title);
  EXPECT_EQ(Headline("", russian), title);
}

TEST(XmlCharsetTest, TextOfTwoSetsIsReadAsBoth) {
  EXPECT_EQ(Headline("iso-8859-1", "caf\xe9 – F\xe4hre – Fähre – Fluß – Öl"),
            "café – Fähre – Fähre – Fluß – Öl");
  EXPECT_EQ(Headline("utf-8", "\xed\xa0\xbd\xed\xb8\x80 Fähre"), "😀 Fähre");
  EXPECT_EQ(Headline("utf-8", "it&#146;s &#150; it\xc2\x92s"), "it’s – it’s");
}

// A bug once: a feed whose declaration was wrong was called "not well-formed XML".
TEST(XmlCharsetTest, AssumptionsSayWhatIsWrongAndWhatWasDone) {
  const std::pair<std::string, const char*> kRows[] = {
      {FeedIn("iso-8859-1", "Fähre"), "declares iso-8859-1 but is UTF-8: read as UTF-8"},
      {FeedIn("utf-16", "Fähre"), "declares utf-16 but is UTF-8: read as UTF-8"},
      {FeedIn("utf-8", "F\xe4hre"), "declares utf-8 but is not: read as windows-1252"},
      {FeedIn("klingon", "F\xe4hre"), "declares klingon but is not: read as windows-1252"},
      {FeedIn("", "F\xe4hre"), "declares no character set and is not UTF-8: read as windows-1252"},
  };
  for (const auto& [feed, said] : kRows) {
    const Collected got = ReadAs(Format::kRss, feed);
    EXPECT_THAT(got.rejects, IsEmpty()) << said;
    ASSERT_EQ(got.warnings.size(), 1U) << said;
    EXPECT_EQ(got.warnings[0].reason, said);
    EXPECT_EQ(got.warnings[0].place.line, 0U);
  }
  EXPECT_THAT(ReadAs(Format::kRss, FeedIn("utf-8", "Fähre")).warnings, IsEmpty());
  EXPECT_THAT(ReadAs(Format::kRss, FeedIn("koi8-r", "\xf0\xc1\xd2\xcf\xcd")).warnings, IsEmpty());
}

// Each feed in Latin-1 was said to have bytes that are no UTF-8, which it never claimed to have.
TEST(XmlCharsetTest, WhatIsInItsDeclaredSetHasNoMistake) {
  for (const char* declared : {"iso-8859-1", "latin1", "windows-1252"}) {
    EXPECT_THAT(ReadAs(Format::kRss, FeedIn(declared, "d\xe9j\xe0 vu")).warnings, IsEmpty())
        << declared;
    const Collected far = ReadAs(Format::kRss, FeedIn(declared, "d\xe9j\xe0 vu", 200'000));
    EXPECT_THAT(far.warnings, IsEmpty()) << declared;
    // Other mistakes are still told.
    const Collected bare = ReadAs(Format::kRss, FeedIn(declared, "d\xe9j\xe0 & vu"));
    ASSERT_EQ(bare.warnings.size(), 1U) << declared;
    EXPECT_THAT(bare.warnings[0].reason, ::testing::HasSubstr("\"&\"")) << declared;
  }
}

TEST(XmlCharsetTest, AMistakeInTheMarkupIsSaidBesideAWrongDeclaration) {
  const Collected got = ReadAs(Format::kRss, FeedIn("iso-8859-1", "Fähre & Hafen"));
  ASSERT_EQ(got.warnings.size(), 2U);
  EXPECT_THAT(got.warnings[0].reason, StartsWith("declares iso-8859-1"));
  EXPECT_THAT(got.warnings[1].reason, StartsWith("not well-formed XML: "));
}

TEST(XmlCharsetTest, PlacesAreThoseOfTheInput) {
  for (const auto& [charset, text] : std::initializer_list<std::pair<const char*, const char*>>{
           {"koi8-r", "\xf0\xc1\xd2\xcf\xcd"}, {"utf-8", "Паром"}, {"x-sjis", "\x8d\x60"}}) {
    std::string feed = FeedIn(charset, text);
    const size_t end = feed.find("</channel>");
    feed.insert(end, "\n<item></item>");
    const Collected got = ReadAs(Format::kRss, feed);
    EXPECT_EQ(got.articles.size(), 2U);
    feed.insert(feed.find("<item></item>"), "<item><title>cut");
    const Collected cut = ReadAs(Format::kRss, feed);
    ASSERT_EQ(cut.rejects.size(), 1U);
    EXPECT_EQ(cut.rejects[0].byte_offset, end + 1) << charset;
    EXPECT_EQ(cut.rejects[0].line, 4U);
  }
}

TEST(XmlCharsetTest, ADeclaredNameIsSaidSoThatItCanBePrinted) {
  // The bytes of the declaration came out in the warning as they were.
  const Collected read =
      ReadAs(Format::kRss,
             "<?xml version=\"1.0\" encoding=\"\xff\x1b[2J\x03utf-8\"?><rss><channel><item>"
             "<title>Weir</title></item></channel></rss>");
  ASSERT_EQ(read.warnings.size(), 1U);
  EXPECT_TRUE(text::IsValidUtf8(read.warnings[0].reason));
  EXPECT_FALSE(text::HasControlCharacter(read.warnings[0].reason));
}

}  // namespace
}  // namespace broadsheet::sources
