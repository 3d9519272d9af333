// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/json/object_scan.h"

namespace broadsheet::sources {

void ObjectScan::Restart() {
  at_ = 1;
  open_ = "{";
  expect_ = Expect::kKey;
  in_string_ = false;
  escaped_ = false;
}

ObjectScan::Outcome ObjectScan::Scan(std::string_view text) {
  while (at_ < text.size()) {
    if (in_string_) {
      if (!ScanString(text)) break;
      continue;
    }
    const char c = text[at_];
    if (c != ' ' && c != '\n' && c != '\t' && c != '\r') {
      if (!ScanByte(c)) return Outcome::kBroken;
    } else if (expect_ == Expect::kScalarEnd) {
      expect_ = Expect::kAfterValue;
    }
    ++at_;
    if (open_.empty()) return Outcome::kWhole;
  }
  return Outcome::kOpen;
}

// Goes behind the end of the string; false when the text ends first.
bool ObjectScan::ScanString(std::string_view text) {
  while (at_ < text.size()) {
    const char c = text[at_++];
    if (escaped_) {
      escaped_ = false;
      continue;
    }
    escaped_ = c == '\\';
    if (c != '"') continue;
    in_string_ = false;
    expect_ = expect_ == Expect::kKey ? Expect::kColon : Expect::kAfterValue;
    return true;
  }
  return false;
}

bool ObjectScan::ScanByte(char c) {
  const bool can_start = expect_ == Expect::kValue || expect_ == Expect::kKey;
  switch (c) {
    case '"':
      in_string_ = can_start;
      return can_start;
    case '{':
    case '[':
      if (expect_ != Expect::kValue) return false;
      open_ += c;
      expect_ = c == '{' ? Expect::kKey : Expect::kValue;
      return true;
    case '}':
    case ']':
      return Close(c);
    case ',':
      return AfterComma();
    case ':':
      if (expect_ != Expect::kColon) return false;
      expect_ = Expect::kValue;
      return true;
    default:
      if (expect_ == Expect::kScalarEnd) return true;
      if (expect_ != Expect::kValue) return false;
      expect_ = Expect::kScalarEnd;
      return true;
  }
}

// A comma too many or a value that is missing leaves no doubt where the object ends.
bool ObjectScan::AfterComma() {
  if (expect_ == Expect::kColon) return false;
  expect_ = InObject() ? Expect::kKey : Expect::kValue;
  return true;
}

bool ObjectScan::Close(char bracket) {
  const bool fits = InObject() == (bracket == '}') && expect_ != Expect::kColon;
  if (!fits) return false;
  open_.pop_back();
  expect_ = Expect::kAfterValue;
  return true;
}

}  // namespace broadsheet::sources
