// SPDX-License-Identifier: GPL-3.0-or-later
// Reads and rejects inputs that are a single record.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "indexer/sources/article/source.h"
#include "indexer/sources/input/input.h"

namespace broadsheet::sources {

// Returns the rest of `input`. Uses memory of at most `max_bytes` and one buffer. INVALID_ARGUMENT
// when there is more, saying that `what` ("a page") of that size is not one article; errors of
// Input::Read.
absl::StatusOr<std::string> ReadWhole(Input& input, size_t max_bytes, std::string_view what);

// The reject of a whole input; keeps only the start of `record`.
Reject RejectWhole(const Input& input, const absl::Status& why, std::string record);

}  // namespace broadsheet::sources
