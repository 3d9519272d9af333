// SPDX-License-Identifier: GPL-3.0-or-later
// Advice on errors of a server. The server says what is wrong; only this file knows which option of
// this program helps. Safe from any thread.
#pragma once

#include <string>
#include <string_view>

#include "google/rpc/status.pb.h"

namespace broadsheet::client {

// The reason of the ErrorInfo in `error`, e.g. "LIVE_WRITES_AT_STAKE"; "" when it has none.
std::string ReasonOf(const google::rpc::Status& error);

// "" when the server's message says all there is to say. Other words help a search than help
// anything else.
enum class Asked { kSearch, kOther };
std::string_view Remedy(std::string_view reason, Asked asked = Asked::kOther);

// "<message>; <remedy>", fit to be shown.
std::string WithRemedy(const google::rpc::Status& error);

}  // namespace broadsheet::client
