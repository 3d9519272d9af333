// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/json/json_string.h"

#include "absl/strings/str_format.h"
#include "engine/text/utf8.h"

namespace broadsheet::sources {
namespace {

bool StandsForItself(char c) {
  return c != '"' && c != '\\' && static_cast<unsigned char>(c) >= 0x20;
}

}  // namespace

std::string JsonString(std::string_view text) {
  std::string valid(text);
  text::RepairUtf8(&valid);
  std::string json = "\"";
  json.reserve(valid.size() + 2);
  // Runs of characters that stand for themselves are taken over as they are.
  for (size_t at = 0; at < valid.size(); ++at) {
    size_t end = at;
    while (end < valid.size() && StandsForItself(valid[end])) ++end;
    json.append(valid, at, end - at);
    if (end == valid.size()) break;
    at = end;
    switch (const char c = valid[at]) {
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
        json += absl::StrFormat("\\u%04x", static_cast<unsigned char>(c));
    }
  }
  return json + "\"";
}

}  // namespace broadsheet::sources
