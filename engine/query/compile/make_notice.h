// SPDX-License-Identifier: GPL-3.0-or-later
// Notices, wherever in a search they come up.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "broadsheet/v1/search_service.pb.h"

namespace broadsheet::query {

// `reason` is one of those that v1::Notice lists, and `metadata` what it says of that reason. Pure.
inline v1::Notice MakeNotice(std::string_view reason, std::string message,
                             const std::map<std::string, std::string>& metadata) {
  v1::Notice notice;
  notice.set_reason(std::string(reason));
  notice.set_message(std::move(message));
  notice.mutable_metadata()->insert(metadata.begin(), metadata.end());
  return notice;
}

}  // namespace broadsheet::query
