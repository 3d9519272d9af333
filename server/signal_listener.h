// SPDX-License-Identifier: GPL-3.0-or-later
// Receives the signals that stop the server in a thread of its own, because a signal handler may
// not call gRPC.
#pragma once

#include <sys/types.h>

#include <csignal>
#include <functional>
#include <thread>

namespace broadsheet::server {

// Create it before any other thread, because threads inherit the blocked signals.
class SignalListener {
 public:
  // From now on SIGTERM and SIGINT call `on_stop`, once, in this object's thread; a second one ends
  // the process at once with status 128 + its number. SIGHUP calls `on_hangup` there, each time.
  // SIGPIPE does nothing.
  SignalListener(std::function<void(int signal)> on_stop, std::function<void()> on_hangup);
  // Stops listening; the signals stay blocked.
  ~SignalListener();
  SignalListener(const SignalListener&) = delete;
  SignalListener& operator=(const SignalListener&) = delete;

 private:
  void Listen();

  const std::function<void(int)> on_stop_;
  const std::function<void()> on_hangup_;
  int signals_ = -1;
  // The destructor writes to it.
  int wake_ = -1;
  std::thread thread_;
};

}  // namespace broadsheet::server
