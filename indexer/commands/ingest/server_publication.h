// SPDX-License-Identifier: GPL-3.0-or-later
// Has the writable server that holds an index's lock publish a generation that was built beside it.
#pragma once

#include <functional>
#include <string>

#include "absl/status/statusor.h"
#include "broadsheet/v1/admin_service.pb.h"
#include "engine/indexing/publish/writes_at_stake.h"
#include "engine/storage/index/layout.h"

namespace broadsheet::commands {

// Waits for the server to verify and publish it, or for `cancelled`, which is asked often.
// UNAVAILABLE when nobody answers at `address`, CANCELLED, or why the server does not publish it;
// the published generation is then as it was.
absl::StatusOr<v1::PublishGenerationResponse> PublishOnServer(
    const std::string& address, const storage::GenerationRef& ref, indexing::WritePolicy writes,
    const std::function<bool()>& cancelled);

}  // namespace broadsheet::commands
