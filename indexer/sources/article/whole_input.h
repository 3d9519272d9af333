// SPDX-License-Identifier: GPL-3.0-or-later
// Inputs that are one record: read as a whole, refused as a whole.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "indexer/sources/article/source.h"
#include "indexer/sources/input/input.h"

namespace broadsheet::sources {

// The rest of `input`; never more than `max_bytes` and one buffer in memory. INVALID_ARGUMENT,
// saying that `what` ("a page") of more cannot be one article, when there is more; else the errors
// of Input::Read.
absl::StatusOr<std::string> ReadWhole(Input& input, size_t max_bytes, std::string_view what);

// The reject of a whole input; of `record` its start is kept.
Reject RejectWhole(const Input& input, const absl::Status& why, std::string record);

}  // namespace broadsheet::sources
