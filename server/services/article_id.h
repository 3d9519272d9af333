// SPDX-License-Identifier: GPL-3.0-or-later
// Checks an article's id in a request.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/status.h"

namespace broadsheet::server {

// INVALID_ARGUMENT with INVALID_ARGUMENT_VALUE, naming `field`, unless `id` has 1 to 1000 bytes
// and no control characters.
absl::Status CheckArticleId(std::string_view field, const std::string& id);

}  // namespace broadsheet::server
