// SPDX-License-Identifier: GPL-3.0-or-later
// The sockets that a server is told to listen on: their addresses are checked before anything is
// opened, since a mistake in an option is the quickest to tell.
#pragma once

#include <optional>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "server/admission/listen_address.h"
#include "server/admission/listen_socket.h"
#include "server/base/logger.h"
#include "server/options.h"

namespace broadsheet::server {

// The addresses of --listen. INVALID_ARGUMENT or FAILED_PRECONDITION, each with its remedy.
absl::StatusOr<std::vector<ListenAddress>> ParseAddresses(const ServerOptions& options);

// The same errors for that of --metrics; OK when there is none.
absl::Status CheckMetricsAddress(const ServerOptions& options);

// Binds that of --metrics; nullopt when no metrics are wanted. Errors also of ListenSocket::Bind.
absl::StatusOr<std::optional<ListenSocket>> BindMetrics(const ServerOptions& options);

// Errors of ListenSocket::Bind.
absl::StatusOr<std::vector<ListenSocket>> BindAll(const std::vector<ListenAddress>& addresses);

// Logs a warning for each address that other machines can reach.
void WarnOfExposure(const std::vector<ListenAddress>& addresses, Logger& logger);

}  // namespace broadsheet::server
