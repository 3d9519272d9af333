// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/warc/warc.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "indexer/sources/warc/http_response.h"
#include "tests/indexer/sources/collected.h"
#include "tests/indexer/sources/packed.h"

namespace broadsheet::sources {
namespace {

using ::broadsheet::testing::Collected;
using ::broadsheet::testing::Pack;
using ::broadsheet::testing::Packing;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Pair;
using ::testing::UnorderedElementsAre;

// The page as it is, so that tests see what reaches the reader of pages.
Collected ReadWarc(std::string bytes) {
  Collected collected;
  WarcSource source(&collected.counts,
                    [](const html::HtmlPage& page) -> absl::StatusOr<html::HtmlArticle> {
                      html::HtmlArticle read;
                      read.article.set_body(std::string(page.bytes));
                      read.article.set_language(std::string(page.charset));
                      read.article.set_url(std::string(page.url));
                      return read;
                    });
  auto input = Input::OpenBytes(std::move(bytes), "crawl");
  EXPECT_OK(input);
  if (!input.ok()) return collected;
  EXPECT_OK(source.ReadAll(**input, collected.article_sink(), collected.reject_sink()));
  return collected;
}

std::string WarcRecord(const std::string& type, const std::string& content,
                       const std::string& content_type = "application/http; msgtype=response") {
  return "WARC/1.0\r\nWARC-Type: " + type +
         "\r\nWARC-Target-URI: <https://w.example/1>\r\nContent-Type: " + content_type +
         "\r\nContent-Length: " + std::to_string(content.size()) + "\r\n\r\n" + content +
         "\r\n\r\n";
}

std::string Http(const std::string& headers, const std::string& body) {
  return "HTTP/1.1 200 OK\r\n" + headers + "\r\n\r\n" + body;
}

constexpr const char* kHtml = "Content-Type: text/html; charset=\"ISO-8859-1\"";

TEST(WarcTest, HtmlResponsesBecomeArticlesAndTheRestIsCounted) {
  const Collected got = ReadWarc(
      WarcRecord("warcinfo", "software: x", "application/warc-fields") +
      WarcRecord("request", "GET") + WarcRecord("response", Http(kHtml, "<p>page")) +
      WarcRecord("response", Http("Content-Type: image/png", "x")) +
      WarcRecord("response", "HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\nno") +
      WarcRecord("resource", "<p>kept", "text/html"));
  ASSERT_EQ(got.articles.size(), 2U);
  EXPECT_EQ(got.articles[0].body(), "<p>page");
  EXPECT_EQ(got.articles[0].language(), "iso-8859-1");
  EXPECT_EQ(got.articles[0].url(), "https://w.example/1");
  EXPECT_EQ(got.articles[1].body(), "<p>kept");
  EXPECT_THAT(got.rejects, IsEmpty());
  EXPECT_THAT(got.counts.skipped,
              UnorderedElementsAre(Pair("warcinfo", 1U), Pair("request", 1U), Pair("image/png", 1U),
                                   Pair("HTTP status 404", 1U)));
}

// Found by fuzzing: the address went into the article as it was, which no message may hold.
TEST(WarcTest, HeadersThatAreNoTextAreRepaired) {
  std::string page = WarcRecord("response", Http(kHtml, "<p>page"));
  page.replace(page.find("/1>"), 2, "/\xff");
  const Collected got = ReadWarc(page + WarcRecord("kind\xfe", "x"));
  ASSERT_EQ(got.articles.size(), 1U);
  EXPECT_EQ(got.articles[0].url(), "https://w.example/\uFFFD");
  EXPECT_THAT(got.counts.skipped, ElementsAre(Pair("kind\uFFFD", 1U)));
}

TEST(WarcTest, ReadsGzipByRecord) {
  const Collected got =
      ReadWarc(Pack(WarcRecord("response", Http(kHtml, "<p>one")), Packing::kGzip) +
               Pack(WarcRecord("response", Http(kHtml, "<p>two")), Packing::kGzip));
  ASSERT_EQ(got.articles.size(), 2U);
  EXPECT_EQ(got.articles[1].body(), "<p>two");
}

TEST(WarcTest, ReadsArc) {
  const std::string page = Http("Content-Type: text/html", "<p>old");
  const std::string head = "1 0 Capture\nURL IP-address Archive-date Content-type Archive-length\n";
  const Collected got = ReadWarc("filedesc://x.arc 127.0.0.1 20140216050221 text/plain " +
                                 std::to_string(head.size()) + "\n" + head +
                                 "\nhttp://a.example/with space 1.2.3.4 20140216050221 text/html " +
                                 std::to_string(page.size()) + "\n" + page + "\n");
  ASSERT_EQ(got.articles.size(), 1U);
  EXPECT_EQ(got.articles[0].body(), "<p>old");
  EXPECT_EQ(got.articles[0].url(), "http://a.example/with space");
}

TEST(WarcTest, BodiesAreUnchunkedAndUnpacked) {
  const std::string packed = Pack("<p>packed", Packing::kGzip);
  const std::string chunked = "5\r\n<p>ch\r\n4;x=y\r\nunks\r\n0\r\n\r\n";
  const std::string html = kHtml;
  const std::pair<std::string, const char*> kRows[] = {
      {Http(html + "\r\nTransfer-Encoding: chunked", chunked), "<p>chunks"},
      {Http(html + "\r\nTransfer-Encoding: chunked", "<p>not chunked"), "<p>not chunked"},
      {Http(html + "\r\nContent-Encoding: gzip", packed), "<p>packed"},
      {Http(html + "\r\nContent-Encoding: gzip", "<p>unpacked already"), "<p>unpacked already"},
      {Http(html + "\r\nContent-Encoding: br", std::string("\x0b\x02\x80<p>br\x03", 9)), "<p>br"},
  };
  for (const auto& [response, page] : kRows) {
    const Collected got = ReadWarc(WarcRecord("response", response));
    ASSERT_EQ(got.articles.size(), 1U) << page;
    EXPECT_EQ(got.articles[0].body(), page);
  }
}

TEST(WarcTest, TailThatBreaksOffIsReportedAndTheRestKept) {
  const std::string whole = WarcRecord("response", Http(kHtml, "<p>one"));
  for (const size_t cut : {20UL, 130UL, 200UL}) {
    const Collected got = ReadWarc(whole + whole.substr(0, cut));
    EXPECT_EQ(got.articles.size(), 1U);
    ASSERT_EQ(got.rejects.size(), 1U) << cut;
    EXPECT_THAT(got.rejects[0].reason, HasSubstr("record 2: the archive breaks off"));
    EXPECT_THAT(got.rejects[0].reason, HasSubstr("after 1 whole records"));
  }
  const std::string packed = Pack(whole, Packing::kGzip);
  const Collected got = ReadWarc(packed + packed.substr(0, packed.size() / 2));
  EXPECT_EQ(got.articles.size(), 1U) << "what was whole before the break";
  EXPECT_EQ(got.rejects.size(), 1U);
}

TEST(WarcTest, BrokenResponseCostsNothingButItself) {
  const Collected got =
      ReadWarc(WarcRecord("response", "no http") + WarcRecord("response", Http(kHtml, "<p>two")));
  ASSERT_EQ(got.rejects.size(), 1U);
  EXPECT_EQ(got.rejects[0].input, "crawl record 1");
  EXPECT_EQ(got.rejects[0].reason, "no HTTP response");
  EXPECT_EQ(got.articles.size(), 1U);
}

TEST(WarcTest, ResponseThatUnpacksToTooMuchIsRefused) {
  const std::string bomb = Pack(std::string(40 << 20, 'x'), Packing::kGzip);
  const Collected got = ReadWarc(
      WarcRecord("response", Http(std::string(kHtml) + "\r\nContent-Encoding: gzip", bomb)));
  ASSERT_EQ(got.rejects.size(), 1U);
  EXPECT_THAT(got.rejects[0].reason, HasSubstr("unpacks to more than"));
}

}  // namespace
}  // namespace broadsheet::sources
