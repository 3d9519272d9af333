// SPDX-License-Identifier: GPL-3.0-or-later
// Parses an HTTP response in a web archive, and undoes how its body was sent.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace broadsheet::sources::warc {

struct HttpResponse {
  int status = 0;
  // In lower case, without parameters: "text/html".
  std::string media_type;
  std::string charset;
  // As transferred: still chunked and packed.
  std::string_view body;
  bool chunked = false;
  // Content-Length, of the body as transferred.
  std::optional<uint64_t> size;
  // In lower case, in the order in which they were applied: "gzip".
  std::vector<std::string> encodings;
};

struct HttpBody {
  std::string bytes;
  // What is missing at the end, for a person to read: "500 of 2000 bytes are there"; "" when
  // nothing is.
  std::string cut;
};

// INVALID_ARGUMENT when `response` does not begin like HTTP or ends within its headers. The result
// points into `response`.
absl::StatusOr<HttpResponse> ParseHttpResponse(std::string_view response);

// The body, unchunked and unpacked (body_codec.h). Archives often have bodies that were unpacked
// already although the headers were not changed: these are returned unchanged. INVALID_ARGUMENT as
// UnpackBody, and for more than kMaxEncodings.
absl::StatusOr<HttpBody> DecodeBody(const HttpResponse& response);
inline constexpr size_t kMaxEncodings = 4;

// Whether a body without a Content-Type is a page.
bool BeginsLikeHtml(std::string_view body);

// "text/html; charset=utf-8" -> "text/html", and "utf-8" into `charset`. "" for what browsers take
// for no type: "*/*", "unknown/unknown", "text".
std::string ParseContentType(std::string_view value, std::string* charset);

}  // namespace broadsheet::sources::warc
