// SPDX-License-Identifier: GPL-3.0-or-later
// Nobody there is told at once; who is there and says nothing is waited for as long as was asked.
#include "client/session/connection.h"

#include <gmock/gmock.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <string>
#include <vector>

#include "tests/client/program_fixture.h"
#include "tests/testing/idle_port.h"

namespace broadsheet::client {
namespace {

using std::chrono::steady_clock;
using ::testing::AllOf;
using ::testing::HasSubstr;
using testing::IdlePort;
using ::testing::Not;

class ConnectionTest : public ProgramTest {};

TEST_F(ConnectionTest, ARefusedConnectionIsToldWhateverTheTimeout) {
  const IdlePort port(IdlePort::kRefuses);
  // Were it waited for, this test would take an hour.
  const Result result = Run({"--server", port.address(), "--timeout", "3600", "search", "x"});

  EXPECT_EQ(result.exit_status, 2);
  EXPECT_THAT(result.err,
              AllOf(HasSubstr("no server answers at " + port.address() + " (Connection refused)"),
                    HasSubstr("broadsheetd --index DIR --listen " + port.address())));
  EXPECT_EQ(std::count(result.err.begin(), result.err.end(), '\n'), 1);
}

TEST_F(ConnectionTest, AnAddressThatIsNoneIsToldOnOneLine) {
  for (const std::string address : {"unix:/no/such socket", "dns:///"}) {
    const Result result = Run({"--server", address, "--timeout", "3600", "status"});
    EXPECT_EQ(result.exit_status, 2) << address;
    EXPECT_THAT(result.err, HasSubstr("no server answers at " + address + " ("));
    EXPECT_EQ(std::count(result.err.begin(), result.err.end(), '\n'), 1) << result.err;
  }
  EXPECT_THAT(Run({"--server", "127.0.0.1:99999", "status"}).err, HasSubstr("from 1 to 65535"));
  EXPECT_THAT(Run({"--server", "::1", "status"}).err, HasSubstr("in brackets: [::1]:6460"));
  EXPECT_THAT(Run({"--server", "news", "status"}).err, HasSubstr("write news:6460"));
  EXPECT_THAT(Run({"--server", "http://news:1", "status"}).err, HasSubstr("without http://"));
  EXPECT_THAT(Run({"--server", ":6460", "status"}).err, HasSubstr("it names no host"));
  EXPECT_THAT(Run({"--server", "nowhere.invalid:6460", "status"}).err,
              HasSubstr("there is no host \"nowhere.invalid\""));
  EXPECT_THAT(Run({"--server", "unix:/no/such socket", "status"}).err,
              HasSubstr("--listen 'unix:/no/such socket' "));
}

// The client gave up after .9 seconds, and said that there was no server.
TEST_F(ConnectionTest, ASilentServerIsWaitedForAndToldToBeSilent) {
  IdlePort accepting(16);
  IdlePort full(0);
  full.Crowd(4);
  for (const IdlePort* port : {&accepting, &full}) {
    const auto start = steady_clock::now();
    const Result result = Run({"--server", port->address(), "--timeout", "1", "search", "x"});

    EXPECT_GE(steady_clock::now() - start, std::chrono::milliseconds(990));
    EXPECT_EQ(result.exit_status, 2);
    EXPECT_THAT(result.err, AllOf(HasSubstr("the server at " + port->address() + " is silent"),
                                  HasSubstr("within 1 s"), HasSubstr("--timeout SECONDS"),
                                  Not(HasSubstr("no server")), Not(HasSubstr("start one"))));
    EXPECT_EQ(std::count(result.err.begin(), result.err.end(), '\n'), 1);
  }
}

TEST_F(ConnectionTest, AWriterTellsThatTheServerIsSilent) {
  const IdlePort port(16);
  const std::string file = state_.Write("article.json", R"({"id": "x", "headline": "X"})");
  const Result result = Run({"put", file, "--server", port.address(), "--timeout", "1"});

  EXPECT_EQ(result.exit_status, 2);
  EXPECT_THAT(result.err, HasSubstr("is silent"));
}

TEST_F(ConnectionTest, OneDeadlineHoldsForConnectingAndTheFirstCall) {
  Connection connection({.server = server_.address(), .timeout_seconds = 60});
  ASSERT_EQ(connection.Connect(), Reached::kServer);
  using std::chrono::system_clock;
  const system_clock::time_point connected = system_clock::now();
  while (system_clock::now() == connected) {
  }
  grpc::ClientContext first;
  connection.Prepare(first);
  grpc::ClientContext second;
  connection.Prepare(second);

  EXPECT_LE(first.deadline(), connected + std::chrono::seconds(60));
  EXPECT_GT(second.deadline(), connected + std::chrono::seconds(60));
}

}  // namespace
}  // namespace broadsheet::client
