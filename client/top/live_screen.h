// SPDX-License-Identifier: GPL-3.0-or-later
// The whole terminal, drawn anew again and again, until a person has seen enough.
#pragma once

#include <termios.h>
#include <csignal>

#include <chrono>
#include <string>
#include <vector>

namespace broadsheet::client {

// While it lives, standard output, a terminal, shows what is drawn and no cursor, and keys of
// standard input are read one by one. Its end puts back what was there before, whatever ends it: q,
// Ctrl-C, SIGTERM, SIGHUP, an exception. One at a time, on one thread.
class LiveScreen {
 public:
  // Whether there is a terminal to draw on.
  static bool IsPossible();

  LiveScreen();
  ~LiveScreen();
  LiveScreen(const LiveScreen&) = delete;
  LiveScreen& operator=(const LiveScreen&) = delete;

  // Shows these lines, which have styles and nothing else that controls a terminal, and as many as
  // there is room for.
  void Draw(const std::vector<std::string>& lines);

  // Waits so long, or until the person wants to end: true then.
  bool WaitForEnd(std::chrono::milliseconds time);

 private:
  termios before_ = {};
  sigset_t mask_before_ = {};
  bool keys_;  // whether standard input is a terminal, which was as before_
};

}  // namespace broadsheet::client
