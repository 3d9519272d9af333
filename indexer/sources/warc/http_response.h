// SPDX-License-Identifier: GPL-3.0-or-later
// An HTTP response as a web archive keeps it: what it says of its content, and the content.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace broadsheet::sources::warc {

// What a response may unpack to.
inline constexpr size_t kMaxBodyBytes = 32 << 20;

struct HttpResponse {
  int status = 0;
  // In lower case, without parameters: "text/html".
  std::string media_type;
  std::string charset;
  // As sent: still chunked and packed.
  std::string_view body;
  bool chunked = false;
  // In lower case: "gzip".
  std::string encoding;
};

// INVALID_ARGUMENT when `response` does not begin as HTTP does or breaks off within its headers.
// What is returned points into `response`.
absl::StatusOr<HttpResponse> ParseHttpResponse(std::string_view response);

// The body, unchunked and unpacked (gzip, deflate, br). Archives often hold bodies that were
// unpacked while the headers were left as they were: such are taken as they are. INVALID_ARGUMENT
// for an encoding that is not known, for damaged data, and for more than kMaxBodyBytes.
absl::StatusOr<std::string> DecodeBody(const HttpResponse& response);

// "text/html; charset=utf-8" -> "text/html", and "utf-8" into `charset`.
std::string ParseContentType(std::string_view value, std::string* charset);

}  // namespace broadsheet::sources::warc
