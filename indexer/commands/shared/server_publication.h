// SPDX-License-Identifier: GPL-3.0-or-later
// Asks the writable server that holds an index's lock to publish a generation that was built beside
// it.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "engine/indexing/publish/handover.h"
#include "engine/indexing/publish/writes_at_stake.h"
#include "engine/storage/index/layout.h"
#include "engine/storage/live/live_counts.h"
#include "engine/tls/channel_security.h"

namespace broadsheet::commands {

// The server that publishes.
struct PublishingServer {
  std::string address;
  tls::ChannelSecurity security = {};
  std::string token = {};  // as TokenFor gave it
};

// What became of the writes of the generation that was published before; the server tells of each
// only how many articles and deletions they were.
struct PublishedByServer {
  indexing::CarriedWrites kept;
  storage::LiveCounts discarded;
};

// The address of the writable server that keeps others from the lock of the index; "" when
// `not_locked`, an error of IndexLock::Acquire, tells of none.
std::string ServerThatHolds(const absl::Status& not_locked);

// Waits until the server has verified and published `ref`, or `cancelled`, which is polled often,
// returns true. FAILED_PRECONDITION, with the server's reason and the command that tries again,
// when it has not; the generation, which was `made` ("built"), then stays, and so does the
// published one.
absl::StatusOr<PublishedByServer> PublishOnServer(const PublishingServer& server,
                                                  const storage::Layout& layout,
                                                  const storage::GenerationRef& ref,
                                                  std::string_view made,
                                                  indexing::WritePolicy writes,
                                                  const std::function<bool()>& cancelled);

}  // namespace broadsheet::commands
