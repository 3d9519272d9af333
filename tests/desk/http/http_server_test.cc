// SPDX-License-Identifier: GPL-3.0-or-later
// Clients that behave and those that do not, over real sockets.
#include "desk/http/http_server.h"

#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <charconv>
#include <future>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "engine/base/file_descriptor.h"

namespace broadsheet::desk {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

// A server in a thread of its own, on a free port.
class RunningServer {
 public:
  RunningServer(HttpLimits limits, HttpHandler handler)
      : server_(
            *Listener::Open("127.0.0.1:0", false), limits,
            [](const HttpRequest& request) { return request.path == "/stream"; },
            std::move(handler)),
        thread_([this] { server_.Run(); }) {}
  ~RunningServer() { Stop(); }
  RunningServer(const RunningServer&) = delete;
  RunningServer& operator=(const RunningServer&) = delete;

  // Returns when Run() has.
  void Stop() {
    if (!thread_.joinable()) return;
    server_.Stop();
    thread_.join();
  }

  base::FileDescriptor Connect() const {
    base::FileDescriptor client(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    const std::string& address = server_.listener().address();
    int port = 0;
    const char* const digits = address.data() + address.rfind(':') + 1;
    std::from_chars(digits, address.data() + address.size(), port);
    sockaddr_in at{};
    at.sin_family = AF_INET;
    at.sin_port = htons(static_cast<uint16_t>(port));
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    EXPECT_EQ(connect(client.get(), reinterpret_cast<sockaddr*>(&at), sizeof(at)), 0);
    return client;
  }

 private:
  HttpServer server_;
  std::thread thread_;
};

void Send(const base::FileDescriptor& client, const std::string& text) {
  size_t sent = 0;
  while (sent < text.size()) {
    const ssize_t taken = send(client.get(), text.data() + sent, text.size() - sent, MSG_NOSIGNAL);
    if (taken <= 0) return;
    sent += static_cast<size_t>(taken);
  }
}

// All that comes until the server closes the connection.
std::string ReadAll(const base::FileDescriptor& client) {
  std::string all;
  char block[4096];
  for (ssize_t got = 0; (got = read(client.get(), block, sizeof(block))) > 0;) {
    all.append(block, static_cast<size_t>(got));
  }
  return all;
}

std::string Ask(const RunningServer& server, const std::string& request) {
  const base::FileDescriptor client = server.Connect();
  Send(client, request);
  return ReadAll(client);
}

std::string Get(const std::string& path) {
  return "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
}

// Says what it was asked.
void Echo(Exchange& exchange) {
  const HttpRequest& request = exchange.request();
  exchange.Reply(
      TextReply(200, request.path + "|" + request.query + "|" + request.body + "|" + request.host));
}

TEST(HttpServerTest, HandsOverTheRequestAsItCame) {
  const RunningServer server({}, Echo);
  EXPECT_THAT(Ask(server, Get("/a%2Fb?q=1%202")),
              testing::AllOf(StartsWith("HTTP/1.1 200"), HasSubstr("/a%2Fb|q=1%202||localhost")));
  EXPECT_THAT(Ask(server,
                  "POST /p HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\n"
                  "Connection: close\r\n\r\nbody"),
              HasSubstr("/p||body|h"));
}

TEST(HttpServerTest, HeadGetsNoBody) {
  const RunningServer server({}, Echo);
  const std::string reply = Ask(server, "HEAD /x HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
  EXPECT_THAT(reply, HasSubstr("Content-Length: 6\r\n"));
  EXPECT_TRUE(reply.ends_with("\r\n\r\n")) << reply;
}

TEST(HttpServerTest, TooLargeHeadersAndBodiesAreRefused) {
  HttpLimits limits;
  limits.max_header_bytes = 1000;
  limits.max_body_bytes = 1000;
  const RunningServer server(limits, Echo);
  EXPECT_THAT(Ask(server, "GET / HTTP/1.1\r\nHost: h\r\nX: " + std::string(5000, 'x') + "\r\n\r\n"),
              StartsWith("HTTP/1.1 4"));
  EXPECT_THAT(Ask(server, "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 2000\r\n\r\n" +
                              std::string(2000, 'x')),
              StartsWith("HTTP/1.1 413"));
}

TEST(HttpServerTest, WhatIsNoHttpIsRefused) {
  const RunningServer server({}, Echo);
  EXPECT_THAT(Ask(server, "\x16\x03\x01 is TLS\r\n\r\n"),
              testing::AnyOf(StartsWith("HTTP/1.1 400"), ""));
}

TEST(HttpServerTest, RequestsThatFollowOneAnotherAreAnsweredInTurn) {
  const RunningServer server({}, Echo);
  const std::string replies = Ask(server,
                                  "GET /1 HTTP/1.1\r\nHost: h\r\n\r\n"
                                  "POST /2 HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\n\r\nbody" +
                                      Get("/3"));
  EXPECT_LT(replies.find("/1|"), replies.find("/2||body"));
  EXPECT_LT(replies.find("/2||body"), replies.find("/3|"));
  EXPECT_NE(replies.find("/3|"), std::string::npos);
}

// A front may take for one request what the desk takes for two: the second would be somebody
// else's.
TEST(HttpServerTest, NoRequestHidesInTheBodyOfAnother) {
  std::mutex mutex;
  std::vector<std::string> asked;
  HttpLimits limits;
  limits.idle = absl::Milliseconds(500);
  const RunningServer server(limits, [&](Exchange& exchange) {
    {
      const std::lock_guard<std::mutex> lock(mutex);
      asked.push_back(exchange.request().path);
    }
    Echo(exchange);
  });
  const std::string hidden = "GET /hidden HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n";
  const std::string whole = std::to_string(hidden.size());
  for (const std::string& headers : std::vector<std::string>{
           "Content-Length: 0\r\nContent-Length: " + whole,
           "Content-Length: " + whole + "\r\nContent-Length: 0",
           "Content-Length: 0\r\nTransfer-Encoding: chunked",
           "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity",
           "Transfer-Encoding: xchunked",
           "Transfer-Encoding: chunked, identity",
           "Content-Length : " + whole,
           "Content-Length: +" + whole,
           "Content-Length: 0x" + whole,
           "Content-Length: 0, " + whole,
           "Host: other",
       }) {
    SCOPED_TRACE(headers);
    const std::string reply =
        Ask(server, "POST /outer HTTP/1.1\r\nHost: h\r\n" + headers + "\r\n\r\n" + hidden);
    EXPECT_THAT(reply, testing::AnyOf(StartsWith("HTTP/1.1 4"), ""));
    EXPECT_EQ(reply.find("HTTP/1.1", 1), std::string::npos) << reply;
  }
  EXPECT_THAT(Ask(server, Get("/still")), HasSubstr("/still"));
  EXPECT_THAT(asked, testing::ElementsAre("/still"));
}

TEST(HttpServerTest, OddRequestsHarmNobody) {
  HttpLimits limits;
  limits.idle = absl::Milliseconds(100);
  const RunningServer server(limits, Echo);
  using std::string_literals::operator""s;
  for (const std::string& request : {
           "GET\r\n\r\n"s,
           "GET / HTTP/9.9\r\nHost: h\r\n\r\n"s,
           "GET  /two  blanks HTTP/1.1\r\nHost: h\r\n\r\n"s,
           "GET /\0nul HTTP/1.1\r\nHost: h\r\n\r\n"s,
           "GET " + std::string(100'000, '/') + " HTTP/1.1\r\nHost: h\r\n\r\n",
           "BREW / HTTP/1.1\r\nHost: h\r\n\r\n"s,
           "OPTIONS * HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"s,
           "CONNECT h:1 HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"s,
           "GET http://[::1 HTTP/1.1\r\nHost: h\r\n\r\n"s,
           "GET / HTTP/1.1\r\n: no name\r\n\r\n"s,
           "GET / HTTP/1.1\r\nHost: h\r\n folded\r\nConnection: close\r\n\r\n"s,
           "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 18446744073709551615\r\n\r\nx"s,
           "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: -1\r\n\r\nx"s,
           "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
           "FFFFFFFFFFFFFFFFF\r\nx"s,
           "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n-5\r\nx"s,
           "POST / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 9\r\n\r\n"s,
           "POST /slow HTTP/1.1\r\nHost: h\r\nContent-Length: 9\r\n\r\nslow"s,
       }) {
    SCOPED_TRACE(request.substr(0, 100));
    // Ends, since the server answers and closes, or has waited for long enough.
    EXPECT_THAT(Ask(server, request), testing::AnyOf(StartsWith("HTTP/1."), ""));
  }
  EXPECT_THAT(Ask(server, Get("/still")), HasSubstr("/still"));
}

TEST(HttpServerTest, AClientThatSendsNothingIsLetGo) {
  HttpLimits limits;
  limits.idle = absl::Milliseconds(100);
  const RunningServer server(limits, Echo);
  // Ends, since the server closes the connection.
  EXPECT_EQ(Ask(server, "GET / HTTP/1.1\r\nHost: "), "");
}

// A client that sent a byte now and then held its connection for ever: each byte began the limit
// of idleness anew.
TEST(HttpServerTest, ARequestThatComesByteByByteIsRefusedInTheEnd) {
  HttpLimits limits;
  limits.receive = absl::Milliseconds(200);
  const RunningServer server(limits, Echo);
  const std::string first = "GET /first HTTP/1.1\r\nHost: h\r\n\r\n";
  const std::string body = "POST /slow HTTP/1.1\r\nHost: h\r\nContent-Length: 1000000\r\n\r\n";
  for (const std::string& begun :
       {std::string("GET /slow?q="), body, first + body, first + "GET /slow?q="}) {
    SCOPED_TRACE(begun);
    const base::FileDescriptor client = server.Connect();
    Send(client, begun);
    std::string replies;
    pollfd readable = {.fd = client.get(), .events = POLLIN, .revents = 0};
    // Ends, since the server closes the connection.
    for (bool open = true; open;) {
      if (poll(&readable, 1, 10) == 0) {
        Send(client, "x");
        continue;
      }
      char block[4096];
      const ssize_t got = read(client.get(), block, sizeof(block));
      open = got > 0;
      if (open) replies.append(block, static_cast<size_t>(got));
    }
    if (begun.starts_with(first)) {
      EXPECT_THAT(replies, testing::AllOf(StartsWith("HTTP/1.1 200"), HasSubstr("/first")));
    }
    const size_t last = replies.rfind("HTTP/1.1");
    ASSERT_NE(last, std::string::npos);
    EXPECT_THAT(replies.substr(last), StartsWith("HTTP/1.1 408"));
  }
}

TEST(HttpServerTest, OnlyTheTimeInWhichARequestComesCounts) {
  HttpLimits limits;
  limits.receive = absl::Milliseconds(50);
  const RunningServer server(limits, [](Exchange& exchange) {
    EXPECT_TRUE(exchange.Wait(absl::Milliseconds(150)));
    Echo(exchange);
  });
  // The second has come, and waits, while the first is answered.
  const std::string replies = Ask(server, "GET /long HTTP/1.1\r\nHost: h\r\n\r\n" + Get("/second"));
  EXPECT_THAT(replies, testing::AllOf(HasSubstr("/long|"), HasSubstr("/second|")));
  EXPECT_EQ(replies.find(" 408 "), std::string::npos);
}

TEST(HttpServerTest, MoreRequestsThanMayWaitAreRefused) {
  std::promise<void> entered;
  std::promise<void> release;
  const std::shared_future<void> released = release.get_future().share();
  HttpLimits limits;
  limits.threads = 1;
  limits.queue = 1;
  const RunningServer server(limits, [&entered, released](Exchange& exchange) {
    if (exchange.request().path == "/1") entered.set_value();
    released.wait();
    Echo(exchange);
  });
  const base::FileDescriptor first = server.Connect();
  Send(first, Get("/1"));
  entered.get_future().wait();
  const base::FileDescriptor second = server.Connect();
  const base::FileDescriptor third = server.Connect();
  Send(second, Get("/2"));
  Send(third, Get("/3"));
  // One of the two waits, whichever was read first; the other is answered at once.
  pollfd both[] = {{.fd = second.get(), .events = POLLIN, .revents = 0},
                   {.fd = third.get(), .events = POLLIN, .revents = 0}};
  ASSERT_EQ(poll(both, 2, -1), 1);
  EXPECT_THAT(ReadAll(both[0].revents != 0 ? second : third),
              testing::AllOf(StartsWith("HTTP/1.1 503"), HasSubstr("Retry-After: ")));
  release.set_value();
  EXPECT_THAT(ReadAll(first), HasSubstr("/1"));
}

// A connection that its client closed at once was registered after it had been freed.
TEST(HttpServerTest, ConnectionsThatEndAtOnceHarmNobody) {
  const RunningServer server({}, Echo);
  for (int i = 0; i < 300; ++i) {
    const base::FileDescriptor client = server.Connect();
    if (i % 3 == 0) Send(client, Get("/gone"));
    if (i % 3 == 1) shutdown(client.get(), SHUT_WR);
    // Closed with a reset instead of an end.
    const linger at_once = {.l_onoff = 1, .l_linger = 0};
    setsockopt(client.get(), SOL_SOCKET, SO_LINGER, &at_once, sizeof(at_once));
  }
  EXPECT_THAT(Ask(server, Get("/still")), HasSubstr("/still"));
}

TEST(HttpServerTest, AStreamGoesOnUntilItsEnd) {
  const RunningServer server({}, [](Exchange& exchange) {
    exchange.Begin({.content_type = "text/plain", .body = "begin "});
    for (int i = 0; i < 3; ++i) EXPECT_TRUE(exchange.Write("piece "));
    exchange.End();
  });
  const std::string reply = Ask(server, Get("/stream"));
  EXPECT_THAT(reply, HasSubstr("Transfer-Encoding: chunked"));
  EXPECT_THAT(reply, HasSubstr("begin "));
  EXPECT_TRUE(reply.ends_with("0\r\n\r\n")) << reply;
}

TEST(HttpServerTest, AStreamEndsWhenItsClientHasGone) {
  std::promise<bool> wrote;
  const RunningServer server({}, [&wrote](Exchange& exchange) {
    exchange.Begin({.content_type = "text/plain", .body = "begin"});
    bool taken = true;
    // Ends, since Write() waits for the client, and the client goes away.
    while (taken) taken = exchange.Write(std::string(64 << 10, 'x'));
    exchange.End();
    wrote.set_value(taken);
  });
  {
    const base::FileDescriptor client = server.Connect();
    Send(client, Get("/stream"));
    char first = 0;
    ASSERT_EQ(read(client.get(), &first, 1), 1);
  }
  EXPECT_FALSE(wrote.get_future().get());
}

TEST(HttpServerTest, IdleConnectionsMakeWayForNewOnes) {
  HttpLimits limits;
  limits.max_connections = 2;
  limits.least_idle = absl::Milliseconds(50);
  const RunningServer server(limits, Echo);
  const base::FileDescriptor idle = server.Connect();
  const base::FileDescriptor other = server.Connect();
  // Waits until one of the two has been idle for long enough, and is then answered.
  EXPECT_THAT(Ask(server, Get("/third")), HasSubstr("/third"));
}

TEST(HttpServerTest, NobodyIsAcceptedWhileAllConnectionsAreBusy) {
  std::promise<void> entered;
  std::promise<void> release;
  const std::shared_future<void> released = release.get_future().share();
  HttpLimits limits;
  limits.max_connections = 1;
  limits.least_idle = absl::Hours(1);
  const RunningServer server(limits, [&entered, released](Exchange& exchange) {
    if (exchange.request().path == "/1") entered.set_value();
    released.wait();
    Echo(exchange);
  });
  const base::FileDescriptor first = server.Connect();
  Send(first, Get("/1"));
  entered.get_future().wait();
  const base::FileDescriptor second = server.Connect();
  Send(second, Get("/2"));
  pollfd answered = {.fd = second.get(), .events = POLLIN, .revents = 0};
  // Long enough for the loop to look for room several times.
  EXPECT_EQ(poll(&answered, 1, 300), 0);
  release.set_value();
  EXPECT_THAT(ReadAll(second), HasSubstr("/2"));
  EXPECT_THAT(ReadAll(first), HasSubstr("/1"));
}

TEST(HttpServerTest, WhatIsUnderWayIsAnsweredBeforeTheEnd) {
  std::promise<void> entered;
  std::promise<void> release;
  RunningServer server({}, [&](Exchange& exchange) {
    entered.set_value();
    release.get_future().wait();
    Echo(exchange);
  });
  const base::FileDescriptor client = server.Connect();
  Send(client, Get("/last"));
  entered.get_future().wait();
  std::thread stopper([&server] { server.Stop(); });
  release.set_value();
  EXPECT_THAT(ReadAll(client), HasSubstr("/last"));
  stopper.join();
}

TEST(ListenerTest, OtherMachinesConnectOnlyWhereAllowed) {
  const auto refused = Listener::Open("0.0.0.0:0", /*any_machine=*/false);
  EXPECT_EQ(refused.status().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_TRUE(Listener::Open("0.0.0.0:0", /*any_machine=*/true).ok());
  for (const char* text : {"", "nonsense", "127.0.0.1", "[::1]", "127.0.0.1:99999", "unix:"}) {
    EXPECT_EQ(Listener::Open(text, false).status().code(), absl::StatusCode::kInvalidArgument)
        << text;
  }
}

TEST(ListenerTest, AUnixSocketOfAKilledDeskIsReplacedAndALivingOneIsNot) {
  const std::string path = testing::TempDir() + "/desk_test_" + std::to_string(getpid()) + ".sock";
  auto first = Listener::Open("unix:" + path, false);
  ASSERT_TRUE(first.ok()) << first.status();
  EXPECT_EQ(Listener::Open("unix:" + path, false).status().code(),
            absl::StatusCode::kFailedPrecondition);
  // A file that nobody listens at, as a killed program leaves it.
  const std::string left = path + ".left";
  sockaddr_un at{};
  at.sun_family = AF_UNIX;
  left.copy(at.sun_path, sizeof(at.sun_path) - 1);
  {
    const base::FileDescriptor killed(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    ASSERT_EQ(bind(killed.get(), reinterpret_cast<sockaddr*>(&at), sizeof(at)), 0);
  }
  const auto second = Listener::Open("unix:" + left, false);
  EXPECT_TRUE(second.ok()) << second.status();
}

}  // namespace
}  // namespace broadsheet::desk
