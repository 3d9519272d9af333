// SPDX-License-Identifier: GPL-3.0-or-later
// Shows an answer that is longer than the screen in the person's pager.
#pragma once

#include <cstddef>
#include <cstdio>
#include <optional>
#include <ostream>
#include <streambuf>
#include <string>

namespace broadsheet::client {

// Passes on what is written. Once enabled, keeps it back until it has more lines than the screen,
// and then gives it to the pager; what is shorter is passed on at the end. Not thread-safe; `to`
// must outlive it.
class PagerBuffer : public std::streambuf {
 public:
  explicit PagerBuffer(std::ostream& to) : to_(to) {}
  ~PagerBuffer() override { Finish(); }
  PagerBuffer(const PagerBuffer&) = delete;
  PagerBuffer& operator=(const PagerBuffer&) = delete;

  // Whether what is written ends there: what a test catches is no screen.
  bool passes_to(const std::ostream& stream) const { return &to_ == &stream; }

  // `command` is run by a shell, as the person wrote it.
  void Enable(size_t rows, const std::string& command);

  // Passes on what is kept, and waits for the person to leave the pager.
  void Finish();

 private:
  int_type overflow(int_type c) override;
  std::streamsize xsputn(const char* text, std::streamsize size) override;
  int sync() override;
  bool Give(const std::string& text);

  std::ostream& to_;
  size_t rows_ = 0;  // 0 = not enabled
  std::string command_;
  std::string kept_;
  size_t lines_ = 0;
  FILE* pager_ = nullptr;
};

// The pager's command: $PAGER, else "less -RFX" where there is less; nullopt when the person wants
// none (PAGER is empty or "cat") or there is none.
std::optional<std::string> PagerCommand();

// How many lines the terminal of standard output has; 0 when it is none, or does not say.
size_t RowsOfScreen();

}  // namespace broadsheet::client
