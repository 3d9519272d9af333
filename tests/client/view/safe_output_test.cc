// SPDX-License-Identifier: GPL-3.0-or-later
// What an article holds reaches no terminal as a command or as a disguise.
#include "client/view/safe_output.h"

#include <gtest/gtest.h>

#include <sstream>
#include <string>

#include "client/view/terminal.h"
#include "client/view/web_address.h"
#include "tests/client/program_fixture.h"

namespace broadsheet::client {
namespace {

TEST(SafeOutputTest, MarksThatHideOrTurnTextAreShownAsNumbers) {
  EXPECT_EQ(WithMarksShown("a\u202Eb\u2066c\u0085d\u200Be"),
            "a<U+202E>b<U+2066>c<U+0085>d<U+200B>e");
  EXPECT_EQ(WithMarksShown("\x1b]0;title\x07"), "<U+001B>]0;title<U+0007>");
  EXPECT_EQ(WithMarksShown("\x1b[2Jx"), "<U+001B>[2Jx");
}

TEST(SafeOutputTest, StylesAndScriptsThatNeedJoinersStay) {
  for (const char* text :
       {"\x1b[1;31mMill\x1b[0m", "\r\x1b[K 12 %", "می\u200cخواهم", "الفجر\n\tעברית"}) {
    EXPECT_EQ(WithMarksShown(text), text);
  }
}

TEST(SafeOutputTest, JsonKeepsMarksAsEscapes) {
  EXPECT_EQ(WithMarksEscaped("{\"a\":\"b\u2067c\U000E0041\"}\n"),
            "{\"a\":\"b\\u2067c\\udb40\\udc41\"}\n");
}

TEST(SafeOutputTest, AMarkInTwoPiecesIsShown) {
  std::ostringstream to;
  {
    SafeBuffer buffer(to);
    std::ostream out(&buffer);
    out << "a\xe2\x80"
        << "\xae" << 'b' << 7 << '\n'
        << "rest";
    EXPECT_EQ(to.str(), "a<U+202E>b7\n");
    out << std::flush;
    EXPECT_EQ(to.str(), "a<U+202E>b7\nrest");
  }
}

TEST(SafeOutputTest, AFailureOfTheStreamIsPassedOn) {
  std::ostringstream to;
  to.setstate(std::ios::badbit);
  SafeBuffer buffer(to);
  std::ostream out(&buffer);
  out << "line\n" << std::flush;
  EXPECT_FALSE(out.good());
}

TEST(SafeOutputTest, SanitizedTextLosesItsMarks) {
  EXPECT_EQ(Sanitized("gnp.\u202Eexe\u202C \u2067stop\u2069 a\x1b[31mb\u0085c"),
            "gnp.exe stop a [31mb c");
}

// A bug once: U+202E in a headline, a byline or an id turned round the rest of a reader's line.
TEST_F(ProgramTest, NoMarkOfAnArticleReachesTheTerminal) {
  v1::Hit* hit = AddHit("id\u202Etxt", "Mill\u202E turns\u2066");
  hit->mutable_article()->add_bylines()->set_name("Jane\u202D Doe");
  hit->mutable_article()->set_source("Gazette\u009b31m");
  hit->mutable_article()->add_tags("a\u2067b");
  hit->set_explanation("why\u202B");
  v1::Fragment* fragment = hit->add_fragments();
  fragment->set_field("body");
  fragment->add_segments()->set_text("It\u202E turns");
  v1::Notice* notice = server_.script()->response.add_notices();
  notice->set_message("no \u202Eword");
  for (const char* output : {"text", "json", "jsonl", "ids"}) {
    const Result result = Run({"search", "mill", "--output", output});
    for (const std::string& mark :
         {std::string("\u202E"), std::string("\u202D"), std::string("\u202B"),
          std::string("\u2066"), std::string("\u2067"), std::string("\u009b")}) {
      EXPECT_EQ((result.out + result.err).find(mark), std::string::npos) << output;
    }
  }
  EXPECT_NE(Run({"search", "mill"}).out.find("Mill turns"), std::string::npos);
  EXPECT_EQ(Run({"search", "mill", "--output", "ids"}).out, "id<U+202E>txt\n");
}

TEST(SafeOutputTest, LinksOfTheClientPassAndOthersDoNot) {
  const std::string link = Terminal(true, 80, true).Linked("https://a.example/", "boat");
  EXPECT_EQ(WithMarksShown(link), link);
  EXPECT_EQ(Terminal(true, 80).Linked("https://a.example/", "boat"), "boat");
  for (const std::string& bad :
       {std::string("\x1b]8;;file:///etc\x1b\\x"), std::string("\x1b]8;;https://a b\x1b\\"),
        std::string("\x1b]0;title\x1b\\"), std::string("\x1b]8;x=y;https://a.b\x1b\\"),
        std::string("\x1b]8;;https://a.b\x1b[2J\x1b\\"), std::string("\x1b]8;;https://a.b")}) {
    EXPECT_EQ(WithMarksShown(bad).find('\x1b'), std::string::npos) << bad;
  }
}

TEST(SafeOutputTest, OnlyAddressesOfTheWebAreLinks) {
  EXPECT_EQ(WebAddress("https://a.example/ü"), "https://a.example/%C3%BC");
  EXPECT_EQ(WebAddress("HTTP://a.example"), "HTTP://a.example");
  EXPECT_EQ(WebAddress("javascript:x"), "");
  EXPECT_EQ(WebAddress("https://a\x1b\\"), "");
  EXPECT_EQ(WebAddress("https://" + std::string(3000, 'a')), "");
}

}  // namespace
}  // namespace broadsheet::client
