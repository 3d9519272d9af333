// SPDX-License-Identifier: GPL-3.0-or-later
// Asks the writable server that holds an index's lock to publish a generation that was built beside
// it.
#pragma once

#include <functional>
#include <string>

#include "absl/status/statusor.h"
#include "broadsheet/v1/admin_service.pb.h"
#include "engine/indexing/publish/writes_at_stake.h"
#include "engine/storage/index/layout.h"
#include "engine/tls/channel_security.h"

namespace broadsheet::commands {

// The server that publishes.
struct PublishingServer {
  std::string address;
  tls::ChannelSecurity security = {};
  std::string token = {};  // as TokenFor gave it
};

// Waits until the server has verified and published `ref`, or `cancelled`, which is polled often,
// returns true. UNAVAILABLE when nobody answers there, CANCELLED, or the server's error; the
// published generation then stays published.
absl::StatusOr<v1::PublishGenerationResponse> PublishOnServer(
    const PublishingServer& server, const storage::GenerationRef& ref, indexing::WritePolicy writes,
    const std::function<bool()>& cancelled);

}  // namespace broadsheet::commands
