// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/view/terminal.h"

#include <sys/ioctl.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <cstdlib>
#include <functional>
#include <utility>

#include "engine/base/hidden_mark.h"

namespace broadsheet::client {
namespace {

constexpr size_t kMinWidth = 40;
constexpr size_t kMaxWidth = 120;
constexpr size_t kDefaultWidth = 80;

size_t WidthFromEnvironment() {
  const char* columns = std::getenv("COLUMNS");
  if (columns == nullptr) return kDefaultWidth;
  const std::string_view text = columns;
  size_t width = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), width);
  return error == std::errc() && end == text.data() + text.size() ? width : kDefaultWidth;
}

std::string_view Variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string_view() : std::string_view(value);
}

// Terminals say in variables which one they are. Others may print a link's code as text.
bool HasLinks() {
  if (const std::string_view forced = Variable("FORCE_HYPERLINK"); !forced.empty()) {
    return forced != "0";
  }
  if (Variable("TERM") == "dumb") return false;
  for (const char* name : {"VTE_VERSION", "KITTY_WINDOW_ID", "WT_SESSION", "KONSOLE_VERSION",
                           "DOMTERM", "ALACRITTY_WINDOW_ID", "GHOSTTY_RESOURCES_DIR"}) {
    if (!Variable(name).empty()) return true;
  }
  const std::string_view program = Variable("TERM_PROGRAM");
  return program == "iTerm.app" || program == "WezTerm" || program == "vscode" ||
         program == "Hyper" || Variable("TERM") == "foot";
}

// Select Graphic Rendition codes, ECMA-48 section 8.3.117.
std::string_view CodeOf(Style style) {
  switch (style) {
    case Style::kPlain:
      return "";
    case Style::kBold:
      return "\x1b[1m";
    case Style::kDim:
      return "\x1b[2m";
    case Style::kMatch:
      return "\x1b[1;33m";
    case Style::kHeadline:
      return "\x1b[1;36m";
    case Style::kError:
      return "\x1b[1;31m";
  }
  return "";
}

int ColumnsOf(UChar32 character) {
  const int8_t type = u_charType(character);
  if (type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK || type == U_FORMAT_CHAR) return 0;
  const int width = u_getIntPropertyValue(character, UCHAR_EAST_ASIAN_WIDTH);
  return width == U_EA_FULLWIDTH || width == U_EA_WIDE ? 2 : 1;
}

}  // namespace

Terminal Terminal::ForStandardOutput(ColorMode mode) {
  const bool is_terminal = isatty(STDOUT_FILENO) != 0;
  size_t width = WidthFromEnvironment();
  winsize size{};
  if (is_terminal && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) {
    width = size.ws_col;
  }
  const char* no_color = std::getenv("NO_COLOR");
  const bool refused = no_color != nullptr && *no_color != '\0';
  const bool color =
      mode == ColorMode::kAlways || (mode == ColorMode::kAuto && is_terminal && !refused);
  return {color, std::clamp(width, kMinWidth, kMaxWidth), is_terminal && HasLinks()};
}

std::string Terminal::Linked(std::string_view address, std::string styled) const {
  if (!links_ || address.empty() || styled.empty()) return styled;
  // The number joins the words of a link that goes over several lines.
  const std::string id = std::to_string(std::hash<std::string_view>{}(address) % 1000000);
  return "\x1b]8;id=" + id + ";" + std::string(address) + "\x1b\\" + std::move(styled) +
         "\x1b]8;;\x1b\\";
}

std::string Terminal::Styled(Style style, std::string_view text) const {
  std::string shown = Sanitized(text);
  const std::string_view code = CodeOf(style);
  if (!color_ || code.empty() || shown.empty()) return shown;
  shown.insert(0, code);
  shown += "\x1b[0m";
  return shown;
}

size_t DisplayWidth(std::string_view text) {
  const auto* bytes = reinterpret_cast<const uint8_t*>(text.data());
  const auto size = static_cast<int32_t>(text.size());
  size_t columns = 0;
  for (int32_t i = 0; i < size;) {
    UChar32 character = 0;
    U8_NEXT(bytes, i, size, character);
    columns += static_cast<size_t>(character < 0 ? 1 : ColumnsOf(character));
  }
  return columns;
}

std::string_view StartOfColumns(std::string_view text, size_t columns) {
  const auto* bytes = reinterpret_cast<const uint8_t*>(text.data());
  const auto size = static_cast<int32_t>(text.size());
  size_t width = 0;
  for (int32_t i = 0; i < size;) {
    const int32_t begin = i;
    UChar32 character = 0;
    U8_NEXT(bytes, i, size, character);
    width += static_cast<size_t>(character < 0 ? 1 : ColumnsOf(character));
    if (width > columns) return text.substr(0, static_cast<size_t>(begin));
  }
  return text;
}

std::string_view EndOfColumns(std::string_view text, size_t columns) {
  const auto* bytes = reinterpret_cast<const uint8_t*>(text.data());
  size_t width = 0;
  // Combining characters come before their base here: only a base may start what is returned.
  auto start = static_cast<int32_t>(text.size());
  for (int32_t i = start; i > 0;) {
    UChar32 character = 0;
    U8_PREV(bytes, 0, i, character);
    const auto taken = static_cast<size_t>(character < 0 ? 1 : ColumnsOf(character));
    width += taken;
    if (width > columns) break;
    if (taken > 0) start = i;
  }
  return text.substr(static_cast<size_t>(start));
}

std::optional<size_t> InvalidByte(std::string_view text) {
  const auto* bytes = reinterpret_cast<const uint8_t*>(text.data());
  const auto size = static_cast<int32_t>(text.size());
  for (int32_t i = 0; i < size;) {
    const int32_t begin = i;
    UChar32 character = 0;
    U8_NEXT(bytes, i, size, character);
    if (character < 0) return static_cast<size_t>(begin);
  }
  return std::nullopt;
}

std::string Sanitized(std::string_view text) {
  const auto* bytes = reinterpret_cast<const uint8_t*>(text.data());
  const auto size = static_cast<int32_t>(text.size());
  std::string safe;
  safe.reserve(text.size());
  for (int32_t i = 0; i < size;) {
    const int32_t begin = i;
    UChar32 character = 0;
    U8_NEXT(bytes, i, size, character);
    if (character < 0 || u_charType(character) == U_CONTROL_CHAR) {
      safe += ' ';
    } else if (!base::IsHiddenMark(character)) {
      safe.append(text.substr(static_cast<size_t>(begin), static_cast<size_t>(i - begin)));
    }
  }
  return safe;
}

}  // namespace broadsheet::client
