// SPDX-License-Identifier: GPL-3.0-or-later
// The properties of the terminal that the client writes to, and the styles of text there.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace broadsheet::client {

enum class ColorMode { kAuto, kAlways, kNever };

// The style of a piece of text. Without colours every style is plain.
enum class Style { kPlain, kBold, kDim, kMatch, kHeadline, kError };

// Immutable; safe from any thread.
class Terminal {
 public:
  Terminal(bool color, size_t width, bool links = false)
      : color_(color), width_(width), links_(links) {}

  // For standard output: colours when it is a terminal and NO_COLOR (https://no-color.org) is unset
  // or empty, unless `mode` says otherwise; width from the terminal, else COLUMNS, else 80, within
  // 40..120 so that lines stay readable. Links where it is a terminal that is known to show them,
  // or FORCE_HYPERLINK is 1 (0: nowhere), and never off a terminal.
  static Terminal ForStandardOutput(ColorMode mode);

  bool color() const { return color_; }
  // Columns a line may take.
  size_t width() const { return width_; }

  // `styled`, which is safe, as a link to `address`, which WebAddress() returned (OSC 8); without
  // links as it is.
  std::string Linked(std::string_view address, std::string styled) const;

  // `text` made safe for a terminal and wrapped in the codes of `style`.
  std::string Styled(Style style, std::string_view text) const;

 private:
  bool color_;
  size_t width_;
  bool links_;
};

// The columns that valid UTF-8 takes on a terminal: 2 for wide East Asian characters, 0 for
// combining ones.
size_t DisplayWidth(std::string_view text);

// The longest start or end of valid UTF-8 that fits into `columns`, in whole characters, each with
// its combining ones.
std::string_view StartOfColumns(std::string_view text, size_t columns);
std::string_view EndOfColumns(std::string_view text, size_t columns);

// The offset of the first byte that is not valid UTF-8; nullopt when there is none.
std::optional<size_t> InvalidByte(std::string_view text);

// Replaces control characters, escapes among them, by spaces, and leaves out marks that turn round
// or hide text (U+202E and its like), so that text from an index can neither control the reader's
// terminal nor show as what it is not. What is printed without it is still safe (safe_output.h),
// but shows such marks as numbers.
std::string Sanitized(std::string_view text);

}  // namespace broadsheet::client
