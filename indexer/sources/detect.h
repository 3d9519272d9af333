// SPDX-License-Identifier: GPL-3.0-or-later
// Detects the format of an input from its content, never from its name.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace broadsheet::sources {

enum class Format : uint8_t {
  kAuto,
  kText,
  kHtml,
  kJsonl,
  kNinjs,
  kNitf,
  kNewsml,
  kRss,
  kWarc,
  // XML of any other dialect, which only a map can read; never detected without one.
  kXml,
};
inline constexpr size_t kFormats = 10;

// "auto", "text", "html", "jsonl", "ninjs", "nitf", "newsml", "rss", "warc", "xml".
std::string_view FormatName(Format format);
// The same for reports of what was read, where kAuto is what has no known format: "other".
std::string_view KindName(Format format);
// nullopt for any other name.
std::optional<Format> FormatByName(std::string_view name);

// How much of an input DetectFormat needs.
inline constexpr size_t kDetectBytes = 64 << 10;

// What an input is: of one of the formats, or rightly no article.
struct Detected {
  // kAuto exactly when `no_article` is not empty.
  Format format = Format::kAuto;
  // "JPEG picture": the input is passed over, and counted as this. A constant.
  std::string_view no_article = {};
};

// What an input is that begins with `head` (all of it when shorter than kDetectBytes).
// INVALID_ARGUMENT for what cannot be read and may yet have articles in it: empty, binary, JSON
// that is neither ninjs nor one object a line, XML of an unknown kind, and what is no running text;
// the message says what the input is and the remedy. `is_mapped`: the caller has a field map
// (field_map.h) for JSON lines with foreign names.
absl::StatusOr<Detected> DetectFormat(std::string_view head, bool is_mapped = false);

}  // namespace broadsheet::sources
