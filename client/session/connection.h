// SPDX-License-Identifier: GPL-3.0-or-later
// A connection to a server, and messages for a person when it fails.
#pragma once

#include <chrono>
#include <iosfwd>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "broadsheet/v1/admin_service.grpc.pb.h"
#include "broadsheet/v1/article_service.grpc.pb.h"
#include "broadsheet/v1/search_service.grpc.pb.h"
#include "engine/tls/channel_security.h"

namespace broadsheet::client {

inline constexpr std::string_view kDefaultServer = "127.0.0.1:6460";

struct ConnectionOptions {
  std::string server{kDefaultServer};
  // How long to wait for connecting and the first call together, then for each call.
  int timeout_seconds = 10;
  tls::ChannelSecurity security = {};
  // The file of the token that every call shows; empty = that of the environment, if there is one.
  std::string token_file = {};
  // Whether the token may be shown to another machine unencrypted, where all between can read it.
  bool insecure = false;
};

enum class Reached {
  kServer,
  kNobody,       // refused, or no such address
  kSilent,       // nothing came back in time: a server that is stopped or busy, or a firewall
  kUnprotected,  // the files that protect the connection cannot be used: see protection()
};

// Not copyable; safe to use from one thread at a time.
class Connection {
 public:
  explicit Connection(ConnectionOptions options);

  // Waits until the server answers or the connection is refused, at most timeout_seconds.
  Reached Connect();
  // What gRPC says of a connection that failed, after Connect() has returned kNobody.
  const std::string& failure() const { return failure_; }

  v1::SearchService::Stub& stub() { return *stub_; }
  v1::ArticleService::Stub& articles() { return *articles_; }
  v1::AdminService::Stub& admin() { return *admin_; }
  const std::string& server() const { return options_.server; }
  const tls::ChannelSecurity& security() const { return options_.security; }
  // The error of reading the files that protect the connection.
  const absl::Status& protection() const { return protection_; }
  int timeout_seconds() const { return options_.timeout_seconds; }
  // Why calls show no token although there is one: it cannot be read, or others could read it on
  // its way. OK when they show it, or there is none.
  absl::Status CheckToken() const;
  // Sets the deadline of one call. The first call after Connect() has the time that connecting
  // left.
  void Prepare(grpc::ClientContext& context);

 private:
  std::chrono::system_clock::time_point Deadline() const;
  std::string ReadFailure();

  ConnectionOptions options_;
  absl::StatusOr<std::string> token_;  // "" = none
  absl::Status protection_;
  std::string failure_;
  // Set from Connect() until the first call.
  std::optional<std::chrono::system_clock::time_point> first_deadline_;
  std::shared_ptr<grpc::Channel> channel_;
  std::unique_ptr<v1::SearchService::Stub> stub_;
  std::unique_ptr<v1::ArticleService::Stub> articles_;
  std::unique_ptr<v1::AdminService::Stub> admin_;
};

// What is wrong with an address, for a person; "" when a server may be there.
std::string AddressMistake(const std::string& address);

// Connects. If that fails, returns false and prints to `err` which of these it was, and what helps:
// no address, no such host, nobody there, a server that is silent, or one that does not agree on
// how the connection is protected.
bool ConnectOrExplain(Connection& connection, std::ostream& err);

}  // namespace broadsheet::client
