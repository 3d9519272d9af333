// SPDX-License-Identifier: GPL-3.0-or-later
// Walks the fields of a serialised broadsheet.v1.Article without parsing it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace broadsheet::storage {

// One field as it is on the wire.
struct WireField {
  int number = 0;
  std::string_view whole;    // tag, length and content
  std::string_view content;  // of a length-delimited field; empty for any other
};

// Iterates over the fields of a serialised message. Every length is checked against the bytes that
// are there, so damaged bytes end the walk and do no harm.
class WireWalk {
 public:
  explicit WireWalk(std::string_view message) : rest_(message) {}
  // nullopt at the end, and at bytes that are no field; whole() is true only at the end.
  std::optional<WireField> Next();
  bool whole() const { return rest_.empty(); }

 private:
  std::string_view rest_;
};

// An article in two parts that are stored apart.
struct SplitArticle {
  std::string card;       // the serialised Article without its body
  std::string_view body;  // points into the article
};

// nullopt when `serialized` is no message.
std::optional<SplitArticle> SplitBody(std::string_view serialized);

// Adds the body to a serialised Article without one. An empty body adds nothing.
void AppendBody(std::string_view body, std::string* card);

// Adds a length-delimited field to a serialised message.
void AppendWireField(int number, std::string_view content, std::string* message);

// Adds the tag and the length of a length-delimited field, whose content the caller adds.
void AppendWireHead(int number, uint64_t content_bytes, std::string* message);

}  // namespace broadsheet::storage
