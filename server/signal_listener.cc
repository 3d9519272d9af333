// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/signal_listener.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <array>
#include <cstdint>
#include <utility>

namespace broadsheet::server {

SignalListener::SignalListener(std::function<void(int)> on_stop, std::function<void()> on_hangup)
    : on_stop_(std::move(on_stop)), on_hangup_(std::move(on_hangup)) {
  sigset_t heard;
  sigemptyset(&heard);
  for (const int signal : {SIGTERM, SIGINT, SIGHUP, SIGPIPE}) sigaddset(&heard, signal);
  pthread_sigmask(SIG_BLOCK, &heard, nullptr);
  signals_ = signalfd(-1, &heard, SFD_CLOEXEC);
  wake_ = eventfd(0, EFD_CLOEXEC);
  thread_ = std::thread([this] { Listen(); });
}

SignalListener::~SignalListener() {
  const uint64_t one = 1;
  // A write of 8 bytes to an eventfd at zero cannot fail.
  [[maybe_unused]] const ssize_t written = write(wake_, &one, sizeof(one));
  thread_.join();
  close(signals_);
  close(wake_);
}

void SignalListener::Listen() {
  bool stopping = false;
  for (;;) {
    std::array<pollfd, 2> watched = {{{.fd = signals_, .events = POLLIN, .revents = 0},
                                      {.fd = wake_, .events = POLLIN, .revents = 0}}};
    if (poll(watched.data(), watched.size(), -1) < 0) continue;
    if (watched[1].revents != 0) return;
    signalfd_siginfo received{};
    if (read(signals_, &received, sizeof(received)) != sizeof(received)) continue;
    const int signal = static_cast<int>(received.ssi_signo);
    if (signal == SIGHUP) on_hangup_();
    if (signal != SIGTERM && signal != SIGINT) continue;
    if (stopping) _exit(128 + signal);
    stopping = true;
    on_stop_(signal);
  }
}

}  // namespace broadsheet::server
