// SPDX-License-Identifier: GPL-3.0-or-later
// Unpacks bodies of HTTP: what Content-Encoding names.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace broadsheet::sources::warc {

// The largest unpacked body.
inline constexpr size_t kMaxBodyBytes = 32 << 20;
// A body that unpacks to more than a MiB may unpack to so many times its size.
inline constexpr size_t kMaxBodyRatio = 200;

struct UnpackedBody {
  std::string bytes;
  // The packed data breaks off: these are the bytes up to there.
  bool is_cut = false;
};

// `encoding` is in lower case: gzip, x-gzip, deflate, br or zstd. INVALID_ARGUMENT for any other,
// for damaged data, and for what unpacks to more than kMaxBodyBytes or kMaxBodyRatio allows. Pure.
absl::StatusOr<UnpackedBody> UnpackBody(std::string_view packed, std::string_view encoding);

}  // namespace broadsheet::sources::warc
