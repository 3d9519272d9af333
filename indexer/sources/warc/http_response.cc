// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/warc/http_response.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_format.h"
#include "indexer/sources/warc/body_codec.h"

namespace broadsheet::sources::warc {
namespace {

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

// "gzip, br"; one header may follow another.
void ReadEncodings(std::string_view value, HttpResponse* response) {
  while (true) {
    const size_t comma = value.find(',');
    std::string encoding = absl::AsciiStrToLower(Trimmed(value.substr(0, comma)));
    if (!encoding.empty() && encoding != "identity") {
      response->encodings.push_back(std::move(encoding));
    }
    if (comma == std::string_view::npos) return;
    value.remove_prefix(comma + 1);
  }
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
    ReadEncodings(value, response);
  } else if (name == "content-length") {
    uint64_t size = 0;
    if (absl::SimpleAtoi(Trimmed(value), &size)) response->size = size;
  }
}

bool LooksLikeMarkup(std::string_view body) {
  const size_t start = body.find_first_not_of(" \t\r\n\xef\xbb\xbf");
  return start != std::string_view::npos && body[start] == '<';
}

// The size in the first line of a chunk; extensions may follow it.
std::optional<size_t> ChunkSize(std::string_view line) {
  const std::string text = Trimmed(line.substr(0, line.find(';')));
  size_t size = 0;
  const char* end = text.data() + text.size();
  const auto [last, error] = std::from_chars(text.data(), end, size, 16);
  if (text.empty() || error != std::errc() || last != end) return std::nullopt;
  return size;
}

// Where the next chunk begins in `body`: a line of its size with a line end so many bytes behind
// it. npos when there is none.
size_t FindChunk(std::string_view body) {
  std::string_view rest = body;
  while (true) {
    const size_t at = body.size() - rest.size();
    const std::optional<std::string_view> line = TakeLine(&rest);
    if (!line.has_value()) return std::string_view::npos;
    constexpr size_t kLongestLine = 64;
    if (line->size() > kLongestLine) continue;
    const std::optional<size_t> size = ChunkSize(*line);
    if (size.has_value() && *size <= rest.size() && rest.substr(*size).starts_with("\r\n"))
      return at;
  }
}

// Whether more than the last headers follow the last chunk.
bool HasChunk(std::string_view rest) {
  const size_t at = FindChunk(rest);
  return at != std::string_view::npos && ChunkSize(rest.substr(at, rest.find('\n', at) - at)) > 0;
}

// Nothing when `body` is not chunked, whatever its headers say. A last chunk that breaks off is
// given as far as it is there; where a chunk's size cannot be read, it goes on to the next one
// whose size can.
std::optional<std::string> Unchunk(std::string_view body, std::string* cut) {
  if (LooksLikeMarkup(body)) return std::nullopt;
  std::string whole;
  while (true) {
    std::string_view rest = body;
    const std::optional<std::string_view> line = TakeLine(&rest);
    if (!line.has_value()) {
      if (whole.empty()) return std::nullopt;
      if (cut->empty()) *cut = "its last chunk is missing";
      return whole;
    }
    const std::optional<size_t> stated = ChunkSize(*line);
    if (stated == 0) {
      if (HasChunk(rest)) *cut = "chunks follow the one that says to be the last";
      return whole;
    }
    const size_t next = stated.has_value() ? std::string_view::npos : FindChunk(rest);
    if (!stated.has_value() && whole.empty() && next == std::string_view::npos) return std::nullopt;
    if (!stated.has_value()) *cut = "the size of a chunk cannot be read";
    const size_t size = std::min(stated.value_or(next), rest.size());
    std::string_view content = rest.substr(0, size);
    if (!stated.has_value() && content.ends_with("\r\n")) content.remove_suffix(2);
    whole += content;
    body = rest.substr(size);
    if (!stated.has_value()) continue;
    // The line end behind the chunk.
    if (body.starts_with("\r\n")) {
      body.remove_prefix(2);
    } else if (body.starts_with('\n')) {
      body.remove_prefix(1);
    }
  }
}

// `body`, or its ASCII characters where it begins like UTF-16, which `narrow` then holds.
std::string_view NarrowedHead(std::string_view body, std::string* narrow) {
  if (body.starts_with("\xef\xbb\xbf")) return body.substr(3);
  const bool is_wide = body.starts_with("\xff\xfe") || body.starts_with("\xfe\xff");
  if (!is_wide) return body;
  for (const char c : body.substr(2)) {
    if (c != '\0') *narrow += c;
  }
  return *narrow;
}

// Past white space, comments and the declaration of XML.
std::string_view SkipXmlProlog(std::string_view text) {
  while (true) {
    text = text.substr(std::min(text.find_first_not_of(" \t\r\n\f"), text.size()));
    const bool is_comment = text.starts_with("<!--");
    if (!is_comment && !text.starts_with("<?xml")) return text;
    const std::string_view end = is_comment ? "-->" : "?>";
    const size_t at = text.find(end);
    // A comment that goes on beyond what is looked at is of a page, as browsers have it.
    if (at == text.npos) return is_comment ? "<html>" : "";
    text.remove_prefix(at + end.size());
  }
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
  std::string type = Trimmed(std::string_view(lower).substr(0, semicolon));
  constexpr auto kUnknown =
      std::to_array<std::string_view>({"unknown/unknown", "application/unknown", "*/*"});
  const bool is_unknown =
      type.find('/') == std::string::npos || std::ranges::find(kUnknown, type) != kUnknown.end();
  return is_unknown ? "" : type;
}

// As browsers tell it, and by more elements that a part of a page may begin with:
// https://mimesniff.spec.whatwg.org/#identifying-a-resource-with-an-unknown-mime-type
bool BeginsLikeHtml(std::string_view body) {
  constexpr auto kBeginnings = std::to_array<std::string_view>(
      {"<!doctype html", "<html", "<head",   "<script", "<iframe", "<h1",    "<h2",
       "<div",           "<font", "<table",  "<a",      "<style",  "<title", "<b",
       "<body",          "<br",   "<p",      "<meta",   "<link",   "<base",  "<article",
       "<section",       "<main", "<header", "<nav",    "<span",   "<ul",    "<img"});
  constexpr size_t kLongest = 16;
  constexpr size_t kHeadBytes = 4096;
  std::string narrow;
  const std::string_view text = SkipXmlProlog(NarrowedHead(body.substr(0, kHeadBytes), &narrow));
  const std::string head = absl::AsciiStrToLower(std::string(text.substr(0, kLongest)));
  return std::ranges::any_of(kBeginnings, [&](std::string_view tag) {
    if (!head.starts_with(tag)) return false;
    const char next = head.size() > tag.size() ? head[tag.size()] : '\0';
    return next == '>' || next == ' ' || next == '\n' || next == '\r' || next == '\t';
  });
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

absl::StatusOr<HttpBody> DecodeBody(const HttpResponse& response) {
  HttpBody body = {.bytes = std::string(response.body), .cut = ""};
  if (response.size.has_value() && *response.size > body.bytes.size() && !response.chunked) {
    body.cut = absl::StrFormat("%d of %d bytes are there", body.bytes.size(), *response.size);
  }
  if (response.chunked) {
    if (std::optional<std::string> whole = Unchunk(response.body, &body.cut); whole.has_value()) {
      body.bytes = *std::move(whole);
    } else if (!LooksLikeMarkup(response.body) && response.encodings.empty()) {
      body.cut = "the size of its first chunk cannot be read";
    }
  }
  if (response.encodings.size() > kMaxEncodings) {
    return absl::InvalidArgumentError("a response that is packed again and again is no article");
  }
  for (size_t left = response.encodings.size(); left > 0; --left) {
    if (LooksLikeMarkup(body.bytes)) break;
    absl::StatusOr<UnpackedBody> unpacked = UnpackBody(body.bytes, response.encodings[left - 1]);
    if (!unpacked.ok()) return unpacked.status();
    if (unpacked->is_cut && body.cut.empty()) body.cut = "the packed data breaks off";
    body.bytes = std::move(unpacked->bytes);
  }
  return body;
}

}  // namespace broadsheet::sources::warc
