// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/json/json_parser.h"

#include <charconv>
#include <optional>

#include "absl/strings/str_format.h"
#include "engine/text/utf8.h"

namespace broadsheet::sources {
namespace {

static_assert(JsonParser::kPadding >= simdjson::SIMDJSON_PADDING);

// After a longer text the parser's tables are freed again.
constexpr size_t kKeepParserBytes = 1 << 20;

// The code unit of the escape at `at`, or nothing when there is no \uXXXX.
std::optional<uint16_t> EscapeAt(std::string_view json, size_t at) {
  if (at + 6 > json.size() || json[at] != '\\' || json[at + 1] != 'u') return std::nullopt;
  uint16_t unit = 0;
  const char* digits = json.data() + at + 2;
  const auto [end, error] = std::from_chars(digits, digits + 4, unit, 16);
  if (error != std::errc() || end != digits + 4) return std::nullopt;
  return unit;
}

bool IsHigh(uint16_t unit) { return unit >= 0xD800 && unit <= 0xDBFF; }
bool IsLow(uint16_t unit) { return unit >= 0xDC00 && unit <= 0xDFFF; }

}  // namespace

size_t RepairSurrogateEscapes(std::string* json) {
  size_t repaired = 0;
  size_t at = 0;
  while ((at = json->find('\\', at)) != std::string::npos) {
    const std::optional<uint16_t> unit = EscapeAt(*json, at);
    if (!unit.has_value()) {
      // Past the escaped character, which may be a backslash itself.
      at += 2;
      continue;
    }
    if (IsHigh(*unit) && IsLow(EscapeAt(*json, at + 6).value_or(0))) {
      at += 12;
      continue;
    }
    if (IsHigh(*unit) || IsLow(*unit)) {
      json->replace(at, 6, "\\ufffd");
      ++repaired;
    }
    at += 6;
  }
  return repaired;
}

absl::StatusOr<simdjson::dom::element> JsonParser::Parse(std::string_view json, bool* repaired) {
  if (parser_.capacity() > kKeepParserBytes && json.size() <= kKeepParserBytes) {
    parser_ = simdjson::dom::parser();
  }
  simdjson::dom::element root;
  *repaired = false;
  // simdjson lets some lone surrogates through as ill-formed UTF-8, so they are looked for first.
  if (json.find("\\ud") != std::string_view::npos || json.find("\\uD") != std::string_view::npos) {
    repaired_.assign(json);
    *repaired = RepairSurrogateEscapes(&repaired_) > 0;
    if (*repaired) json = repaired_;
  }
  // Copies when the text has no padding behind it, as after a repair.
  auto error = parser_.parse(json.data(), json.size(), *repaired).get(root);
  if (error == simdjson::UTF8_ERROR) {
    if (!*repaired) repaired_.assign(json);
    *repaired = text::RepairUtf8(&repaired_) > 0;
    error = parser_.parse(repaired_).get(root);
  }
  if (error != simdjson::SUCCESS) {
    return absl::InvalidArgumentError(
        absl::StrFormat("not valid JSON: %s", simdjson::error_message(error)));
  }
  return root;
}

}  // namespace broadsheet::sources
