// SPDX-License-Identifier: GPL-3.0-or-later
// A caller of an HTTP server on a port of this machine, to which any bytes can be sent.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cstdint>
#include <string>

#include "engine/base/file_descriptor.h"

namespace broadsheet::server {

class HttpCaller {
 public:
  // `address` is "127.0.0.1:PORT".
  explicit HttpCaller(const std::string& address)
      : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in to = {};
    to.sin_family = AF_INET;
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    to.sin_port = htons(static_cast<uint16_t>(std::stoi(address.substr(address.rfind(':') + 1))));
    connected_ = ::connect(socket_.get(), reinterpret_cast<sockaddr*>(&to), sizeof(to)) == 0;
  }

  bool connected() const { return connected_; }
  void Send(const std::string& bytes) {
    // A server that has ended the connection already says so in what can be read.
    [[maybe_unused]] const ssize_t sent =
        ::send(socket_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
  }
  // All that comes until the server ends the connection.
  std::string ReadAll() {
    std::string all;
    std::array<char, 4096> some = {};
    for (;;) {
      const ssize_t read = ::read(socket_.get(), some.data(), some.size());
      if (read <= 0) return all;
      all.append(some.data(), static_cast<size_t>(read));
    }
  }
  void Close() { socket_.Close(); }

 private:
  base::FileDescriptor socket_;
  bool connected_ = false;
};

// The whole answer to a request for `path`, headers and all.
inline std::string HttpGet(const std::string& address, const std::string& path) {
  HttpCaller caller(address);
  caller.Send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
  return caller.ReadAll();
}

}  // namespace broadsheet::server
