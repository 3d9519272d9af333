// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/admission/acceptor.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstring>
#include <utility>
#include <vector>

#include "absl/strings/str_format.h"
#include "absl/time/time.h"
#include "engine/base/file_error.h"

namespace broadsheet::server {
namespace {

using base::FileDescriptor;
using base::SteadyIn;
using base::SteadyNow;

// Between two attempts when the process or the machine is out of descriptors or memory.
constexpr int kPauseMs = 100;
// A flood of connections must not keep the thread from noticing that it is to stop.
constexpr int kAcceptsAtATime = 64;
// Thousands of connections are counted in less than a millisecond, not for each that is refused.
constexpr absl::Duration kCountAgainAfter = absl::Milliseconds(10);
constexpr absl::Duration kSayAgainAfter = absl::Seconds(10);
// As gRPC has it for keepalive: when sent data is not acknowledged for so long, the peer is gone.
constexpr unsigned kUserTimeoutMs = 20'000;

bool IsOfThePeer(int error) {
  return error == EINTR || error == ECONNABORTED || error == EPROTO || error == EPERM;
}

// Both fail on a Unix socket, which needs neither.
void SetTcpOptions(const base::FileDescriptor& connection) {
  const int on = 1;
  ::setsockopt(connection.get(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
  ::setsockopt(connection.get(), IPPROTO_TCP, TCP_USER_TIMEOUT, &kUserTimeoutMs,
               sizeof(kUserTimeoutMs));
}

}  // namespace

void OpenConnections::Add(int connection) {
  struct stat socket = {};
  // An open descriptor's state can always be had.
  if (::fstat(connection, &socket) == 0) sockets_[connection] = socket.st_ino;
}

size_t OpenConnections::Count() {
  std::erase_if(sockets_, [](const auto& each) {
    struct stat now = {};
    const bool is_open = ::fstat(each.first, &now) == 0;
    return !is_open || !S_ISSOCK(now.st_mode) || now.st_ino != each.second;
  });
  return sockets_.size();
}

absl::StatusOr<std::unique_ptr<Acceptor>> Acceptor::Start(std::vector<Door> doors,
                                                          size_t max_connections, Logger& logger) {
  base::FileDescriptor stop(::eventfd(0, EFD_CLOEXEC));
  if (!stop.open()) {
    return base::FileError(errno, "cannot listen on", doors.front().socket.address());
  }
  for (Door& door : doors) {
    if (absl::Status listening = door.socket.Listen(); !listening.ok()) return listening;
  }
  return std::unique_ptr<Acceptor>(
      new Acceptor(std::move(doors), max_connections, logger, std::move(stop)));
}

Acceptor::Acceptor(std::vector<Door> doors, size_t max_connections, Logger& logger,
                   base::FileDescriptor stop)
    : doors_(std::move(doors)),
      max_connections_(max_connections),
      logger_(logger),
      stop_(std::move(stop)),
      thread_([this] { Work(); }) {}

Acceptor::~Acceptor() { Stop(); }

void Acceptor::Stop() {
  if (!thread_.joinable()) return;
  const uint64_t one = 1;
  // A write of 8 bytes to an eventfd at zero cannot fail.
  [[maybe_unused]] const ssize_t written = ::write(stop_.get(), &one, sizeof(one));
  thread_.join();
  for (Door& door : doors_) door.socket.Close();
}

std::vector<std::string> Acceptor::addresses() const {
  std::vector<std::string> addresses;
  for (const Door& door : doors_) addresses.push_back(door.socket.address());
  return addresses;
}

void Acceptor::Work() {
  std::vector<pollfd> watched = {{.fd = stop_.get(), .events = POLLIN, .revents = 0}};
  std::vector<const Door*> door_of = {nullptr};
  for (const Door& door : doors_) {
    for (const base::FileDescriptor& each : door.socket.descriptors()) {
      watched.push_back({.fd = each.get(), .events = POLLIN, .revents = 0});
      door_of.push_back(&door);
    }
  }
  bool has_shortage = false;
  for (;;) {
    // In a shortage what waits to be accepted would end every poll at once.
    ::poll(watched.data(), has_shortage ? 1 : watched.size(), has_shortage ? kPauseMs : -1);
    if (watched[0].revents != 0) return;
    has_shortage = false;
    for (size_t i = 1; i < watched.size(); ++i) {
      if (!AcceptSome(*door_of[i], watched[i].fd)) has_shortage = true;
    }
  }
}

bool Acceptor::AcceptSome(const Door& door, int listening) {
  for (int left = kAcceptsAtATime; left > 0; --left) {
    base::FileDescriptor connection(
        ::accept4(listening, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC));
    const int error = errno;
    if (connection.open() && HasRoom()) {
      SetTcpOptions(connection);
      {
        base::MutexLock lock(mutex_);
        connections_.Add(connection.get());
      }
      door.take(listening, std::move(connection));
    } else if (connection.open()) {
      NoteRefused();
    } else if (error == EAGAIN) {
      return true;
    } else if (!IsOfThePeer(error)) {
      NoteShortage(error);
      return false;
    }
  }
  return true;
}

size_t Acceptor::CountOpen() {
  base::MutexLock lock(mutex_);
  return connections_.Count();
}

bool Acceptor::HasRoom() {
  base::MutexLock lock(mutex_);
  if (connections_.known() < max_connections_) return true;
  if (base::SteadyNow() < next_count_) return false;
  next_count_ = base::SteadyIn(kCountAgainAfter);
  return connections_.Count() < max_connections_;
}

void Acceptor::NoteRefused() {
  const uint64_t refused = refused_.fetch_add(1, std::memory_order_relaxed) + 1;
  if (!MayNote()) return;
  logger_.Warning(absl::StrFormat(
      "refusing connections, %d since this was last said: %d are open, the most there may be "
      "(--max-connections, and the limit of open files)",
      refused - std::exchange(noted_, refused), max_connections_));
}

void Acceptor::NoteShortage(int error) {
  if (!MayNote()) return;
  logger_.Error(absl::StrFormat("cannot accept connections, trying again until it works: %s",
                                std::strerror(error)));
}

bool Acceptor::MayNote() {
  if (base::SteadyNow() < next_note_) return false;
  next_note_ = base::SteadyIn(kSayAgainAfter);
  return true;
}

}  // namespace broadsheet::server
