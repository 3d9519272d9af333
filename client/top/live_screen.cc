// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/top/live_screen.h"

#include <poll.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <ctime>
#include <string_view>

#include "client/view/safe_output.h"

namespace broadsheet::client {
namespace {

constexpr std::array<int, 3> kEnding = {SIGINT, SIGTERM, SIGHUP};
constexpr size_t kUsualRows = 24;

volatile std::sig_atomic_t told_to_end = 0;

void WriteToTerminal(std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(STDOUT_FILENO, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return;  // The terminal is gone: so is who would see it.
    text.remove_prefix(static_cast<size_t>(written));
  }
}

size_t Rows() {
  winsize size = {};
  const bool known = ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_row > 0;
  return known ? size.ws_row : kUsualRows;
}

}  // namespace

bool LiveScreen::IsPossible() { return ::isatty(STDOUT_FILENO) == 1; }

LiveScreen::LiveScreen() : keys_(::tcgetattr(STDIN_FILENO, &before_) == 0) {
  told_to_end = 0;
  // Blocked but while waiting, so that none comes between looking and waiting.
  sigset_t blocked;
  sigemptyset(&blocked);
  struct sigaction action = {};
  action.sa_handler = [](int) { told_to_end = 1; };
  for (const int signal : kEnding) {
    sigaddset(&blocked, signal);
    ::sigaction(signal, &action, nullptr);
  }
  ::pthread_sigmask(SIG_BLOCK, &blocked, &mask_before_);
  if (keys_) {
    termios each = before_;
    each.c_lflag &= ~static_cast<tcflag_t>(ICANON | ECHO);
    // Ctrl-Z would leave the terminal as it is now.
    each.c_cc[VSUSP] = _POSIX_VDISABLE;
    ::tcsetattr(STDIN_FILENO, TCSANOW, &each);
  }
  // The other screen, no cursor.
  WriteToTerminal("\x1b[?1049h\x1b[?25l");
}

LiveScreen::~LiveScreen() {
  WriteToTerminal("\x1b[?25h\x1b[?1049l");
  if (keys_) ::tcsetattr(STDIN_FILENO, TCSANOW, &before_);
  for (const int signal : kEnding) std::signal(signal, SIG_DFL);
  ::pthread_sigmask(SIG_SETMASK, &mask_before_, nullptr);
}

void LiveScreen::Draw(const std::vector<std::string>& lines) {
  // From the top, each line to its end, then all below.
  std::string screen = "\x1b[H";
  const size_t shown = std::min(lines.size(), Rows());
  for (size_t i = 0; i < shown; ++i) {
    screen += (i == 0 ? "" : "\r\n") + WithMarksShown(lines[i]) + "\x1b[K";
  }
  WriteToTerminal(screen + "\x1b[J");
}

bool LiveScreen::WaitForEnd(std::chrono::milliseconds time) {
  const auto until = std::chrono::steady_clock::now() + time;
  while (told_to_end == 0) {
    const auto left = std::chrono::duration_cast<std::chrono::nanoseconds>(
        until - std::chrono::steady_clock::now());
    if (left.count() <= 0) return false;
    constexpr int64_t kSecond = 1'000'000'000;
    const timespec timeout = {left.count() / kSecond, left.count() % kSecond};
    pollfd input = {.fd = keys_ ? STDIN_FILENO : -1, .events = POLLIN, .revents = 0};
    if (::ppoll(&input, 1, &timeout, &mask_before_) <= 0) continue;
    char key = 0;
    const ssize_t got = ::read(STDIN_FILENO, &key, 1);
    if (got <= 0 || key == 'q' || key == 'Q') return true;
  }
  return true;
}

}  // namespace broadsheet::client
