// SPDX-License-Identifier: GPL-3.0-or-later
// An address at which no server answers, in each of the ways in which that happens.
#pragma once

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <vector>

namespace broadsheet::testing {

// A TCP socket on a free port of loopback that nobody serves. With kRefuses a connection is
// refused; with a backlog it is made, and then nothing comes, or not even that once the backlog is
// full.
class IdlePort {
 public:
  static constexpr int kRefuses = -1;

  explicit IdlePort(int backlog) : fd_(::socket(AF_INET, SOCK_STREAM, 0)) {
    address_.sin_family = AF_INET;
    address_.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address_;
    EXPECT_EQ(::bind(fd_, Address(), size), 0);
    if (backlog >= 0) {
      EXPECT_EQ(::listen(fd_, backlog), 0);
    }
    EXPECT_EQ(::getsockname(fd_, Address(), &size), 0);
  }
  ~IdlePort() {
    for (const int fd : waiting_) ::close(fd);
    ::close(fd_);
  }
  IdlePort(const IdlePort&) = delete;
  IdlePort& operator=(const IdlePort&) = delete;

  std::string address() const { return "127.0.0.1:" + std::to_string(ntohs(address_.sin_port)); }

  // So many others have asked for a connection before.
  void Crowd(int callers) {
    for (int i = 0; i < callers; ++i) {
      waiting_.push_back(::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0));
      // It is under way, or not even begun once the backlog is full.
      EXPECT_TRUE(::connect(waiting_.back(), Address(), sizeof address_) == 0 ||
                  errno == EINPROGRESS);
    }
  }

 private:
  sockaddr* Address() { return reinterpret_cast<sockaddr*>(&address_); }

  int fd_;
  sockaddr_in address_ = {};
  std::vector<int> waiting_;
};

}  // namespace broadsheet::testing
