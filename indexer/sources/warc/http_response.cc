// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/warc/http_response.h"

#include <brotli/decode.h>
#include <zlib.h>

#include <algorithm>
#include <charconv>
#include <optional>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_format.h"

namespace broadsheet::sources::warc {
namespace {

constexpr size_t kBufferBytes = 64 << 10;

std::string Trimmed(std::string_view text) {
  std::string trimmed(text);
  absl::StripAsciiWhitespace(&trimmed);
  return trimmed;
}

// Takes the first line off `rest`; nothing when there is no line end.
std::optional<std::string_view> TakeLine(std::string_view* rest) {
  const size_t end = rest->find('\n');
  if (end == std::string_view::npos) return std::nullopt;
  std::string_view line = rest->substr(0, end);
  if (line.ends_with('\r')) line.remove_suffix(1);
  rest->remove_prefix(end + 1);
  return line;
}

void ReadHeader(std::string_view line, HttpResponse* response) {
  const size_t colon = line.find(':');
  if (colon == std::string_view::npos) return;
  const std::string name = absl::AsciiStrToLower(Trimmed(line.substr(0, colon)));
  const std::string_view value = line.substr(colon + 1);
  if (name == "content-type") {
    response->media_type = ParseContentType(value, &response->charset);
  } else if (name == "transfer-encoding") {
    response->chunked = absl::StrContains(absl::AsciiStrToLower(std::string(value)), "chunked");
  } else if (name == "content-encoding") {
    response->encoding = absl::AsciiStrToLower(Trimmed(value));
  }
}

// Nothing when `body` is not chunked, whatever its headers say. A last chunk that breaks off is
// given as far as it is there.
std::optional<std::string> Unchunk(std::string_view body) {
  std::string whole;
  while (true) {
    const std::optional<std::string_view> line = TakeLine(&body);
    if (!line.has_value()) return whole.empty() ? std::nullopt : std::optional(whole);
    // Extensions may follow the size.
    const std::string size_text = Trimmed(line->substr(0, line->find(';')));
    size_t size = 0;
    const char* end = size_text.data() + size_text.size();
    const auto [last, error] = std::from_chars(size_text.data(), end, size, 16);
    if (size_text.empty() || error != std::errc() || last != end) return std::nullopt;
    if (size == 0) return whole;
    whole += body.substr(0, size);
    body.remove_prefix(std::min(size, body.size()));
    // The line end behind the chunk.
    if (body.starts_with("\r\n")) {
      body.remove_prefix(2);
    } else if (body.starts_with('\n')) {
      body.remove_prefix(1);
    }
  }
}

absl::Status TooLarge() {
  return absl::InvalidArgumentError(absl::StrFormat(
      "a response that unpacks to more than %d bytes is no article", kMaxBodyBytes));
}

// gzip and zlib are told by their heads, raw deflate is what is neither.
absl::StatusOr<std::string> Inflate(std::string_view packed, int window_bits) {
  z_stream stream = {};
  if (inflateInit2(&stream, window_bits) != Z_OK) {
    return absl::ResourceExhaustedError("no memory to unpack a response");
  }
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
  stream.avail_in = static_cast<uInt>(packed.size());
  std::string whole;
  std::string buffer(kBufferBytes, '\0');
  int result = Z_OK;
  while (result == Z_OK && whole.size() <= kMaxBodyBytes) {
    stream.next_out = reinterpret_cast<Bytef*>(buffer.data());
    stream.avail_out = static_cast<uInt>(buffer.size());
    result = inflate(&stream, Z_NO_FLUSH);
    whole.append(buffer, 0, buffer.size() - stream.avail_out);
  }
  inflateEnd(&stream);
  if (whole.size() > kMaxBodyBytes) return TooLarge();
  // A body that was cut off is worth as much as there is of it.
  if (result == Z_STREAM_END || (result == Z_BUF_ERROR && !whole.empty())) return whole;
  return absl::InvalidArgumentError("the packed response is damaged");
}

absl::StatusOr<std::string> UnpackBrotli(std::string_view packed) {
  BrotliDecoderState* state = BrotliDecoderCreateInstance(nullptr, nullptr, nullptr);
  if (state == nullptr) return absl::ResourceExhaustedError("no memory to unpack a response");
  const auto* next_in = reinterpret_cast<const uint8_t*>(packed.data());
  size_t available_in = packed.size();
  std::string whole;
  std::string buffer(kBufferBytes, '\0');
  BrotliDecoderResult result = BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT;
  while (result == BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT && whole.size() <= kMaxBodyBytes) {
    auto* next_out = reinterpret_cast<uint8_t*>(buffer.data());
    size_t available_out = buffer.size();
    result = BrotliDecoderDecompressStream(state, &available_in, &next_in, &available_out,
                                           &next_out, nullptr);
    whole.append(buffer, 0, buffer.size() - available_out);
  }
  BrotliDecoderDestroyInstance(state);
  if (whole.size() > kMaxBodyBytes) return TooLarge();
  if (result == BROTLI_DECODER_RESULT_ERROR) {
    return absl::InvalidArgumentError("the packed response is damaged");
  }
  return whole;
}

bool LooksLikeMarkup(std::string_view body) {
  const size_t start = body.find_first_not_of(" \t\r\n\xef\xbb\xbf");
  return start != std::string_view::npos && body[start] == '<';
}

}  // namespace

std::string ParseContentType(std::string_view value, std::string* charset) {
  const size_t semicolon = value.find(';');
  const std::string lower = absl::AsciiStrToLower(std::string(value));
  const size_t at = lower.find("charset=");
  if (at != std::string::npos) {
    std::string_view name =
        std::string_view(lower).substr(at + std::string_view("charset=").size());
    if (name.starts_with('"')) name.remove_prefix(1);
    *charset = Trimmed(name.substr(0, name.find_first_of(" \";,")));
  }
  return Trimmed(std::string_view(lower).substr(0, semicolon));
}

absl::StatusOr<HttpResponse> ParseHttpResponse(std::string_view response) {
  HttpResponse parsed;
  std::string_view rest = response;
  std::optional<std::string_view> line = TakeLine(&rest);
  if (!line.has_value() || !line->starts_with("HTTP/")) {
    return absl::InvalidArgumentError("no HTTP response");
  }
  const size_t space = line->find(' ');
  if (space == std::string_view::npos ||
      !absl::SimpleAtoi(std::string(line->substr(space + 1, 3)), &parsed.status)) {
    return absl::InvalidArgumentError("an HTTP response without a status");
  }
  while (true) {
    line = TakeLine(&rest);
    if (!line.has_value()) {
      return absl::InvalidArgumentError("an HTTP response that breaks off within its headers");
    }
    if (line->empty()) break;
    ReadHeader(*line, &parsed);
  }
  parsed.body = rest;
  return parsed;
}

absl::StatusOr<std::string> DecodeBody(const HttpResponse& response) {
  std::string body(response.body);
  if (response.chunked) {
    if (std::optional<std::string> whole = Unchunk(response.body); whole.has_value()) {
      body = *std::move(whole);
    }
  }
  if (response.encoding.empty() || response.encoding == "identity" || LooksLikeMarkup(body)) {
    return body;
  }
  constexpr int kGzipOrZlib = 15 + 32;
  constexpr int kRaw = -15;
  if (response.encoding == "gzip" || response.encoding == "x-gzip") {
    return Inflate(body, kGzipOrZlib);
  }
  if (response.encoding == "deflate") {
    absl::StatusOr<std::string> unpacked = Inflate(body, kGzipOrZlib);
    return unpacked.ok() ? unpacked : Inflate(body, kRaw);
  }
  if (response.encoding == "br") return UnpackBrotli(body);
  return absl::InvalidArgumentError("a response packed as \"" + response.encoding +
                                    "\", which is not known");
}

}  // namespace broadsheet::sources::warc
