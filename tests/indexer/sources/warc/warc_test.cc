// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/warc/warc.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "indexer/sources/warc/digest.h"
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
  const SourceHooks hooks = {.on_rules = {}, .on_warning = [&](Warning&& warning) {
                               collected.warnings.push_back(std::move(warning));
                             }};
  WarcSource source(
      &collected.counts,
      [](const html::HtmlPage& page) -> absl::StatusOr<html::HtmlArticle> {
        html::HtmlArticle read;
        read.article.set_body(std::string(page.bytes));
        read.article.set_language(std::string(page.charset));
        read.article.set_url(std::string(page.url));
        return read;
      },
      hooks);
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

std::vector<std::string> Bodies(const Collected& got) {
  std::vector<std::string> bodies;
  for (const v1::Article& article : got.articles) bodies.push_back(article.body());
  return bodies;
}

// A bug once: the first damage ended the reading of an archive, or swallowed what came behind it.
TEST(WarcTest, DamagedRecordCostsNothingButItself) {
  const std::string one = WarcRecord("response", Http(kHtml, "<p>one"));
  const std::string two = WarcRecord("response", Http(kHtml, "<p>two"));
  const std::string three = WarcRecord("response", Http(kHtml, "<p>three"));
  std::string no_head = two;
  no_head.replace(0, 4, "WXRC");
  std::string no_length = two;
  no_length.replace(no_length.find("Length: "), 9, "Length: x");
  std::string too_long = two;
  too_long.replace(too_long.find("Length: "), 8, "Length: 7");
  std::string far_too_long = two;
  far_too_long.replace(far_too_long.find("Length: "), 8, "Length: 777777777");
  const std::pair<const char*, std::string> kRows[] = {
      {"a head that is none", no_head},
      {"no length", no_length},
      {"a length that is too large", too_long},
      {"a length beyond the end", far_too_long},
      {"content that is cut", two.substr(0, two.size() - 8)},
      {"a head that is cut", two.substr(0, 40) + "\r\n\r\n"},
      {"a head that is cut at a line", two.substr(0, two.find("Content-Type"))},
      {"a head that is cut within a line", two.substr(0, two.find("example"))},
  };
  for (const auto& [what, damaged] : kRows) {
    const Collected got = ReadWarc(one + damaged + three);
    EXPECT_THAT(Bodies(got), ElementsAre("<p>one", "<p>three")) << what;
    ASSERT_EQ(got.rejects.size(), 1U) << what;
    EXPECT_EQ(got.rejects[0].lost, 1U) << what;
    EXPECT_THAT(got.rejects[0].reason, HasSubstr("record ")) << what;
  }
  const Collected behind = ReadWarc(one + "garbage\n" + two);
  EXPECT_THAT(Bodies(behind), ElementsAre("<p>one", "<p>two"));
  ASSERT_EQ(behind.rejects.size(), 1U);
  EXPECT_THAT(behind.rejects[0].reason, HasSubstr("8 bytes behind record 1 are no record"));
}

// A bug once: the third record was missing, and nothing was said.
TEST(WarcTest, DamagedMemberOfGzipCostsNothingButItsRecord) {
  const auto packed = [](const std::string& body) {
    return Pack(WarcRecord("response", Http(kHtml, body)), Packing::kGzip);
  };
  const std::string second = packed("<p>two");
  for (size_t at = 0; at < second.size(); ++at) {
    std::string damaged = second;
    damaged[at] = static_cast<char>(damaged[at] ^ 0x20);
    const Collected got = ReadWarc(packed("<p>one") + damaged + packed("<p>three"));
    std::vector<std::string> bodies = Bodies(got);
    ASSERT_GE(bodies.size(), 2U) << at;
    EXPECT_EQ(bodies.front(), "<p>one") << at;
    EXPECT_EQ(bodies.back(), "<p>three") << at;
    if (bodies.size() == 3) {
      // A time or the like in the head of the member, which is no data.
      EXPECT_EQ(bodies[1], "<p>two") << at;
      EXPECT_THAT(got.rejects, IsEmpty()) << at;
    } else {
      // Wrong bytes may have spoilt the record's head before the damage was noticed.
      ASSERT_FALSE(got.rejects.empty()) << at;
      EXPECT_EQ(got.rejects[0].lost, 1U) << at;
      EXPECT_THAT(got.rejects.back().reason, HasSubstr("the packed data is damaged")) << at;
    }
  }
}

TEST(WarcTest, DamagedArcGoesOnWithTheNextRecord) {
  const auto record = [](const std::string& body, const std::string& length) {
    const std::string page = Http("Content-Type: text/html", body);
    return "http://a.example/ 1.2.3.4 20140216050221 text/html " +
           (length.empty() ? std::to_string(page.size()) : length) + "\n" + page + "\n";
  };
  for (const char* length : {"x", "9", "400", "40000"}) {
    const Collected got = ReadWarc(record("<p>one", "") + record("<p>two", length) +
                                   record("<p>three", "") + record("<p>four", ""));
    EXPECT_THAT(Bodies(got), ::testing::IsSupersetOf({"<p>one", "<p>three", "<p>four"})) << length;
    EXPECT_FALSE(got.rejects.empty()) << length;
  }
}

// Each record claims all of the rest, so that a reader could read the rest again for each.
TEST(WarcTest, RecordsWithinRecordsAreReadInBoundedTime) {
  std::string archive;
  for (int i = 0; i < 100'000; ++i) {
    archive += "WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 33000000\r\n\r\n";
  }
  const Collected got = ReadWarc(archive);
  EXPECT_THAT(got.articles, IsEmpty());
  EXPECT_FALSE(got.rejects.empty());
}

// Bugs once: behind a chunk whose size cannot be read nothing was read, and a page without a
// Content-Type was passed over.
TEST(WarcTest, BadChunkSizesAndMissingTypesLoseNothing) {
  const std::string html = kHtml;
  const std::string chunks = "5\r\n<p>ch\r\nzz\r\nunks\r\n3\r\nend\r\n";
  for (const std::string end : {"0\r\n\r\n", "0x\r\n"}) {
    const Collected got = ReadWarc(
        WarcRecord("response", Http(html + "\r\nTransfer-Encoding: chunked", chunks + end)));
    ASSERT_EQ(got.articles.size(), 1U) << end;
    EXPECT_EQ(got.articles[0].body(), "<p>chunksend");
  }
  const Collected untyped =
      ReadWarc(WarcRecord("response", Http("Server: x", "\n<!DOCTYPE html><p>page")) +
               WarcRecord("response", Http("Server: x", "<rss><channel>")) +
               WarcRecord("response", Http("Server: x", "{}")));
  ASSERT_EQ(untyped.articles.size(), 1U);
  EXPECT_THAT(untyped.articles[0].body(), HasSubstr("page"));
}

TEST(WarcTest, ResponsesThatBreakOffAreReadAndTold) {
  const std::string packed = Pack(std::string(1000, 'x') + "<p>packed", Packing::kGzip);
  const std::string html = kHtml;
  const std::pair<std::string, const char*> kRows[] = {
      {Http(html + "\r\nContent-Length: 100", "<p>half"), "7 of 100 bytes are there"},
      {Http(html + "\r\nTransfer-Encoding: chunked", "5\r\n<p>ch\r\n9\r\nun"),
       "its last chunk is missing"},
      {Http(html + "\r\nTransfer-Encoding: chunked",
            "5\r\n<p>ch\r\nzz\r\nunks\r\n3\r\nend\r\n0\r\n\r\n"),
       "the size of a chunk cannot be read"},
      {Http(html + "\r\nTransfer-Encoding: chunked", "?\r\n<p>ch\r\n3\r\nend\r\n0\r\n\r\n"),
       "the size of a chunk cannot be read"},
      {Http(html + "\r\nContent-Encoding: gzip", packed.substr(0, packed.size() - 9)),
       "the packed data breaks off"},
      {Http(html + "\r\nContent-Encoding: br", std::string("\x0b\x02\x80<p>b", 7)),
       "the packed data breaks off"},
  };
  for (const auto& [response, cut] : kRows) {
    const Collected got = ReadWarc(WarcRecord("response", response));
    EXPECT_EQ(got.articles.size(), 1U) << cut;
    ASSERT_EQ(got.warnings.size(), 1U) << cut;
    EXPECT_THAT(got.warnings[0].reason, HasSubstr(cut));
    EXPECT_EQ(got.warnings[0].place.input, "crawl record 1");
  }
  const auto with = [&](const std::string& header) {
    std::string record = WarcRecord("response", Http(html, "<p>page"));
    record.insert(record.find("Content-Type:"), header + "\r\n");
    return ReadWarc(record).warnings;
  };
  EXPECT_THAT(with("WARC-Truncated: length")[0].reason, HasSubstr("only the beginning"));
  EXPECT_THAT(with("WARC-Segment-Number: 1")[0].reason, HasSubstr("goes on in other records"));
  EXPECT_THAT(with("WARC-Block-Digest: sha1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")[0].reason,
              HasSubstr("does not have the digest"));
  EXPECT_THAT(with("WARC-Block-Digest: crc9:AAAA"), IsEmpty());
}

TEST(WarcTest, DigestsInAllWritingsAreChecked) {
  for (const char* digest :
       {"sha1:VGMT4NSHA2AWVOR6EVYXQUGCNSONBWE5", "sha1:A9993E364706816ABA3E25717850C26C9CD0D89D",
        "SHA-1:a9993e364706816aba3e25717850c26c9cd0d89d", "md5:900150983cd24fb0d6963f7d28e17f72",
        "sha256:XJ4BNP4PAHH6UQKBIDPF3LRCEOYAGYNDSYLXVHFUCD7WD4QACWWQ====",
        "unknown:900150983cd24fb0d6963f7d28e17f72", "none"}) {
    EXPECT_FALSE(warc::ContradictsDigest("abc", digest)) << digest;
  }
  EXPECT_TRUE(warc::ContradictsDigest("abd", "sha1:VGMT4NSHA2AWVOR6EVYXQUGCNSONBWE5"));
}

TEST(WarcTest, BodiesPackedAsZstdAndSeveralTimesAreUnpacked) {
  const std::string html = kHtml;
  const std::string page = "<p>" + std::string(3000, 'x');
  const std::string zstd = Pack(page, Packing::kZstd);
  const std::string twice = Pack(Pack(page, Packing::kGzip), Packing::kZstd);
  for (const std::string& response :
       {Http(html + "\r\nContent-Encoding: zstd", zstd),
        Http(html + "\r\nContent-Encoding: gzip, zstd", twice),
        Http(html + "\r\nContent-Encoding: GZIP\r\nContent-Encoding: zstd", twice),
        Http(html + "\r\nContent-Encoding: identity, zstd", zstd)}) {
    const Collected got = ReadWarc(WarcRecord("response", response));
    EXPECT_THAT(Bodies(got), ElementsAre(page));
    EXPECT_THAT(got.warnings, IsEmpty());
  }
  const auto reason = [&](const std::string& encoding, const std::string& body) {
    const Collected got =
        ReadWarc(WarcRecord("response", Http(html + "\r\nContent-Encoding: " + encoding, body)));
    return got.rejects.size() == 1 ? got.rejects[0].reason : "read";
  };
  EXPECT_THAT(reason("zstd", Pack(std::string(40 << 20, 'x'), Packing::kZstd)),
              HasSubstr("unpacks to more than"));
  EXPECT_THAT(reason("zstd", "no zstd"), HasSubstr("damaged"));
  EXPECT_THAT(reason("gzip, gzip, gzip, gzip, gzip", "x"), HasSubstr("again and again"));
  EXPECT_THAT(reason("compress", "x"), HasSubstr("\"compress\", which is not known"));
}

TEST(WarcTest, RevisitsAndContinuationsAreCounted) {
  const Collected got = ReadWarc(WarcRecord("revisit", Http(kHtml, "")) +
                                 WarcRecord("continuation", "rest") + WarcRecord("metadata", "x"));
  EXPECT_THAT(got.rejects, IsEmpty());
  EXPECT_THAT(got.counts.skipped, UnorderedElementsAre(Pair("revisit", 1U), Pair("metadata", 1U),
                                                       Pair("continuation", 1U)));
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
