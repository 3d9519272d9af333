// SPDX-License-Identifier: GPL-3.0-or-later
// The one way of the client's output to a terminal: whatever a command prints, nothing in it turns
// round or hides text or controls the terminal, apart from the client's own styles.
#pragma once

#include <ostream>
#include <streambuf>
#include <string>
#include <string_view>

namespace broadsheet::client {

// `text`, valid UTF-8 or not, with its hidden marks shown as numbers: U+202E becomes "<U+202E>".
// Kept are the codes that the client writes itself: styles and clearing a line (ESC [ ... m or K)
// and carriage return. Pure; safe from any thread.
std::string WithMarksShown(std::string_view text);

// The same for JSON, in which hidden marks stand only within strings: "\u202e".
std::string WithMarksEscaped(std::string_view json);

// Writes each line to another stream as WithMarksShown has it. Not thread-safe; `to` must outlive
// it.
class SafeBuffer : public std::streambuf {
 public:
  explicit SafeBuffer(std::ostream& to) : to_(to) {}
  ~SafeBuffer() override { Pass(/*is_end=*/true); }
  SafeBuffer(const SafeBuffer&) = delete;
  SafeBuffer& operator=(const SafeBuffer&) = delete;

 private:
  int_type overflow(int_type c) override;
  std::streamsize xsputn(const char* text, std::streamsize size) override;
  int sync() override;

  // Writes the lines that are whole; all when `is_end`.
  bool Pass(bool is_end);

  std::ostream& to_;
  std::string pending_;
};

}  // namespace broadsheet::client
