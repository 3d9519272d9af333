// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/view/safe_output.h"

#include <unicode/utf8.h>

#include <algorithm>
#include <cstdint>
#include <functional>

#include "absl/strings/str_format.h"
#include "client/view/web_address.h"
#include "engine/base/hidden_mark.h"

namespace broadsheet::client {
namespace {

// The length of the beginning or end of a link that begins `text`, "\x1b]8;id=1;https://a.b\x1b\\";
// 0 when there is none. Its address is http or https, in visible ASCII.
size_t LengthOfLink(std::string_view text) {
  constexpr std::string_view kStart = "\x1b]8;";
  constexpr std::string_view kEnd = "\x1b\\";
  if (!text.starts_with(kStart)) return 0;
  const size_t end = text.find(kEnd, kStart.size());
  if (end == text.npos) return 0;
  const std::string_view inside = text.substr(kStart.size(), end - kStart.size());
  const size_t semicolon = inside.find(';');
  if (semicolon == inside.npos) return 0;
  const std::string_view address = inside.substr(semicolon + 1);
  const bool is_own = address.empty() ? semicolon == 0 : WebAddress(address) == address;
  const size_t id_end = inside.find_first_not_of("0123456789", std::min<size_t>(3, semicolon));
  const bool has_id = semicolon == 0 || (inside.starts_with("id=") && id_end == semicolon);
  return is_own && has_id ? end + kEnd.size() : 0;
}

// The length of the client's own code that begins `text`, "\x1b[1;31m" or that of a link; 0 when
// there is none.
size_t LengthOfStyle(std::string_view text) {
  if (const size_t link = LengthOfLink(text); link > 0) return link;
  if (!text.starts_with("\x1b[")) return 0;
  const size_t end = text.find_first_not_of("0123456789;", 2);
  return end != text.npos && (text[end] == 'm' || text[end] == 'K') ? end + 1 : 0;
}

std::string ReplaceMarks(std::string_view text, bool keeps_styles,
                         const std::function<std::string(uint32_t)>& shown) {
  const auto* bytes = reinterpret_cast<const uint8_t*>(text.data());
  std::string safe;
  safe.reserve(text.size());
  for (size_t at = 0; at < text.size();) {
    const size_t style = keeps_styles ? LengthOfStyle(text.substr(at)) : 0;
    if (style > 0) {
      safe += text.substr(at, style);
      at += style;
      continue;
    }
    size_t end = at;
    UChar32 character = 0;
    U8_NEXT(bytes, end, text.size(), character);
    const bool is_own = keeps_styles && character == '\r';
    if (base::IsHiddenMark(character) && !is_own) {
      safe += shown(static_cast<uint32_t>(character));
    } else {
      safe += text.substr(at, end - at);
    }
    at = end;
  }
  return safe;
}

}  // namespace

std::string WithMarksShown(std::string_view text) {
  return ReplaceMarks(text, /*keeps_styles=*/true,
                      [](uint32_t mark) { return absl::StrFormat("<U+%04X>", mark); });
}

std::string WithMarksEscaped(std::string_view json) {
  return ReplaceMarks(json, /*keeps_styles=*/false, [](uint32_t mark) {
    constexpr uint32_t kFirstOfTwo = 0x10000;
    if (mark < kFirstOfTwo) return absl::StrFormat("\\u%04x", mark);
    const uint32_t rest = mark - kFirstOfTwo;
    return absl::StrFormat("\\u%04x\\u%04x", 0xD800U + (rest >> 10U), 0xDC00U + (rest & 0x3FFU));
  });
}

SafeBuffer::int_type SafeBuffer::overflow(int_type c) {
  if (traits_type::eq_int_type(c, traits_type::eof())) return traits_type::not_eof(c);
  const char byte = traits_type::to_char_type(c);
  return xsputn(&byte, 1) == 1 ? c : traits_type::eof();
}

std::streamsize SafeBuffer::xsputn(const char* text, std::streamsize size) {
  pending_.append(text, static_cast<size_t>(size));
  return Pass(/*is_end=*/false) ? size : 0;
}

int SafeBuffer::sync() {
  const bool is_written = Pass(/*is_end=*/true);
  to_.flush();
  return is_written && to_.good() ? 0 : -1;
}

bool SafeBuffer::Pass(bool is_end) {
  const size_t line_end = pending_.rfind('\n');
  const size_t size = is_end ? pending_.size() : line_end == std::string::npos ? 0 : line_end + 1;
  if (size == 0) return true;
  to_ << WithMarksShown(std::string_view(pending_).substr(0, size));
  pending_.erase(0, size);
  return to_.good();
}

}  // namespace broadsheet::client
