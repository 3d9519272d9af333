// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/http_server.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <deque>
#include <string>

#include "tests/server/http_get.h"
#include "tests/testing/status_matchers.h"

namespace broadsheet::server {
namespace {

using broadsheet::testing::IsOk;
using broadsheet::testing::StatusIs;
using ::testing::AllOf;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

std::unique_ptr<HttpServer> Serve(std::map<std::string, HttpServer::Page> pages) {
  const ListenAddress address = ParseListenAddress("127.0.0.1:0").value();
  return HttpServer::Start(ListenSocket::Bind(address).value(), std::move(pages)).value();
}

std::unique_ptr<HttpServer> ServeHello() {
  return Serve({{"/hello", [] { return HttpAnswer{.body = "good morning\n"}; }}});
}

TEST(HttpServerTest, ServesAPage) {
  const auto server = ServeHello();
  const std::string answer = HttpGet(server->address(), "/hello?whatever=1");
  EXPECT_THAT(answer, AllOf(StartsWith("HTTP/1.1 200 "), EndsWith("\r\n\r\ngood morning\n"),
                            HasSubstr("Content-Type: text/plain; charset=utf-8\r\n")));
}

TEST(HttpServerTest, APageSaysItsStatus) {
  const auto server =
      Serve({{"/", [] { return HttpAnswer{.status = 503, .body = "NOT_SERVING\n"}; }}});
  EXPECT_THAT(HttpGet(server->address(), "/"), StartsWith("HTTP/1.1 503 "));
}

TEST(HttpServerTest, RefusesWhatIsNoPageAndWhatIsNoQuestion) {
  const auto server = ServeHello();
  EXPECT_THAT(HttpGet(server->address(), "/hello/../etc/passwd"), StartsWith("HTTP/1.1 404 "));
  HttpCaller writer(server->address());
  writer.Send("POST /hello HTTP/1.1\r\nHost: h\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
  EXPECT_THAT(writer.ReadAll(), AllOf(StartsWith("HTTP/1.1 "), Not(StartsWith("HTTP/1.1 200 "))));
  HttpCaller noise(server->address());
  noise.Send("\x16\x03\x01 no HTTP at all\r\n\r\n");
  EXPECT_THAT(noise.ReadAll(), Not(HasSubstr("good morning")));
  EXPECT_THAT(HttpGet(server->address(), "/hello"), EndsWith("good morning\n"));
}

TEST(HttpServerTest, HeadersWithoutEndAreCutOff) {
  const auto server = ServeHello();
  HttpCaller caller(server->address());
  caller.Send("GET /hello HTTP/1.1\r\nX: " + std::string(64 << 10, 'x'));
  EXPECT_THAT(caller.ReadAll(), Not(HasSubstr("good morning")));
}

// Each connection is an open file: if callers could have as many as they like, the server could
// open no index any more.
TEST(HttpServerTest, ManySilentCallersWaitAndOthersAreServedOnceTheyAreGone) {
  const auto server = ServeHello();
  std::deque<HttpCaller> silent;
  for (int i = 0; i < 100; ++i) silent.emplace_back(server->address());
  HttpCaller asking(server->address());
  asking.Send("GET /hello HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
  silent.clear();
  EXPECT_THAT(asking.ReadAll(), EndsWith("good morning\n"));
  EXPECT_THAT(HttpGet(server->address(), "/hello"), EndsWith("good morning\n"));
}

TEST(HttpServerTest, AnAddressInUseIsSaid) {
  const auto server = ServeHello();
  const ListenAddress address = ParseListenAddress(server->address()).value();
  EXPECT_THAT(ListenSocket::Bind(address),
              StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("in use")));
}

TEST(HttpServerTest, StopsWhileCallersAreConnected) {
  const auto server = ServeHello();
  HttpCaller caller(server->address());
  ASSERT_TRUE(caller.connected());
  EXPECT_THAT(HttpGet(server->address(), "/hello"), EndsWith("good morning\n"));
  server->Stop();
  EXPECT_EQ(caller.ReadAll(), "");
  server->Stop();
  EXPECT_FALSE(HttpCaller(server->address()).connected());
}

}  // namespace
}  // namespace broadsheet::server
