// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/view/text_layout.h"

#include <unicode/uchar.h>
#include <unicode/uscript.h>
#include <unicode/utf8.h>

#include <cstdint>
#include <utility>

#include "client/view/web_address.h"

namespace broadsheet::client {
namespace {

constexpr std::string_view kSpaces = " \t\r\n";

// Letters of scripts that are written without spaces and two columns wide: a line may end behind
// each, unless a sign that closes something follows.
bool IsIdeograph(UChar32 character) {
  const int width = u_getIntPropertyValue(character, UCHAR_EAST_ASIAN_WIDTH);
  return (width == U_EA_WIDE || width == U_EA_FULLWIDTH) && u_isalpha(character) != 0 &&
         u_getIntPropertyValue(character, UCHAR_SCRIPT) != USCRIPT_HANGUL;
}

bool MayBegin(UChar32 character) {
  const int rule = u_getIntPropertyValue(character, UCHAR_LINE_BREAK);
  return rule == U_LB_IDEOGRAPHIC || rule == U_LB_ALPHABETIC || rule == U_LB_NUMERIC ||
         rule == U_LB_OPEN_PUNCTUATION;
}

// How many bytes of `part` a line cannot end within.
size_t LengthOfPiece(std::string_view part) {
  const auto* bytes = reinterpret_cast<const uint8_t*>(part.data());
  const auto size = static_cast<int32_t>(part.size());
  bool may_end = false;
  for (int32_t i = 0; i < size;) {
    const int32_t begin = i;
    UChar32 character = 0;
    U8_NEXT(bytes, i, size, character);
    if (character < 0) continue;
    if (may_end && MayBegin(character)) return static_cast<size_t>(begin);
    if (begin > 0 || may_end || IsIdeograph(character)) {
      may_end = IsIdeograph(character) || (may_end && !MayBegin(character));
    }
  }
  return part.size();
}

}  // namespace

void Paragraph::Add(Style style, std::string_view text) {
  while (!text.empty()) {
    const size_t space = text.find_first_of(kSpaces);
    AddPart(style, text.substr(0, space));
    if (space == std::string_view::npos) return;
    EndWord();
    space_before_ = true;
    const size_t next = text.find_first_not_of(kSpaces, space);
    text = next == std::string_view::npos ? std::string_view() : text.substr(next);
  }
}

void Paragraph::AddLink(Style style, std::string_view text, std::string_view url) {
  link_ = WebAddress(url);
  Add(style, text);
  link_.clear();
}

void Paragraph::AddPart(Style style, std::string_view part) {
  while (!part.empty()) {
    const std::string_view piece = part.substr(0, LengthOfPiece(part));
    const std::string styled = terminal_.Styled(style, piece);
    word_.push_back({.text = link_.empty() ? styled : terminal_.Linked(link_, styled),
                     .width = DisplayWidth(piece)});
    word_width_ += word_.back().width;
    part.remove_prefix(piece.size());
  }
}

void Paragraph::EndWord() {
  const size_t room = terminal_.width() > indent_ ? terminal_.width() - indent_ : 1;
  // What fits into a line is kept together.
  const bool whole = word_width_ <= room;
  if (whole && !word_.empty()) {
    Piece word{.text = "", .width = word_width_};
    for (const Piece& piece : word_) word.text += piece.text;
    word_.assign(1, word);
  }
  for (const Piece& piece : word_) Place(piece, room);
  word_.clear();
  word_width_ = 0;
}

void Paragraph::Place(const Piece& piece, size_t room) {
  const size_t gap = space_before_ ? 1 : 0;
  if (column_ > 0 && column_ + gap + piece.width > room) {
    lines_ += '\n';
    column_ = 0;
  }
  if (column_ == 0) {
    lines_.append(indent_, ' ');
  } else if (space_before_) {
    lines_ += ' ';
    ++column_;
  }
  lines_ += piece.text;
  column_ += piece.width;
  space_before_ = false;
}

std::string Paragraph::Take() {
  EndWord();
  if (!lines_.empty()) lines_ += '\n';
  column_ = 0;
  space_before_ = false;
  return std::exchange(lines_, {});
}

}  // namespace broadsheet::client
