// SPDX-License-Identifier: GPL-3.0-or-later
// Parses an HTTP response in a web archive.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace broadsheet::sources::warc {

// The largest unpacked body.
inline constexpr size_t kMaxBodyBytes = 32 << 20;

struct HttpResponse {
  int status = 0;
  // In lower case, without parameters: "text/html".
  std::string media_type;
  std::string charset;
  // As transferred: still chunked and packed.
  std::string_view body;
  bool chunked = false;
  // In lower case: "gzip".
  std::string encoding;
};

// INVALID_ARGUMENT when `response` does not begin like HTTP or ends within its headers. The result
// points into `response`.
absl::StatusOr<HttpResponse> ParseHttpResponse(std::string_view response);

// The body, unchunked and unpacked (gzip, deflate, br). Archives often have bodies that were
// unpacked already although the headers were not changed: these are returned unchanged.
// INVALID_ARGUMENT for an unknown encoding, damaged data, or more than kMaxBodyBytes.
absl::StatusOr<std::string> DecodeBody(const HttpResponse& response);

// "text/html; charset=utf-8" -> "text/html", and "utf-8" into `charset`.
std::string ParseContentType(std::string_view value, std::string* charset);

}  // namespace broadsheet::sources::warc
