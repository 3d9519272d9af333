// SPDX-License-Identifier: GPL-3.0-or-later
// A request and a reply of HTTP, as the rest of the desk sees them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace broadsheet::desk {

enum class HttpMethod : uint8_t { kGet, kHead, kPost, kOther };

// What a client sent. Nothing of it is decoded but what says so.
struct HttpRequest {
  HttpMethod method = HttpMethod::kGet;
  std::string path = {};   // "/a/https%3A%2F%2Fexample.org", without what follows "?"
  std::string query = {};  // what follows "?", "" without
  std::string body = {};
  // Headers that the desk reads; "" where absent.
  std::string host = {};
  std::string origin = {};
  std::string authorization = {};
  std::string content_type = {};
};

// A name and its value, of a header or a parameter.
using NameAndValue = std::pair<std::string, std::string>;

struct HttpReply {
  int status = 200;
  std::string content_type = "text/html; charset=utf-8";
  std::string body;
  std::vector<NameAndValue> headers = {};
};

inline HttpReply TextReply(int status, std::string text) {
  return {.status = status, .content_type = "text/plain; charset=utf-8", .body = std::move(text)};
}

// The "a=1&b=%20x+y" behind "?", decoded, in order. Bytes that are no UTF-8 are passed on.
std::vector<NameAndValue> ParseParameters(std::string_view query);

// "%2F" -> "/"; with `plus_is_space` also "+" -> " ". A broken escape stays as it is.
std::string Decoded(std::string_view text, bool plus_is_space);

// What may stand in a path or behind "=" of a query: all but letters, digits and "-._~" as %XX.
std::string Encoded(std::string_view text);

}  // namespace broadsheet::desk
