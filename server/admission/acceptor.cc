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

void OpenConnections::Add(int connection, const std::string& peer) {
  struct stat socket = {};
  // An open descriptor's state can always be had.
  if (::fstat(connection, &socket) != 0) return;
  // One that was closed may have left its number to this.
  if (const auto before = sockets_.find(connection); before != sockets_.end()) {
    Forget(before->second);
  }
  sockets_[connection] = {.inode = socket.st_ino, .peer = peer};
  ++of_peer_[peer];
}

size_t OpenConnections::known(const std::string& peer) const {
  const auto found = of_peer_.find(peer);
  return found == of_peer_.end() ? 0 : found->second;
}

void OpenConnections::Forget(const Socket& socket) {
  const auto found = of_peer_.find(socket.peer);
  if (--found->second == 0) of_peer_.erase(found);
}

size_t OpenConnections::Count() {
  std::erase_if(sockets_, [this](const auto& each) {
    struct stat now = {};
    const bool is_open = ::fstat(each.first, &now) == 0;
    if (is_open && S_ISSOCK(now.st_mode) && now.st_ino == each.second.inode) return false;
    Forget(each.second);
    return true;
  });
  return sockets_.size();
}

std::string PeerOf(int connection) {
  sockaddr_storage name = {};
  socklen_t size = sizeof(name);
  if (::getpeername(connection, reinterpret_cast<sockaddr*>(&name), &size) != 0) return "";
  if (name.ss_family == AF_INET) {
    const in_addr& address = reinterpret_cast<const sockaddr_in&>(name).sin_addr;
    const bool is_here = (ntohl(address.s_addr) >> 24) == IN_LOOPBACKNET;
    return is_here ? "" : std::string(reinterpret_cast<const char*>(&address), sizeof(address));
  }
  if (name.ss_family != AF_INET6) return "";
  constexpr size_t kNetwork = 8;
  constexpr size_t kMappedAt = 12;
  const in6_addr& address = reinterpret_cast<const sockaddr_in6&>(name).sin6_addr;
  if (IN6_IS_ADDR_LOOPBACK(&address)) return "";
  const std::string bytes(reinterpret_cast<const char*>(&address), sizeof(address));
  return IN6_IS_ADDR_V4MAPPED(&address) ? bytes.substr(kMappedAt) : bytes.substr(0, kNetwork);
}

absl::StatusOr<std::unique_ptr<Acceptor>> Acceptor::Start(std::vector<Door> doors,
                                                          ConnectionLimits limits, Logger& logger) {
  base::FileDescriptor stop(::eventfd(0, EFD_CLOEXEC));
  if (!stop.open()) {
    return base::FileError(errno, "cannot listen on", doors.front().socket.address());
  }
  for (Door& door : doors) {
    if (absl::Status listening = door.socket.Listen(); !listening.ok()) return listening;
  }
  return std::unique_ptr<Acceptor>(new Acceptor(std::move(doors), limits, logger, std::move(stop)));
}

Acceptor::Acceptor(std::vector<Door> doors, ConnectionLimits limits, Logger& logger,
                   base::FileDescriptor stop)
    : doors_(std::move(doors)),
      limits_(limits),
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
    const std::string peer = connection.open() ? PeerOf(connection.get()) : "";
    if (connection.open() && HasRoomFor(peer)) {
      SetTcpOptions(connection);
      {
        base::MutexLock lock(mutex_);
        connections_.Add(connection.get(), peer);
      }
      door.take(listening, std::move(connection));
    } else if (connection.open()) {
      NoteRefused(peer);
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

bool Acceptor::MayAdd(const std::string& peer) const {
  return connections_.known() < limits_.all &&
         (peer.empty() || connections_.known(peer) < limits_.of_one_address);
}

bool Acceptor::HasRoomFor(const std::string& peer) {
  base::MutexLock lock(mutex_);
  if (MayAdd(peer)) return true;
  if (base::SteadyNow() < next_count_) return false;
  next_count_ = base::SteadyIn(kCountAgainAfter);
  connections_.Count();
  return MayAdd(peer);
}

void Acceptor::NoteRefused(const std::string& peer) {
  const uint64_t refused = refused_.fetch_add(1, std::memory_order_relaxed) + 1;
  if (!MayNote()) return;
  const uint64_t since = refused - std::exchange(noted_, refused);
  base::MutexLock lock(mutex_);
  if (connections_.known() < limits_.all && !peer.empty()) {
    logger_.Warning(absl::StrFormat(
        "refusing connections, %d since this was last said: one address has %d open, the most it "
        "may have (--max-connections-per-address)",
        since, limits_.of_one_address));
    return;
  }
  logger_.Warning(absl::StrFormat(
      "refusing connections, %d since this was last said: %d are open, the most there may be "
      "(--max-connections, and the limit of open files)",
      since, limits_.all));
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
