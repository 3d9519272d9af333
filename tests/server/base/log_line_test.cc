// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/base/log_line.h"

#include <gtest/gtest.h>

namespace broadsheet::server {
namespace {

const absl::Time kLogged = absl::FromUnixMillis(1'700'000'000'123);

TEST(LogLineTest, ASentenceHasItsTimeWithTheZone) {
  EXPECT_EQ(LogMessage(LogFormat::kText, kLogged, "info", "stopped"),
            "2023-11-14T22:13:20.123Z info stopped");
  EXPECT_EQ(LogMessage(LogFormat::kJson, kLogged, "info", "it said \"no\"\nand went"),
            R"({"time":"2023-11-14T22:13:20.123Z","level":"info",)"
            R"("message":"it said \"no\"\u000aand went"})");
}

// Whoever can name a file could otherwise write lines that look like the server's.
TEST(LogLineTest, ASentenceStaysOnItsLine) {
  EXPECT_EQ(LogMessage(LogFormat::kText, kLogged, "error", "a\n2023 info b"),
            "2023-11-14T22:13:20.123Z error a 2023 info b");
}

TEST(LogLineTest, FieldsAreQuotedWhereTheyHaveTo) {
  LogLine text(LogFormat::kText, kLogged, "access");
  text.Add("method", "Search").Add("peer", "a b=\"c\"").Add("ms", 1.25).Add("hits", int64_t{3});
  EXPECT_EQ(text.Take(),
            "2023-11-14T22:13:20.123Z access method=Search peer=\"a b=\\\"c\\\"\" ms=1.250 hits=3");
  LogLine json(LogFormat::kJson, kLogged, "access");
  json.Add("method", "Search").AddFlag("filtered", true).Add("ms", 1.25).Add("hits", int64_t{3});
  EXPECT_EQ(json.Take(), R"({"time":"2023-11-14T22:13:20.123Z","level":"access","method":"Search",)"
                         R"("filtered":true,"ms":1.250,"hits":3})");
}

}  // namespace
}  // namespace broadsheet::server
