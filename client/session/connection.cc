// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/session/connection.h"

#include <grpcpp/grpcpp.h>
#include <netdb.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <ostream>
#include <utility>

#include "absl/time/time.h"
#include "client/session/channel_protection.h"
#include "client/session/token_metadata.h"
#include "client/view/terminal.h"
#include "engine/base/bearer_token.h"
#include "engine/base/shell_word.h"

namespace broadsheet::client {

// The largest page (1,000 hits with their bodies) has to fit.
constexpr int kMaxReceiveBytes = 256 << 20;

Connection::Connection(ConnectionOptions options)
    : options_(std::move(options)),
      token_(options_.token_file.empty() ? base::TokenOfEnvironment()
                                         : base::ReadToken(options_.token_file)) {
  // gRPC would print its own account of an address it cannot read beside ours.
  setenv("GRPC_VERBOSITY", "NONE", /*overwrite=*/0);
  grpc::ChannelArguments arguments;
  arguments.SetMaxReceiveMessageSize(kMaxReceiveBytes);
  // Despite its name the time that one attempt to connect gets. By default it is 20 seconds, after
  // which a silent server would pass for one that refused. Never the first to end here.
  arguments.SetInt(GRPC_ARG_MIN_RECONNECT_BACKOFF_MS, (options_.timeout_seconds + 1) * 1000);
  // A proxy for the web, which the environment may name, is no way to this machine; and what is
  // sent to this machine does not leave it.
  if (base::IsOnThisMachine(options_.server)) arguments.SetInt(GRPC_ARG_ENABLE_HTTP_PROXY, 0);
  if (const std::string& name = options_.security.server_name; !name.empty()) {
    arguments.SetSslTargetNameOverride(name);
  }
  auto credentials = MakeCredentials(options_.security);
  protection_ = credentials.status();
  // Without credentials it is a channel of which every call fails.
  channel_ = grpc::experimental::CreateCustomChannelWithInterceptors(
      options_.server, credentials.ok() ? *std::move(credentials) : nullptr, arguments,
      TokenMetadata(CheckToken().ok() ? *token_ : ""));
  stub_ = v1::SearchService::NewStub(channel_);
  articles_ = v1::ArticleService::NewStub(channel_);
  admin_ = v1::AdminService::NewStub(channel_);
}

absl::Status Connection::CheckToken() const {
  if (!token_.ok() || token_->empty()) return token_.status();
  if (tls::MaySendSecrets(options_.security, options_.server, options_.insecure)) {
    return absl::OkStatus();
  }
  return absl::FailedPreconditionError(
      "the token is not sent to " + options_.server +
      ", since the connection is not encrypted and all between could read it; encrypt it with "
      "--tls, or send it all the same with --insecure");
}

std::chrono::system_clock::time_point Connection::Deadline() const {
  return std::chrono::system_clock::now() + std::chrono::seconds(options_.timeout_seconds);
}

Reached Connection::Connect() {
  if (!protection_.ok()) return Reached::kUnprotected;
  first_deadline_ = Deadline();
  for (grpc_connectivity_state state = channel_->GetState(/*try_to_connect=*/true);
       state != GRPC_CHANNEL_READY; state = channel_->GetState(true)) {
    // When a name has several addresses, all of them have failed by then.
    if (state == GRPC_CHANNEL_TRANSIENT_FAILURE || state == GRPC_CHANNEL_SHUTDOWN) {
      failure_ = ReadFailure();
      return Reached::kNobody;
    }
    if (!channel_->WaitForStateChange(state, *first_deadline_)) return Reached::kSilent;
  }
  return Reached::kServer;
}

std::string Connection::ReadFailure() {
  // It tells nobody but a call, which fails at once.
  grpc::ClientContext context;
  context.set_deadline(Deadline());
  v1::GetStatusResponse response;
  return stub_->GetStatus(&context, {}, &response).error_message();
}

void Connection::Prepare(grpc::ClientContext& context) {
  context.set_deadline(std::exchange(first_deadline_, std::nullopt).value_or(Deadline()));
}

namespace {

constexpr std::string_view kDefaultPort = "6460";
constexpr std::string_view kOtherAddress = " (another address: --server ADDR or BROADSHEET_SERVER)";

// Whether gRPC reads what stands behind the colon by a rule of its own: "unix:/run/b.sock".
bool HasScheme(std::string_view address) {
  constexpr std::array<std::string_view, 7> kSchemes = {
      "unix:", "unix-abstract:", "dns:", "ipv4:", "ipv6:", "vsock:", "xds:"};
  return std::any_of(kSchemes.begin(), kSchemes.end(),
                     [&](std::string_view scheme) { return address.starts_with(scheme); });
}

struct HostAndPort {
  std::string host;
  std::optional<std::string> port;
};

// "host:6460", "[::1]:6460", without a port too.
HostAndPort Split(const std::string& address) {
  const size_t bracket = address.find(']');
  const size_t colon = address.find(':', bracket == std::string::npos ? 0 : bracket);
  HostAndPort parts{.host = address.substr(0, colon), .port = std::nullopt};
  if (colon != std::string::npos) parts.port = address.substr(colon + 1);
  if (parts.host.starts_with('[') && parts.host.ends_with(']')) {
    parts.host = parts.host.substr(1, parts.host.size() - 2);
  }
  return parts;
}

bool IsPort(const std::string& port) {
  constexpr size_t kMostDigits = 5;
  const bool digits = !port.empty() && port.size() <= kMostDigits &&
                      port.find_first_not_of("0123456789") == std::string::npos;
  return digits && std::stoi(port) >= 1 && std::stoi(port) <= 65535;
}

// Why the name of `address` stands for no host; "" when it does, or has no name.
std::string WhyUnknownHost(const std::string& address) {
  if (HasScheme(address)) return "";
  addrinfo* found = nullptr;
  const int error = getaddrinfo(Split(address).host.c_str(), nullptr, nullptr, &found);
  if (found != nullptr) freeaddrinfo(found);
  return error == 0 ? "" : gai_strerror(error);
}

std::string SilentText(const Connection& connection) {
  return "the server at " + connection.server() + " is silent: nothing came from it within " +
         std::to_string(connection.timeout_seconds()) +
         " s; it may be stopped, overloaded or behind a firewall (to wait longer: --timeout "
         "SECONDS; another address: --server ADDR or BROADSHEET_SERVER)";
}

std::string NobodyText(const Connection& connection) {
  const std::string& server = connection.server();
  if (const std::string why = WhyUnknownHost(server); !why.empty()) {
    return "there is no host \"" + Split(server).host + "\" (" + why +
           "); look for a slip in the name, or give its IP address" + std::string(kOtherAddress);
  }
  return WhyNotConnected(server, connection.security(), connection.failure(),
                         "start one with: broadsheetd --index DIR" +
                             base::ShellOption("--listen", server) + std::string(kOtherAddress));
}

}  // namespace

std::string AddressMistake(const std::string& address) {
  if (HasScheme(address)) return "";
  if (const size_t scheme = address.find("://"); scheme != std::string::npos) {
    return "an address is a host and a port, without " + address.substr(0, scheme + 3);
  }
  const auto colons = std::count(address.begin(), address.end(), ':');
  if (colons > 1 && !address.starts_with('[')) {
    return "an IPv6 address stands in brackets: [" + address + "]:" + std::string(kDefaultPort);
  }
  const HostAndPort parts = Split(address);
  if (parts.host.empty()) return "it names no host";
  if (!parts.port) return "it has no port; write " + address + ":" + std::string(kDefaultPort);
  if (!IsPort(*parts.port)) return "a port is a number from 1 to 65535";
  return "";
}

bool ConnectOrExplain(Connection& connection, std::ostream& err) {
  const std::string& server = connection.server();
  if (const std::string mistake = AddressMistake(server); !mistake.empty()) {
    err << "broadsheet: " << server << " is no address: " << mistake << kOtherAddress << '\n';
    return false;
  }
  const auto fail = [&err](const std::string& why) {
    err << "broadsheet: " << why << '\n';
    return false;
  };
  if (const absl::Status token = connection.CheckToken(); !token.ok()) {
    return fail(Sanitized(std::string(token.message())));
  }
  switch (connection.Connect()) {
    case Reached::kServer:
      return true;
    case Reached::kNobody:
      return fail(NobodyText(connection));
    case Reached::kSilent:
      return fail(SilentText(connection));
    case Reached::kUnprotected:
      return fail("cannot connect with TLS: " +
                  Sanitized(std::string(connection.protection().message())));
  }
  return false;
}

}  // namespace broadsheet::client
