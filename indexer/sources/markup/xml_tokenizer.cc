// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/markup/xml_tokenizer.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "engine/text/utf8.h"
#include "indexer/sources/markup/xml_text.h"

namespace broadsheet::sources::markup {
namespace {

// A text of more is handed out in pieces.
constexpr size_t kPieceBytes = 64 << 10;
// No reference or character is longer; a piece does not end within one.
constexpr size_t kUndividedBytes = 64;
// How far the end of a value is looked for that has a "<" in it.
constexpr size_t kLongestOddValue = 64 << 10;
// What is longer is no name, and a tag of more attributes has them by mistake.
constexpr size_t kLongestName = 1024;
constexpr size_t kMostAttributes = 128;
constexpr size_t kQuotedName = 40;

constexpr XmlTextRules kInText{.has_references = true, .is_value = false};
constexpr XmlTextRules kInValue{.has_references = true, .is_value = true};
constexpr XmlTextRules kInCdata{.has_references = false, .is_value = false};

constexpr std::string_view kCdata = "<![CDATA[";

}  // namespace

std::string QuotedTag(std::string_view name) {
  std::string quoted(text::PrefixOf(name, kQuotedName));
  text::RepairUtf8(&quoted);
  return "<" + quoted + ">";
}

XmlTokenizer::XmlTokenizer(Input& input, size_t max_token_bytes)
    : XmlBuffer(input, max_token_bytes) {}

void XmlTokenizer::NoteTag(std::string what) {
  if (!tag_mistake_.what.empty()) return;
  tag_mistake_ = {.what = std::move(what), .line = line(), .byte_offset = byte_offset()};
}

absl::StatusOr<bool> XmlTokenizer::Next(XmlToken* token) {
  while (true) {
    Compact();
    token->name.clear();
    token->attributes.clear();
    token->text.clear();
    token->is_empty = false;
    const int byte = ByteAt(at_);
    if (byte < 0) {
      if (!failed_.ok()) return failed_;
      return false;
    }
    if (in_cdata_ ? ReadLongCdata(token) : byte == '<' ? ReadMarkup(token) : ReadText(token)) {
      return true;
    }
  }
}

bool XmlTokenizer::ReadMarkup(XmlToken* token) {
  const int byte = ByteAt(at_ + 1);
  if (byte == '!') return ReadDeclaration(token);
  if (byte == '/') return ReadEndTag(token);
  if (byte >= 0 && StartsName(byte)) return ReadStartTag(token);
  if (byte != '?') return ReadLoneBracket(token);
  SkipPast(&instruction_end_, 2, "a processing instruction");
  return false;
}

bool XmlTokenizer::ReadDeclaration(XmlToken* token) {
  if (IsAt(at_, "<!--")) {
    SkipPast(&comment_end_, 4, "a comment");
  } else if (IsAt(at_, kCdata)) {
    return ReadCdata(token);
  } else if (ByteAt(at_ + 8) >= 0 && absl::EqualsIgnoreCase(buffer_.substr(at_, 9), "<!doctype")) {
    SkipDocumentType();
  } else if (StartsName(ByteAt(at_ + 2)) || ByteAt(at_ + 2) == '[') {
    // No declaration stands here in XML; some programs leave conditional comments.
    NoteText("a declaration within the document", at_);
    while (ByteAt(at_) >= 0 && buffer_[at_] != '>') ++at_;
    if (ByteAt(at_) >= 0) ++at_;
  } else {
    return ReadLoneBracket(token);
  }
  return false;
}

// Past what ends with `end`; where nothing ends it, only past its beginning, so that what follows
// is read.
void XmlTokenizer::SkipPast(Seeker* end, size_t opening, std::string_view what) {
  const size_t at = Seek(end, at_ + opening);
  if (at != kNowhere) {
    at_ = at + end->wanted.size();
    return;
  }
  NoteTag(std::string(what) + " does not end");
  at_ = std::min(at_ + opening, buffer_.size());
}

void XmlTokenizer::SkipDocumentType() {
  const size_t end = document_types_end_ ? EndOfDocumentType() : kNowhere;
  if (end != kNowhere) {
    at_ = end;
    return;
  }
  NoteTag("a document type does not end");
  document_types_end_ = false;
  const size_t close = buffer_.find('>', at_);
  at_ = close == kNowhere ? buffer_.size() : close + 1;
}

// Declarations inside brackets, and quotes, may have ">" in them.
size_t XmlTokenizer::EndOfDocumentType() {
  bool is_subset = false;
  for (size_t at = at_ + 2; ByteAt(at) >= 0; ++at) {
    const char c = buffer_[at];
    if (c == '"' || c == '\'') {
      do {
        ++at;
      } while (ByteAt(at) >= 0 && buffer_[at] != c);
    } else if (c == '[' || c == ']') {
      is_subset = c == '[';
    } else if (c == '>' && !is_subset) {
      return at + 1;
    } else if (c == '<' && IsAt(at, "<!--")) {
      const size_t end = Seek(&comment_end_, at + 4);
      if (end == kNowhere) return kNowhere;
      at = end + 2;
    } else if (c == '<' && StartsName(ByteAt(at + 1))) {
      // No declaration begins so: the document has begun.
      NoteTag("a document type does not end");
      return at;
    }
  }
  return kNowhere;
}

bool XmlTokenizer::ReadCdata(XmlToken* token) {
  const size_t begin = at_ + kCdata.size();
  const size_t end = Seek(&cdata_end_, begin);
  if (end == kNowhere && !ended_) {
    in_cdata_ = true;
    at_ = begin;
    return false;
  }
  if (end == kNowhere || IsSwallowing(begin, end)) {
    NoteTag("a CDATA section does not end");
    at_ = begin;
    return false;
  }
  token->kind = XmlTokenKind::kText;
  AddText(begin, end, kInCdata, &token->text);
  at_ = end + cdata_end_.wanted.size();
  return true;
}

// A section of which the end is not in sight.
bool XmlTokenizer::ReadLongCdata(XmlToken* token) {
  const size_t end = Seek(&cdata_end_, at_);
  token->kind = XmlTokenKind::kText;
  if (end != kNowhere) {
    AddText(at_, end, kInCdata, &token->text);
    at_ = end + cdata_end_.wanted.size();
    in_cdata_ = false;
    return true;
  }
  size_t cut = buffer_.size();
  if (ended_) {
    NoteTag("a CDATA section does not end");
    ends_in_token_ = true;
    in_cdata_ = false;
  } else {
    cut = StartOfCharacter(cut - kUndividedBytes);
  }
  AddText(at_, cut, kInCdata, &token->text);
  at_ = cut;
  return true;
}

// Whether a section lost its end, and took the end of a later one. One that rightly has the
// beginning of another in it, such as a script, is followed by the end of its own element, which
// neither begins nor ends in it.
bool XmlTokenizer::IsSwallowing(size_t begin, size_t end) {
  if (Seek(&cdata_start_, begin, end) == kNowhere) return false;
  const size_t next = SkipBlanks(end + cdata_end_.wanted.size());
  const std::string end_tag = "</" + last_start_;
  if (!IsAt(next, end_tag) || !EndsName(ByteAt(next + end_tag.size()))) return true;
  if (search_budget_ < end - begin) return false;
  search_budget_ -= end - begin;
  const std::string_view section = std::string_view(buffer_).substr(begin, end - begin);
  return section.find(end_tag) != kNowhere || section.find("<" + last_start_) != kNowhere;
}

bool XmlTokenizer::ReadEndTag(XmlToken* token) {
  const size_t begin = at_ + 2;
  if (!StartsName(ByteAt(begin))) return ReadLoneBracket(token);
  const size_t end = EndOfName(begin);
  if (end - begin > kLongestName) return ReadLoneBracket(token);
  size_t at = end;
  while (ByteAt(at) >= 0 && buffer_[at] != '>' && buffer_[at] != '<') ++at;
  token->kind = XmlTokenKind::kEnd;
  AddText(begin, end, kInCdata, &token->name);
  if (ByteAt(at) != '>')
    NoteTag(absl::StrCat("the end tag ", QuotedTag("/" + token->name), " is not closed"));
  ends_in_token_ = ends_in_token_ || ByteAt(at) < 0;
  at_ = ByteAt(at) == '>' ? at + 1 : at;
  last_start_.clear();
  return true;
}

bool XmlTokenizer::ReadStartTag(XmlToken* token) {
  const size_t begin = at_ + 1;
  const size_t end = EndOfName(begin);
  if (end - begin > kLongestName) return ReadLoneBracket(token);
  AddText(begin, end, kInCdata, &token->name);
  if (!ReadAttributes(end, token)) {
    token->name.clear();
    token->attributes.clear();
    return ReadLoneBracket(token);
  }
  token->kind = XmlTokenKind::kStart;
  if (token->is_empty) {
    last_start_.clear();
  } else {
    last_start_ = token->name;
  }
  return true;
}

// Moves past the tag; false, without moving, when it is none: "x <y and <b>z</b>".
bool XmlTokenizer::ReadAttributes(size_t at, XmlToken* token) {
  bool is_over = false;
  while (!is_over) {
    at = SkipBlanks(at);
    const int byte = ByteAt(at);
    if (byte < 0 && !ended_) return false;
    if (byte < 0) {
      NoteTag(absl::StrCat("the document ends within the tag ", QuotedTag(token->name)));
      ends_in_token_ = true;
      is_over = true;
    } else if (byte == '>') {
      ++at;
      is_over = true;
    } else if (byte == '/') {
      ++at;
      token->is_empty = ByteAt(at) == '>';
    } else if (byte == '<') {
      const bool has_word = std::any_of(token->attributes.begin(), token->attributes.end(),
                                        [](const XmlAttributeText& a) { return a.value.empty(); });
      if (has_word) return false;
      NoteTag(absl::StrCat("the tag ", QuotedTag(token->name), " is not closed"));
      is_over = true;
    } else if (byte == '"' || byte == '\'' || byte == '=') {
      NoteTag(absl::StrCat("a stray ", std::string(1, buffer_[at]), " in the tag ",
                           QuotedTag(token->name)));
      ++at;
    } else {
      at = ReadAttribute(at, token, &is_over);
    }
  }
  at_ = at;
  return true;
}

size_t XmlTokenizer::ReadAttribute(size_t at, XmlToken* token, bool* is_over) {
  const size_t name_end = EndOfName(at);
  std::string name;
  AddText(at, name_end, kInCdata, &name);
  at = SkipBlanks(name_end);
  if (ByteAt(at) != '=') {
    NoteTag(absl::StrCat("an attribute without a value in the tag ", QuotedTag(token->name)));
    AddAttribute(name, "", token);
    return name_end;
  }
  at = SkipBlanks(at + 1);
  const int quote = ByteAt(at);
  if (quote == '"' || quote == '\'') return ReadQuoted(name, at, token, is_over);
  size_t end = at;
  while (ByteAt(end) >= 0 && !IsBlank(buffer_[end]) && buffer_[end] != '>' && buffer_[end] != '<') {
    ++end;
  }
  // "<br class=x/>"
  if (end > at && ByteAt(end) == '>' && buffer_[end - 1] == '/') --end;
  NoteTag(absl::StrCat("a value without quotes in the tag ", QuotedTag(token->name)));
  std::string value;
  AddText(at, end, kInValue, &value);
  AddAttribute(name, value, token);
  return end;
}

// A value from its quote at `at` on. Where it lost the other one it ends where the tag does.
size_t XmlTokenizer::ReadQuoted(std::string_view name, size_t at, XmlToken* token, bool* is_over) {
  const char quote = buffer_[at];
  const size_t begin = at + 1;
  size_t end = begin;
  while (ByteAt(end) >= 0 && buffer_[end] != quote && buffer_[end] != '<') ++end;
  size_t next = end + 1;
  if (ByteAt(end) == '<') {
    const size_t bracket = end;
    NoteText("a \"<\" in a value", bracket);
    ByteAt(bracket + kLongestOddValue);
    end = Seek(quote == '"' ? &quote_ : &apostrophe_, bracket, bracket + kLongestOddValue);
    const size_t close = Seek(&bracket_, begin, bracket + kLongestOddValue);
    size_t before = end == kNowhere ? 0 : end;
    while (before > begin && IsBlank(Byte(buffer_[before - 1]))) --before;
    next = end + 1;
    // Of <a href="x>text</a><a href="y"> the second quote begins a value.
    if (end == kNowhere || (close < end && buffer_[before - 1] == '=')) {
      NoteTag(absl::StrCat("a value without its end in the tag ", QuotedTag(token->name)));
      end = std::min({close, bracket, buffer_.size()});
      *is_over = true;
      next = close == end ? end + 1 : end;
      if (end > begin && close == end && buffer_[end - 1] == '/') {
        token->is_empty = true;
        --end;
      }
    }
  } else if (ByteAt(end) < 0) {
    next = end;
  }
  std::string value;
  AddText(begin, end, kInValue, &value);
  AddAttribute(name, value, token);
  return next;
}

bool XmlTokenizer::ReadLoneBracket(XmlToken* token) {
  const bool is_last = ByteAt(at_ + 1) < 0 && ended_;
  NoteTag(is_last ? "the document ends within a tag" : "a \"<\" that begins no tag");
  ends_in_token_ = ends_in_token_ || is_last;
  ++at_;
  token->kind = XmlTokenKind::kText;
  token->text = is_last ? "" : "<";
  return true;
}

bool XmlTokenizer::ReadText(XmlToken* token) {
  const size_t end = EndOfTextPiece();
  token->kind = XmlTokenKind::kText;
  AddText(at_, end, kInText, &token->text);
  at_ = end;
  return true;
}

size_t XmlTokenizer::EndOfTextPiece() {
  size_t searched = at_;
  while (true) {
    const size_t end = buffer_.find('<', searched);
    if (end != kNowhere) return end;
    searched = buffer_.size();
    if (ended_) return searched;
    if (searched - at_ >= kPieceBytes) break;
    More();
  }
  const size_t whole = searched - kUndividedBytes;
  size_t cut = buffer_.rfind('&', whole);
  if (cut == kNowhere || cut + kUndividedBytes < whole || cut <= at_) cut = whole;
  cut = StartOfCharacter(cut);
  // The two bytes of one line end.
  return buffer_[cut] == '\n' ? cut + 1 : cut;
}

void XmlTokenizer::AddAttribute(std::string_view name, std::string_view value, XmlToken* token) {
  if (token->attributes.size() >= kMostAttributes) {
    return NoteTag(absl::StrCat("too many attributes in the tag ", QuotedTag(token->name)));
  }
  for (const XmlAttributeText& known : token->attributes) {
    if (known.name != name) continue;
    NoteTag(absl::StrCat("the attribute ", std::string(name.substr(0, kQuotedName)),
                         " stands twice in the tag ", QuotedTag(token->name)));
    return;
  }
  token->attributes.push_back({.name = std::string(name), .value = std::string(value)});
}

void XmlTokenizer::AddText(size_t begin, size_t end, const XmlTextRules& rules, std::string* text) {
  const std::string_view stored = std::string_view(buffer_).substr(begin, end - begin);
  const XmlTextMistake mistake = AppendXmlText(stored, rules, bytes_, text);
  // What is wrong with the character set is said once.
  const bool is_said = mistake.is_of_charset && !charset_note().empty();
  if (mistake.what != nullptr && !is_said) NoteText(mistake.what, begin + mistake.at);
}

void XmlTokenizer::NoteText(const char* what, size_t at) {
  if (!mistake_.what.empty()) return;
  mistake_ = {.what = what, .line = LineOf(at), .byte_offset = OffsetOf(at)};
}

}  // namespace broadsheet::sources::markup
