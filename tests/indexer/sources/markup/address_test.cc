// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/markup/address.h"

#include <gtest/gtest.h>

namespace broadsheet::sources::markup {
namespace {

TEST(AddressTest, PagesAreAtAddressesOfTheWeb) {
  for (const char* address : {"https://a.example/", "http://a.example", "HTTP://a.example/1?q#f"}) {
    EXPECT_TRUE(IsWebAddress(address)) << address;
  }
  for (const char* address : {"file:///srv/1.html", "ftp://a.example/1", "https://", "http:a", "/a",
                              "urn:x:1", "javascript:x", "https://a b.example/", ""}) {
    EXPECT_FALSE(IsWebAddress(address)) << address;
  }
}

TEST(AddressTest, ReferencesAreResolvedAsTheStandardSays) {
  const struct {
    const char* reference;
    const char* address;
  } kRows[] = {
      // RFC 3986, sections 5.4.1 and 5.4.2.
      {"g:h", "g:h"},
      {"g", "http://a/b/c/g"},
      {"./g", "http://a/b/c/g"},
      {"g/", "http://a/b/c/g/"},
      {"/g", "http://a/g"},
      {"//g", "http://g"},
      {"?y", "http://a/b/c/d;p?y"},
      {"g?y", "http://a/b/c/g?y"},
      {"#s", "http://a/b/c/d;p?q#s"},
      {"g#s", "http://a/b/c/g#s"},
      {"g?y#s", "http://a/b/c/g?y#s"},
      {";x", "http://a/b/c/;x"},
      {"g;x", "http://a/b/c/g;x"},
      {"g;x?y#s", "http://a/b/c/g;x?y#s"},
      {"", "http://a/b/c/d;p?q"},
      {".", "http://a/b/c/"},
      {"./", "http://a/b/c/"},
      {"..", "http://a/b/"},
      {"../", "http://a/b/"},
      {"../g", "http://a/b/g"},
      {"../..", "http://a/"},
      {"../../", "http://a/"},
      {"../../g", "http://a/g"},
      {"../../../g", "http://a/g"},
      {"../../../../g", "http://a/g"},
      {"/./g", "http://a/g"},
      {"/../g", "http://a/g"},
      {"g.", "http://a/b/c/g."},
      {".g", "http://a/b/c/.g"},
      {"g..", "http://a/b/c/g.."},
      {"..g", "http://a/b/c/..g"},
      {"./../g", "http://a/b/g"},
      {"./g/.", "http://a/b/c/g/"},
      {"g/./h", "http://a/b/c/g/h"},
      {"g/../h", "http://a/b/c/h"},
      {"g?y/../x", "http://a/b/c/g?y/../x"},
      {"g#s/../x", "http://a/b/c/g#s/../x"},
      {" g\n", "http://a/b/c/g"},
  };
  for (const auto& row : kRows) {
    EXPECT_EQ(ResolveAddress("http://a/b/c/d;p?q#f", row.reference), row.address) << row.reference;
  }
  EXPECT_EQ(ResolveAddress("http://a", "g"), "http://a/g");
  EXPECT_EQ(ResolveAddress("urn:x:1", "g"), "g");
  EXPECT_EQ(ResolveAddress("", "/g"), "/g");
  EXPECT_EQ(ResolveAddress("/a/", "/g"), "/g");
}

// A bug once: an address with a blank or a line break was dropped, and "javascript:" was one.
TEST(AddressTest, WhatPeopleWriteIsReadAsBrowsersDo) {
  const struct {
    const char* reference;
    const char* address;
  } kRows[] = {
      {"https://q.example/a b/1", "https://q.example/a%20b/1"},
      {"https://q.example/a\n  b/1\n", "https://q.example/ab/1"},
      {"https://q.example/a \r\n", "https://q.example/a"},
      {"/a b?c d", "http://a/a%20b?c%20d"},
      {"//q.example/a b", "http://q.example/a%20b"},
  };
  for (const auto& row : kRows) {
    EXPECT_EQ(ResolveAddress("http://a/b/", row.reference), row.address);
    EXPECT_TRUE(IsAbsoluteAddress(ResolveAddress("http://a/b/", row.reference)));
  }
  for (const char* words :
       {"see there", "Ferry: it stops", "https://q.example/1 https://q.example/2",
        "javascript:alert(1)", "JavaScript:void(0)", "data:text/html,x", "mailto:a@q.example"}) {
    EXPECT_FALSE(IsAbsoluteAddress(ResolveAddress("http://a/b/", words))) << words;
  }
}

}  // namespace
}  // namespace broadsheet::sources::markup
