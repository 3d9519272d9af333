// SPDX-License-Identifier: GPL-3.0-or-later
// The answer to a search as it goes over the wire.
#pragma once

#include <memory>
#include <string>

namespace broadsheet::query {

// A serialised response of broadsheet.v1. The articles of its hits are never parsed, so fields that
// a newer writer has stored pass through. Copies share the bytes.
struct EncodedResponse {
  std::shared_ptr<const std::string> bytes;
};

}  // namespace broadsheet::query
