// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/door/json_value.h"

#include "absl/strings/str_format.h"

namespace broadsheet::desk {

std::string QuotedJson(const std::string& text) {
  std::string quoted = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20) {
      quoted += absl::StrFormat("\\u%04x", byte);
      continue;
    }
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return quoted + '"';
}

JsonValue& JsonValue::operator[](const std::string& name) {
  if (!std::holds_alternative<Object>(value_)) value_ = Object();
  return std::get<Object>(value_)[name];
}

JsonValue& JsonValue::Add() {
  if (!std::holds_alternative<List>(value_)) value_ = List();
  return std::get<List>(value_).emplace_back();
}

std::string JsonValue::Write() const {
  if (const auto* text = std::get_if<std::string>(&value_)) return QuotedJson(*text);
  if (const auto* flag = std::get_if<bool>(&value_)) return *flag ? "true" : "false";
  std::string inside;
  if (const auto* list = std::get_if<List>(&value_)) {
    for (const JsonValue& item : *list) inside += (inside.empty() ? "" : ",") + item.Write();
    return "[" + inside + "]";
  }
  if (const auto* object = std::get_if<Object>(&value_)) {
    for (const auto& [name, member] : *object) {
      inside += (inside.empty() ? "" : ",") + QuotedJson(name) + ":" + member.Write();
    }
  }
  return "{" + inside + "}";
}

}  // namespace broadsheet::desk
