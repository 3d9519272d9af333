// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/services/generation_message.h"

#include <string>

#include "absl/time/time.h"
#include "engine/storage/base/generation.h"
#include "engine/storage/check/live_check.h"
#include "engine/storage/live/live_stamp.h"

namespace broadsheet::server {

v1::Generation MakeGeneration(const storage::GenerationInfo& info, const storage::Layout& layout) {
  v1::Generation message;
  message.set_number(static_cast<int32_t>(info.number));
  message.set_size_bytes(static_cast<int64_t>(info.bytes_on_disk));
  message.set_state(info.current ? v1::Generation::STATE_PUBLISHED : v1::Generation::STATE_READY);
  const auto unusable = [&message](const absl::Status& why) {
    message.set_state(v1::Generation::STATE_UNUSABLE);
    message.set_problem(std::string(why.message()));
  };
  if (!info.state.ok()) {
    unusable(info.state);
    return message;
  }
  message.set_build_id(info.manifest.ref.build_id);
  message.mutable_built_time()->set_seconds(absl::ToUnixSeconds(info.manifest.built));
  message.set_article_count(static_cast<int32_t>(info.manifest.articles));
  const auto folder = layout.generation(info.number);
  if (!storage::LiveExists(folder)) return message;
  const auto generation = storage::Generation::Open(folder);
  if (!generation.ok()) {
    unusable(generation.status());
    return message;
  }
  const auto written = storage::CountLive(*generation);
  if (!written.ok()) {
    unusable(written.status());
    return message;
  }
  message.set_live_writes(static_cast<int32_t>(written->total()));
  return message;
}

}  // namespace broadsheet::server
