// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/json/json_string.h"

#include "absl/strings/str_format.h"
#include "engine/text/utf8.h"

namespace broadsheet::sources {

std::string JsonString(std::string_view text) {
  std::string valid(text);
  text::RepairUtf8(&valid);
  std::string json = "\"";
  json.reserve(valid.size() + 2);
  for (const char c : valid) {
    switch (c) {
      case '"':
        json += "\\\"";
        break;
      case '\\':
        json += "\\\\";
        break;
      case '\n':
        json += "\\n";
        break;
      case '\t':
        json += "\\t";
        break;
      default:
        if (static_cast<unsigned char>(c) < 0x20) {
          json += absl::StrFormat("\\u%04x", static_cast<unsigned char>(c));
        } else {
          json += c;
        }
    }
  }
  return json + "\"";
}

}  // namespace broadsheet::sources
