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

namespace broadsheet::commands {

// Waits until the server has verified and published `ref`, or `cancelled`, which is polled often,
// returns true. UNAVAILABLE when nobody answers at `address`, CANCELLED, or the server's error; the
// published generation then stays published.
absl::StatusOr<v1::PublishGenerationResponse> PublishOnServer(
    const std::string& address, const storage::GenerationRef& ref, indexing::WritePolicy writes,
    const std::function<bool()>& cancelled);

}  // namespace broadsheet::commands
