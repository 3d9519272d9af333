// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/session/pager.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <string_view>

namespace broadsheet::client {
namespace {

bool IsInPath(const std::string& program) {
  const char* path = std::getenv("PATH");
  std::string_view rest = path == nullptr ? "" : path;
  while (!rest.empty()) {
    const size_t colon = std::min(rest.find(':'), rest.size());
    const std::string file = std::string(rest.substr(0, colon)) + "/" + program;
    if (access(file.c_str(), X_OK) == 0) return true;
    rest.remove_prefix(std::min(colon + 1, rest.size()));
  }
  return false;
}

// Whether a shell could start what `command` begins with, as far as can be told.
bool CanRun(const std::string& command) {
  const std::string first = command.substr(0, command.find(' '));
  if (first.find_first_of("=$`'\"\\;&|(") != std::string::npos) return true;
  if (first.find('/') != std::string::npos) return access(first.c_str(), X_OK) == 0;
  return IsInPath(first);
}

}  // namespace

void PagerBuffer::Enable(size_t rows, const std::string& command) {
  rows_ = rows;
  command_ = command;
}

void PagerBuffer::Finish() {
  if (pager_ != nullptr) {
    pclose(pager_);
    pager_ = nullptr;
    return;
  }
  to_ << kept_;
  kept_.clear();
  to_.flush();
}

bool PagerBuffer::Give(const std::string& text) {
  return std::fwrite(text.data(), 1, text.size(), pager_) == text.size() &&
         std::fflush(pager_) == 0;
}

PagerBuffer::int_type PagerBuffer::overflow(int_type c) {
  if (traits_type::eq_int_type(c, traits_type::eof())) return traits_type::not_eof(c);
  const char byte = traits_type::to_char_type(c);
  return xsputn(&byte, 1) == 1 ? c : traits_type::eof();
}

std::streamsize PagerBuffer::xsputn(const char* text, std::streamsize size) {
  const std::string part(text, static_cast<size_t>(size));
  if (rows_ == 0) {
    to_ << part;
    return to_.good() ? size : 0;
  }
  if (pager_ != nullptr) return Give(part) ? size : 0;
  kept_ += part;
  lines_ += static_cast<size_t>(std::count(part.begin(), part.end(), '\n'));
  // The prompt takes a line, too.
  if (lines_ < rows_) return size;
  // Whoever leaves the pager early wants no more; that is not an error.
  std::signal(SIGPIPE, SIG_IGN);
  setenv("LESS", "RFX", /*overwrite=*/0);
  pager_ = popen(command_.c_str(), "w");
  if (pager_ == nullptr) {
    rows_ = 0;
    to_ << kept_;
    kept_.clear();
    return to_.good() ? size : 0;
  }
  const bool given = Give(kept_);
  kept_.clear();
  return given ? size : 0;
}

int PagerBuffer::sync() {
  if (rows_ != 0) return 0;
  to_.flush();
  return to_.good() ? 0 : -1;
}

std::optional<std::string> PagerCommand() {
  const char* pager = std::getenv("PAGER");
  const std::string wanted = pager == nullptr ? "less -RFX" : pager;
  if (wanted.empty() || wanted == "cat" || !CanRun(wanted)) return std::nullopt;
  return wanted;
}

size_t RowsOfScreen() {
  winsize size{};
  const bool known = isatty(STDOUT_FILENO) != 0 && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0;
  return known ? size.ws_row : 0;
}

}  // namespace broadsheet::client
