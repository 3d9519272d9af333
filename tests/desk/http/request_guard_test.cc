// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/http/request_guard.h"

#include <gtest/gtest.h>

namespace broadsheet::desk {
namespace {

int StatusFor(const HttpRequest& request) {
  const RequestGuard guard({"news.example"});
  const auto refused = guard.Refuse(request);
  return refused ? refused->status : 200;
}

TEST(RequestGuardTest, AnswersForNamesThatItKnowsAlone) {
  for (const char* host : {"localhost", "localhost:8080", "127.0.0.1:6480", "[::1]:6480",
                           "news.example", "News.Example:443"}) {
    EXPECT_EQ(StatusFor({.host = host}), 200) << host;
  }
  for (const char* host : {"", "evil.example", "127.0.0.1.evil.example", "news.example.evil"}) {
    EXPECT_EQ(StatusFor({.host = host}), 421) << host;
  }
}

TEST(RequestGuardTest, PagesOfOtherSitesAreRefused) {
  EXPECT_EQ(StatusFor({.host = "localhost:80", .origin = "http://localhost:80"}), 200);
  EXPECT_EQ(StatusFor({.host = "news.example", .origin = "https://news.example"}), 200);
  EXPECT_EQ(StatusFor({.host = "localhost:80", .origin = "http://localhost:81"}), 403);
  EXPECT_EQ(StatusFor({.host = "localhost", .origin = "https://evil.example"}), 403);
  EXPECT_EQ(StatusFor({.host = "localhost", .origin = "null"}), 403);
}

TEST(RequestGuardTest, ATokenHasNoOtherBytesThanGrpcTakes) {
  EXPECT_EQ(StatusFor({.host = "localhost", .authorization = "Bearer abc"}), 200);
  EXPECT_EQ(StatusFor({.host = "localhost", .authorization = "Bearer \xC3\xA9"}), 400);
}

}  // namespace
}  // namespace broadsheet::desk
