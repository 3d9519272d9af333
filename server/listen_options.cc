// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/listen_options.h"

#include <utility>

#include "absl/strings/str_format.h"

namespace broadsheet::server {
namespace {

// `text` of an option such as "--listen", if the server may listen there.
absl::StatusOr<ListenAddress> AddressOf(const std::string& text, const char* option, bool tls,
                                        bool insecure) {
  absl::StatusOr<ListenAddress> address = ParseListenAddress(text);
  if (!address.ok()) return address.status();
  address->option = option;
  if (absl::Status status = CheckExposure(*address, tls, insecure); !status.ok()) return status;
  return address;
}

}  // namespace

absl::StatusOr<std::vector<ListenAddress>> ParseAddresses(const ServerOptions& options) {
  std::vector<ListenAddress> addresses;
  for (const std::string& text : options.listen) {
    const bool tls = !options.tls.certificate.empty();
    absl::StatusOr<ListenAddress> address = AddressOf(text, "--listen", tls, options.insecure);
    if (!address.ok()) return address.status();
    address->unix_mode = options.socket_mode;
    addresses.push_back(*std::move(address));
  }
  return addresses;
}

absl::Status CheckMetricsAddress(const ServerOptions& options) {
  if (options.metrics.empty()) return absl::OkStatus();
  return AddressOf(options.metrics, "--metrics", /*tls=*/false, options.insecure).status();
}

absl::StatusOr<std::optional<ListenSocket>> BindMetrics(const ServerOptions& options) {
  if (options.metrics.empty()) return std::nullopt;
  const auto address = AddressOf(options.metrics, "--metrics", /*tls=*/false, options.insecure);
  if (!address.ok()) return address.status();
  absl::StatusOr<ListenSocket> socket = ListenSocket::Bind(*address);
  if (!socket.ok()) return socket.status();
  return std::optional<ListenSocket>(*std::move(socket));
}

absl::StatusOr<std::vector<ListenSocket>> BindAll(const std::vector<ListenAddress>& addresses) {
  std::vector<ListenSocket> sockets;
  for (const ListenAddress& address : addresses) {
    absl::StatusOr<ListenSocket> socket = ListenSocket::Bind(address);
    if (!socket.ok()) return socket.status();
    sockets.push_back(*std::move(socket));
  }
  return sockets;
}

void WarnOfExposure(const std::vector<ListenAddress>& addresses, Logger& logger) {
  for (const ListenAddress& address : addresses) {
    if (address.IsLoopback()) continue;
    logger.Warning(absl::StrFormat(
        "other machines can connect to %s, and the gRPC 1.51 of Debian 12 has known faults that no "
        "setting mends: one caller's headers can take the processor for seconds (CVE-2023-33953); "
        "for callers that you do not know put nginx in front, see SECURITY.md",
        address.text));
  }
}

}  // namespace broadsheet::server
