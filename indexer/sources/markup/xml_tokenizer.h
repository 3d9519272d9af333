// SPDX-License-Identifier: GPL-3.0-or-later
// Takes XML apart into tags and texts, and never stops at a mistake in it: what is ill-formed is
// read as its writer most likely meant it, and the mistake is told.
//
//   XmlTokenizer tokens(input, 16 << 20);
//   XmlToken token;
//   while (*tokens.Next(&token)) ...
//
// Comments, processing instructions and document types are passed over. What a document declares is
// never looked at, so that no entity can grow or load anything.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "indexer/sources/input/input.h"
#include "indexer/sources/markup/xml_buffer.h"
#include "indexer/sources/markup/xml_text.h"

namespace broadsheet::sources::markup {

enum class XmlTokenKind : uint8_t { kStart, kEnd, kText };

struct XmlAttributeText {
  std::string name;  // with its prefix
  std::string value;
};

struct XmlToken {
  XmlTokenKind kind = XmlTokenKind::kText;
  // Of a tag, with its prefix.
  std::string name = {};
  // The first of each name.
  std::vector<XmlAttributeText> attributes = {};
  // Of a start tag: "<br/>".
  bool is_empty = false;
  // References resolved; valid UTF-8. A long text comes in several tokens.
  std::string text = {};
};

// What is wrong with a document at one place.
struct XmlMistake {
  // For a person to read, without a final period; "" when nothing is wrong.
  std::string what = {};
  uint64_t line = 0;
  uint64_t byte_offset = 0;
};

// "<name>", short and fit for a message whatever the name is.
std::string QuotedTag(std::string_view name);

// Not thread-safe. Memory is bounded by the longest token and `max_token_bytes`; time by the size
// of the input.
class XmlTokenizer : private XmlBuffer {
 public:
  // `input` outlives this.
  XmlTokenizer(Input& input, size_t max_token_bytes);

  // Moves to the next token; false at the end. Errors of Input::Read, which end the reading.
  absl::StatusOr<bool> Next(XmlToken* token);

  // Where the last token starts: the line counted from 1, the byte in the input.
  uint64_t line() { return token_line(); }
  uint64_t byte_offset() { return token_offset(); }
  // Whether the input ended within a tag.
  bool ends_in_token() const { return ends_in_token_; }
  // See XmlBytes::note.
  const std::string& charset_note() const { return bytes_.note(); }

  // The first mistake in characters (a byte of another character set, a bare "&") since the last
  // call. Nothing is lost by it.
  XmlMistake TakeMistake() { return std::exchange(mistake_, {}); }
  // The first mistake in tags since the last call: elements may begin or end elsewhere than meant.
  bool has_tag_mistake() const { return !tag_mistake_.what.empty(); }
  XmlMistake TakeTagMistake() { return std::exchange(tag_mistake_, {}); }

 private:
  // Each of these moves at_ on, and returns whether it made a token.
  bool ReadMarkup(XmlToken* token);
  bool ReadDeclaration(XmlToken* token);
  bool ReadCdata(XmlToken* token);
  bool ReadLongCdata(XmlToken* token);
  bool ReadEndTag(XmlToken* token);
  bool ReadStartTag(XmlToken* token);
  bool ReadLoneBracket(XmlToken* token);
  bool ReadText(XmlToken* token);

  bool IsSwallowing(size_t begin, size_t end);
  void SkipDocumentType();
  size_t EndOfDocumentType();
  void SkipPast(Seeker* end, size_t opening, std::string_view what);
  bool ReadAttributes(size_t at, XmlToken* token);
  // One attribute from `at` on; returns where it ends. Sets `is_over` when the tag does so as well.
  size_t ReadAttribute(size_t at, XmlToken* token, bool* is_over);
  size_t ReadQuoted(std::string_view name, size_t at, XmlToken* token, bool* is_over);
  size_t EndOfTextPiece();
  void AddAttribute(std::string_view name, std::string_view value, XmlToken* token);
  void AddText(size_t begin, size_t end, const XmlTextRules& rules, std::string* text);
  void NoteTag(std::string what);
  void NoteText(const char* what, size_t at);

  bool ends_in_token_ = false;
  bool in_cdata_ = false;
  bool document_types_end_ = true;
  // The element that was begun last, and not ended.
  std::string last_start_;
  // How much may still be searched for its end.
  size_t search_budget_ = size_t{256} << 20;

  Seeker comment_end_{.wanted = "-->"};
  Seeker cdata_start_{.wanted = "<![CDATA["};
  Seeker cdata_end_{.wanted = "]]>"};
  Seeker instruction_end_{.wanted = "?>"};
  Seeker quote_{.wanted = "\""};
  Seeker apostrophe_{.wanted = "'"};
  Seeker bracket_{.wanted = ">"};
  XmlMistake mistake_;
  XmlMistake tag_mistake_;
};

}  // namespace broadsheet::sources::markup
