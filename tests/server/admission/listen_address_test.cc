// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/admission/listen_address.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/testing/status_matchers.h"

namespace broadsheet::server {
namespace {

using broadsheet::testing::IsOk;
using broadsheet::testing::StatusIs;
using ::testing::HasSubstr;

ListenAddress Parsed(const std::string& text) { return ParseListenAddress(text).value(); }

TEST(ListenAddressTest, ThisMachinesAddressesAreLoopback) {
  for (const char* text :
       {"127.0.0.1:6460", "127.8.0.1:1", "localhost:0", "[::1]:6460", "unix:/run/b.sock"}) {
    EXPECT_TRUE(Parsed(text).IsLoopback()) << text;
  }
}

TEST(ListenAddressTest, AllOthersAreNot) {
  for (const char* text : {"0.0.0.0:6460", "[::]:6460", "192.0.2.7:6460", "news.example:6460",
                           "127.0.0.1.example:6460"}) {
    EXPECT_FALSE(Parsed(text).IsLoopback()) << text;
  }
}

TEST(ListenAddressTest, WhatIsNoAddressIsRefusedWithTheForms) {
  for (const char* text : {"", "localhost", ":6460", "127.0.0.1:", "127.0.0.1:http",
                           "127.0.0.1:65536", "::1:6460", "unix:"}) {
    EXPECT_THAT(ParseListenAddress(text),
                StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("HOST:PORT")))
        << text;
  }
}

TEST(ListenAddressTest, ShowsThePortThatWasChosen) {
  EXPECT_EQ(Parsed("127.0.0.1:0").WithPort(41233), "127.0.0.1:41233");
  EXPECT_EQ(Parsed("[::1]:0").WithPort(41233), "[::1]:41233");
  EXPECT_EQ(Parsed("unix:/run/b.sock").WithPort(1), "unix:/run/b.sock");
}

TEST(ListenAddressTest, OtherMachinesNeedTlsOrInsecure) {
  EXPECT_THAT(CheckExposure(Parsed("0.0.0.0:6460"), false, false),
              StatusIs(absl::StatusCode::kFailedPrecondition,
                       AllOf(HasSubstr("--insecure"), HasSubstr("--tls-cert"))));
  EXPECT_THAT(CheckExposure(Parsed("0.0.0.0:6460"), true, false), IsOk());
  EXPECT_THAT(CheckExposure(Parsed("0.0.0.0:6460"), false, true), IsOk());
  EXPECT_THAT(CheckExposure(Parsed("127.0.0.1:6460"), false, false), IsOk());
}

}  // namespace
}  // namespace broadsheet::server
