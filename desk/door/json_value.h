// SPDX-License-Identifier: GPL-3.0-or-later
// A small tree of JSON to be written: texts, booleans, lists and objects. (protobuf's Struct is of
// no use where ThreadSanitizer is: Debian's library lays its maps out otherwise.)
#pragma once

#include <map>
#include <string>
#include <variant>
#include <vector>

namespace broadsheet::desk {

// `text` with its quotes, as a string of JSON.
std::string QuotedJson(const std::string& text);

class JsonValue {
 public:
  // The member with this name of an object; makes an object of what is none yet.
  JsonValue& operator[](const std::string& name);
  // A new last item of a list; makes a list of what is none yet.
  JsonValue& Add();
  void operator=(std::string text) { value_ = std::move(text); }
  void operator=(const char* text) { value_ = std::string(text); }
  void operator=(bool flag) { value_ = flag; }

  // On one line, members in order of their names. Nothing set yet is {}.
  std::string Write() const;

 private:
  using Object = std::map<std::string, JsonValue>;
  using List = std::vector<JsonValue>;
  std::variant<std::monostate, std::string, bool, Object, List> value_;
};

}  // namespace broadsheet::desk
