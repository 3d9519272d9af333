// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/admission/acceptor.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/types.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "engine/base/mutex.h"
#include "tests/server/collected_log.h"
#include "tests/testing/status_matchers.h"

namespace broadsheet::server {
namespace {

using base::FileDescriptor;
using ::testing::HasSubstr;

// A pair of sockets that are connected to each other.
struct Connected {
  base::FileDescriptor ours;
  base::FileDescriptor theirs;

  Connected() {
    std::array<int, 2> pair = {};
    EXPECT_EQ(::socketpair(AF_UNIX, SOCK_STREAM, 0, pair.data()), 0);
    ours = base::FileDescriptor(pair[0]);
    theirs = base::FileDescriptor(pair[1]);
  }
};

TEST(OpenConnectionsTest, AClosedOneCountsNoMore) {
  OpenConnections connections;
  Connected first;
  const Connected second;
  connections.Add(first.ours.get());
  connections.Add(second.ours.get());
  EXPECT_EQ(connections.Count(), 2);
  first.ours.Close();
  EXPECT_EQ(connections.Count(), 1);
}

TEST(OpenConnectionsTest, WhatHasTakenItsDescriptorIsNotTheConnection) {
  OpenConnections connections;
  Connected pair;
  const int number = pair.ours.get();
  connections.Add(number);
  pair.ours.Close();
  const base::FileDescriptor file(::open("/dev/null", O_RDONLY | O_CLOEXEC));
  ASSERT_EQ(file.get(), number);
  EXPECT_EQ(connections.Count(), 0);
}

TEST(OpenConnectionsTest, AConnectionThatHasTakenItsDescriptorCountsOnce) {
  OpenConnections connections;
  Connected first;
  connections.Add(first.ours.get());
  first.ours.Close();
  const Connected second;
  connections.Add(second.ours.get());
  EXPECT_EQ(connections.Count(), 1);
}

TEST(OpenConnectionsTest, CountsThoseOfEachPeer) {
  OpenConnections connections;
  Connected pairs[3];
  connections.Add(pairs[0].ours.get(), "a");
  connections.Add(pairs[1].ours.get(), "a");
  connections.Add(pairs[2].ours.get(), "b");
  EXPECT_EQ(connections.known("a"), 2);
  EXPECT_EQ(connections.known("b"), 1);
  EXPECT_EQ(connections.known("c"), 0);
  const int number = pairs[0].ours.get();
  pairs[0].ours.Close();
  connections.Count();
  EXPECT_EQ(connections.known("a"), 1);
  // The number of one that was closed is taken over before anybody has counted.
  const Connected next;
  ASSERT_EQ(next.ours.get(), number);
  connections.Add(next.ours.get(), "a");
  pairs[1].ours.Close();
  const Connected other;
  connections.Add(other.ours.get(), "b");
  EXPECT_EQ(connections.known("a"), 1);
  EXPECT_EQ(connections.known("b"), 2);
}

// An acceptor whose connections the test holds; each is greeted with a byte.
class AcceptorTest : public ::testing::Test {
 protected:
  static constexpr int kDoors = 2;

  void Start(size_t max_connections) {
    const auto take = [this](int, base::FileDescriptor connection) {
      EXPECT_EQ(::write(connection.get(), "t", 1), 1);
      base::MutexLock lock(mutex_);
      taken_.push_back(std::move(connection));
    };
    std::vector<Door> doors;
    for (int i = 0; i < kDoors; ++i) {
      auto socket = ListenSocket::Bind(ParseListenAddress("127.0.0.1:0").value());
      doors.push_back({.socket = *std::move(socket), .take = take});
    }
    acceptor_ = Acceptor::Start(std::move(doors), {.all = max_connections}, log_).value();
  }

  // Through one of the doors; not open when nobody listens.
  base::FileDescriptor Connect(size_t door = 0) const {
    const std::string address = acceptor_->addresses()[door];
    sockaddr_in name = {};
    name.sin_family = AF_INET;
    name.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    name.sin_port = htons(static_cast<uint16_t>(std::stoi(address.substr(address.rfind(':') + 1))));
    base::FileDescriptor socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    const int failed =
        ::connect(socket.get(), reinterpret_cast<const sockaddr*>(&name), sizeof(name));
    return failed == 0 ? std::move(socket) : base::FileDescriptor();
  }

  // Waits until it is either taken or hung up on.
  static bool IsTaken(const base::FileDescriptor& connection) {
    char greeting = 0;
    return ::read(connection.get(), &greeting, 1) == 1;
  }

  void CloseOneThatWasTaken() {
    base::MutexLock lock(mutex_);
    taken_.pop_back();
  }

  CollectedLog log_;
  base::Mutex mutex_;
  std::vector<base::FileDescriptor> taken_ ABSL_GUARDED_BY(mutex_);
  // Ends first: its thread writes to the others.
  std::unique_ptr<Acceptor> acceptor_;
};

TEST_F(AcceptorTest, TakesAsManyAsThereMayBe) {
  Start(3);
  const std::array<base::FileDescriptor, 3> mine = {Connect(), Connect(), Connect()};
  for (const base::FileDescriptor& each : mine) EXPECT_TRUE(IsTaken(each));
  EXPECT_EQ(log_.text(), "");
}

TEST_F(AcceptorTest, HangsUpOnWhoeverComesBeyondThat) {
  Start(2);
  const std::array<base::FileDescriptor, 2> mine = {Connect(), Connect()};
  for (const base::FileDescriptor& each : mine) EXPECT_TRUE(IsTaken(each));
  EXPECT_FALSE(IsTaken(Connect()));
  EXPECT_THAT(log_.text(), HasSubstr("refusing connections, 1 since this was last said: 2 are"));
}

TEST_F(AcceptorTest, CountsTheConnectionsOfAllDoorsTogether) {
  Start(2);
  const std::array<base::FileDescriptor, 2> mine = {Connect(0), Connect(1)};
  for (const base::FileDescriptor& each : mine) EXPECT_TRUE(IsTaken(each));
  EXPECT_FALSE(IsTaken(Connect(0)));
  EXPECT_FALSE(IsTaken(Connect(1)));
}

TEST_F(AcceptorTest, DoesNotSayForEachThatItRefuses) {
  Start(1);
  const base::FileDescriptor mine = Connect();
  EXPECT_TRUE(IsTaken(mine));
  constexpr int kRefused = 50;
  for (int i = 0; i < kRefused; ++i) EXPECT_FALSE(IsTaken(Connect()));
  const std::string log = log_.text();
  // Once, unless the machine takes its time.
  EXPECT_LT(std::count(log.begin(), log.end(), '\n'), kRefused / 2);
}

TEST_F(AcceptorTest, TakesAnotherOnceOneHasEnded) {
  Start(1);
  for (int i = 0; i < 20; ++i) {
    // Those that are open are counted again after a moment.
    while (!IsTaken(Connect())) {
    }
    EXPECT_FALSE(IsTaken(Connect()));
    CloseOneThatWasTaken();
  }
}

TEST_F(AcceptorTest, StoppedItRefusesToConnect) {
  Start(10);
  acceptor_->Stop();
  EXPECT_FALSE(Connect().open());
  acceptor_->Stop();
}

}  // namespace
}  // namespace broadsheet::server
