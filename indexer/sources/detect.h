// SPDX-License-Identifier: GPL-3.0-or-later
// The formats, and which one an input is in: told by its content, never by its name.
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
};
inline constexpr size_t kFormats = 9;

// "auto", "text", "html", "jsonl", "ninjs", "nitf", "newsml", "rss", "warc".
std::string_view FormatName(Format format);
// Nothing for any other name.
std::optional<Format> FormatByName(std::string_view name);

// How much of an input DetectFormat wants to see.
inline constexpr size_t kDetectBytes = 64 << 10;

// The format of an input that begins with `head` (all of it when shorter than kDetectBytes); never
// kAuto. INVALID_ARGUMENT when it is none of them: empty,
// binary, or JSON that is neither ninjs nor one object a line; the message says what it is and what
// to do. `is_mapped`: a field map (field_map.h) is there for JSON lines of other people's names.
absl::StatusOr<Format> DetectFormat(std::string_view head, bool is_mapped = false);

}  // namespace broadsheet::sources
