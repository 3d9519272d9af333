// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/view/text_layout.h"

#include <utility>

#include "client/view/web_address.h"

namespace broadsheet::client {
namespace {

constexpr std::string_view kSpaces = " \t\r\n";

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
  if (part.empty()) return;
  const std::string styled = terminal_.Styled(style, part);
  word_ += link_.empty() ? styled : terminal_.Linked(link_, styled);
  word_width_ += DisplayWidth(part);
}

void Paragraph::EndWord() {
  if (word_.empty()) return;
  const size_t room = terminal_.width() > indent_ ? terminal_.width() - indent_ : 1;
  const bool first = column_ == 0;
  if (!first && column_ + 1 + word_width_ > room) {
    lines_ += '\n';
    column_ = 0;
  }
  if (column_ == 0) {
    lines_.append(indent_, ' ');
  } else if (space_before_) {
    lines_ += ' ';
    ++column_;
  }
  lines_ += std::exchange(word_, {});
  column_ += std::exchange(word_width_, 0);
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
