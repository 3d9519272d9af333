// SPDX-License-Identifier: GPL-3.0-or-later
// A connection to a server, and what went wrong with it in words for a person.
#pragma once

#include <chrono>
#include <iosfwd>
#include <memory>
#include <string>
#include <string_view>

#include "broadsheet/v1/admin_service.grpc.pb.h"
#include "broadsheet/v1/article_service.grpc.pb.h"
#include "broadsheet/v1/search_service.grpc.pb.h"

namespace broadsheet::client {

inline constexpr std::string_view kDefaultServer = "127.0.0.1:6460";
// A server that does not answer a connection within this is taken for absent.
inline constexpr std::chrono::milliseconds kConnectTimeout{900};

struct ConnectionOptions {
  std::string server{kDefaultServer};
  int timeout_seconds = 10;  // of each call
};

// Not copyable; safe to use from one thread at a time.
class Connection {
 public:
  explicit Connection(ConnectionOptions options);

  // True once the server takes the connection; false as soon as it is refused, or after
  // kConnectTimeout. Never waits longer.
  bool Connect();

  v1::SearchService::Stub& stub() { return *stub_; }
  v1::ArticleService::Stub& articles() { return *articles_; }
  v1::AdminService::Stub& admin() { return *admin_; }
  const std::string& server() const { return options_.server; }
  // Sets the deadline of one call.
  void Prepare(grpc::ClientContext& context) const;

 private:
  ConnectionOptions options_;
  std::shared_ptr<grpc::Channel> channel_;
  std::unique_ptr<v1::SearchService::Stub> stub_;
  std::unique_ptr<v1::ArticleService::Stub> articles_;
  std::unique_ptr<v1::AdminService::Stub> admin_;
};

// Connects, or says on `err` which address was tried and how to start a server.
bool ConnectOrExplain(Connection& connection, std::ostream& err);

}  // namespace broadsheet::client
