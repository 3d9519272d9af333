// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/json/json_parser.h"

#include <charconv>
#include <optional>
#include <utility>

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

bool MendJson(std::string* json) {
  std::string mended;
  mended.reserve(json->size());
  bool in_string = false;
  bool escaped = false;
  size_t comma = std::string::npos;  // in `mended`, with only white space behind it
  for (const char c : *json) {
    const bool is_control = static_cast<unsigned char>(c) < 0x20;
    if (in_string && is_control && !escaped) {
      mended += absl::StrFormat("\\u%04x", static_cast<unsigned char>(c));
      continue;
    }
    const bool is_blank = is_control || c == ' ';
    const bool ends_or_repeats = c == '}' || c == ']' || c == ',';
    if (!in_string && ends_or_repeats && comma != std::string::npos) mended[comma] = ' ';
    if (c == ',' && !in_string) {
      comma = mended.size();
    } else if (!is_blank) {
      comma = std::string::npos;
    }
    if (c == '"' && !escaped) in_string = !in_string;
    escaped = in_string && c == '\\' && !escaped;
    mended += c;
  }
  if (comma != std::string::npos) mended[comma] = ' ';
  const bool has_changed = mended != *json;
  *json = std::move(mended);
  return has_changed;
}

// Only reached by a text that is not valid.
simdjson::error_code JsonParser::ParseMended(simdjson::dom::element* root) {
  if (!MendJson(&repaired_)) return simdjson::TAPE_ERROR;
  const auto error = parser_.parse(repaired_).get(*root);
  if (error == simdjson::SUCCESS) {
    mended_ =
        "not valid JSON, but read: it has a comma too many, or a bare control character in a "
        "string";
  }
  return error;
}

absl::StatusOr<simdjson::dom::element> JsonParser::Parse(std::string_view json, bool* repaired) {
  mended_ = {};
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
  if (error != simdjson::SUCCESS && error != simdjson::CAPACITY && error != simdjson::MEMALLOC) {
    if (!*repaired) repaired_.assign(json);
    if (ParseMended(&root) == simdjson::SUCCESS) error = simdjson::SUCCESS;
  }
  if (error != simdjson::SUCCESS) {
    return absl::InvalidArgumentError(
        absl::StrFormat("not valid JSON: %s", simdjson::error_message(error)));
  }
  return root;
}

}  // namespace broadsheet::sources
