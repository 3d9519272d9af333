// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/warc/http_response.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_format.h"
#include "tests/indexer/sources/collected.h"
#include "tests/indexer/sources/packed.h"

namespace broadsheet::sources {
namespace {

using ::broadsheet::testing::Collected;
using ::broadsheet::testing::Pack;
using ::broadsheet::testing::Packing;
using ::broadsheet::testing::ReadAs;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

std::string HarbourPage() {
  const std::string story =
      "The council of Brackwater voted on Tuesday to rebuild the old harbour wall, after months of "
      "debate about its cost. Work will begin in spring and last for two years.";
  return "<html><head><title>Wall rises</title></head><body><article><h1>Wall rises</h1><p>" +
         story + "</p><p>" + story + "</p></article></body></html>";
}

std::string ResponseRecord(const std::string& headers, const std::string& body) {
  const std::string http = "HTTP/1.1 200 OK\r\n" + headers + "\r\n" + body;
  return absl::StrFormat(
      "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://w.example/1\r\n"
      "Content-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n",
      http.size(), http);
}

std::string Chunk(const std::string& bytes) {
  return absl::StrFormat("%x\r\n%s\r\n", bytes.size(), bytes);
}

constexpr const char* kChunked = "Content-Type: text/html\r\nTransfer-Encoding: chunked\r\n";

Collected ReadResponse(const std::string& headers, const std::string& body) {
  return ReadAs(Format::kWarc, ResponseRecord(headers, body));
}

// A bug once: only a few beginnings of pages were known.
TEST(HttpResponseTest, PagesWithoutATypeAreTold) {
  const std::string page = HarbourPage();
  for (const std::string& headers :
       {std::string(), std::string("Content-Type:\r\n"), std::string("Content-Type: */*\r\n"),
        std::string("Content-Type: unknown/unknown\r\n"), std::string("Content-Type: text\r\n")}) {
    for (const char* before :
         {"", "\n\n ", "<!doctype html>", "<!-- made by hand -->\n", "<?xml version=\"1.0\"?>\n",
          "<?xml version=\"1.0\"?>\n<!-- x -->\n<!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML "
          "1.0//EN\">",
          "\xef\xbb\xbf", "<meta charset=utf-8>", "<link rel=icon href=/i>"}) {
      const Collected got = ReadResponse(headers, before + page);
      ASSERT_THAT(got.articles, SizeIs(1)) << headers << before;
      EXPECT_EQ(got.articles[0].headline(), "Wall rises") << headers << before;
    }
  }
}

TEST(HttpResponseTest, PagesInUtf16WithoutATypeAreTold) {
  std::string wide = "\xff\xfe";
  for (const char c : HarbourPage()) wide += {c, '\0'};
  const Collected got = ReadResponse("", wide);
  ASSERT_THAT(got.articles, SizeIs(1));
  EXPECT_EQ(got.articles[0].headline(), "Wall rises");
}

TEST(HttpResponseTest, WhatIsNoPageAndHasNoTypeIsCounted) {
  for (const char* body :
       {"{\"a\":1}", "\x89PNG\r\n", "body { margin: 0 }", "<rss><channel/></rss>",
        "<?xml version=\"1.0\"?><rss/>", "<?xml", "", "<"}) {
    const Collected got = ReadResponse("", body);
    EXPECT_THAT(got.articles, IsEmpty()) << body;
    EXPECT_EQ(got.counts.passed_over, 1U) << body;
  }
  // A stated type is believed.
  EXPECT_THAT(ReadResponse("Content-Type: text/plain\r\n", HarbourPage()).articles, IsEmpty());
}

// A bug once: what followed a chunk of the size 0, or a first size that is none, was not told.
TEST(HttpResponseTest, BadChunksAreToldWithTheirRecord) {
  const std::string page = HarbourPage();
  const std::string start = page.substr(0, 200);
  const std::string rest = page.substr(200);
  const struct {
    std::string body;
    const char* told;
  } rows[] = {
      {Chunk(start) + "zz\r\n" + rest + "\r\n0\r\n\r\n", "the size of a chunk cannot be read"},
      {Chunk(start) + "-5\r\n" + rest + "\r\n0\r\n\r\n", "the size of a chunk cannot be read"},
      {Chunk(start) + "ffffffffffffffffff\r\n" + rest + "\r\n0\r\n\r\n",
       "the size of a chunk cannot be read"},
      {"zz\r\n" + page, "the size of its first chunk cannot be read"},
      {Chunk(start) + "0\r\n" + Chunk(rest) + "0\r\n\r\n",
       "chunks follow the one that says to be the last"},
      {Chunk(start) + Chunk(rest), "its last chunk is missing"},
      {Chunk(start) + Chunk(rest).substr(0, 100), "its last chunk is missing"},
  };
  for (const auto& row : rows) {
    const Collected got = ReadResponse(kChunked, row.body);
    std::string reason;
    std::string place;
    for (const Warning& warning : got.warnings) {
      reason = warning.reason;
      place = warning.place.input;
    }
    for (const Reject& reject : got.rejects) {
      reason = reject.reason;
      place = reject.input;
    }
    EXPECT_THAT(reason, HasSubstr(row.told)) << row.body.substr(0, 20);
    EXPECT_EQ(place, "input record 1");
  }
}

TEST(HttpResponseTest, GoodChunksAreNotTold) {
  const std::string page = HarbourPage();
  for (const std::string& body :
       {Chunk(page) + "0\r\n\r\n", Chunk(page) + "0\r\nExpires: now\r\n\r\n",
        Chunk(page.substr(0, 9)) + Chunk(page.substr(9)) + "0\r\n", page}) {
    const Collected got = ReadResponse(kChunked, body);
    EXPECT_THAT(got.articles, SizeIs(1));
    EXPECT_THAT(got.warnings, IsEmpty());
  }
}

// Nothing of a block of zstd can be read before its end.
TEST(HttpResponseTest, AnArchiveCutWithinItsOnlyBlockIsALoss) {
  const std::string packed =
      Pack(ResponseRecord("Content-Type: text/html\r\n", HarbourPage()), Packing::kZstd);
  for (const size_t size : {size_t{5}, packed.size() / 4, packed.size() / 2, packed.size() - 9}) {
    const Collected got = ReadAs(Format::kWarc, packed.substr(0, size));
    EXPECT_THAT(got.articles, IsEmpty()) << size;
    ASSERT_THAT(got.rejects, SizeIs(1)) << size;
    EXPECT_EQ(got.rejects[0].input, "input");
    EXPECT_GE(got.rejects[0].lost, 1U);
    EXPECT_THAT(got.rejects[0].reason, HasSubstr("frame 1 of zstd")) << size;
    EXPECT_THAT(got.rejects[0].reason, HasSubstr("truncated")) << size;
  }
}

}  // namespace
}  // namespace broadsheet::sources
