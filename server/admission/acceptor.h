// SPDX-License-Identifier: GPL-3.0-or-later
// Accepts connections instead of gRPC 1.51, which stops accepting for ever when descriptors run out
// (CVE-2023-4785), and does not limit connections.
//
// gRPC does not report when it closes a connection, so open connections are counted by their
// descriptors: a connection has ended when its descriptor is closed or refers to another file.
#pragma once

#include <sys/types.h>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/statusor.h"
#include "engine/base/file_descriptor.h"
#include "engine/base/mutex.h"
#include "engine/base/steady_time.h"
#include "server/admission/listen_socket.h"
#include "server/base/logger.h"

namespace broadsheet::server {

// Counts the connections that are open. Not thread-safe.
class OpenConnections {
 public:
  // `connection` is open; its later owner closes it. `peer` is the address at its other end
  // (PeerOf).
  void Add(int connection, const std::string& peer = "");
  // At least the number of open connections, and of those of `peer`.
  size_t known() const { return sockets_.size(); }
  size_t known(const std::string& peer) const;
  // Forgets connections that have ended, and returns how many are left. Takes about 1 us for each.
  size_t Count();

 private:
  struct Socket {
    ino_t inode;
    std::string peer;
  };
  void Forget(const Socket& socket);

  std::map<int, Socket> sockets_;  // by descriptor
  std::map<std::string, size_t> of_peer_;
};

// The address at the other end of an open connection, as one that one party has: of IPv6 the first
// 64 bits. "" when it is on this machine: programs in front of the server are here.
std::string PeerOf(int connection);

struct ConnectionLimits {
  size_t all = 4096;
  // Of one address elsewhere.
  size_t of_one_address = 256;
};

// An address, and who receives the connections that are made to it.
struct Door {
  ListenSocket socket;
  // Receives each connection, which is non-blocking, and owns it, with the socket that accepted it.
  // Called in the acceptor's thread.
  std::function<void(int listening, base::FileDescriptor connection)> take;
};

// Owns one thread, and the listening sockets.
class Acceptor {
 public:
  // Lets clients connect, up to `limits` at a time through all doors together; further connections
  // are closed at once, which is logged at most every ten seconds. If descriptors run
  // out nevertheless, it retries until there are some. There is at least one door; `logger` must
  // outlive this. FAILED_PRECONDITION of ListenSocket::Listen, RESOURCE_EXHAUSTED when there is no
  // descriptor at the start.
  static absl::StatusOr<std::unique_ptr<Acceptor>> Start(std::vector<Door> doors,
                                                         ConnectionLimits limits, Logger& logger);
  // As Stop().
  ~Acceptor();
  Acceptor(const Acceptor&) = delete;
  Acceptor& operator=(const Acceptor&) = delete;

  // Stops handing over connections and refuses new ones. May be called again.
  void Stop();

  // One for each door, in order.
  std::vector<std::string> addresses() const;
  // Connections that are open now, and those refused so far because too many were. From any thread.
  size_t CountOpen() ABSL_LOCKS_EXCLUDED(mutex_);
  uint64_t refused() const { return refused_.load(std::memory_order_relaxed); }

 private:
  Acceptor(std::vector<Door> doors, ConnectionLimits limits, Logger& logger,
           base::FileDescriptor stop);
  void Work();
  // Accepts some of the connections that wait at `listening`, of `door`; false when descriptors or
  // memory for one more run out.
  bool AcceptSome(const Door& door, int listening);
  bool HasRoomFor(const std::string& peer) ABSL_LOCKS_EXCLUDED(mutex_);
  bool MayAdd(const std::string& peer) const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void NoteRefused(const std::string& peer);
  void NoteShortage(int error);
  // Whether enough time has passed to write to the log again.
  bool MayNote();

  std::vector<Door> doors_;
  const ConnectionLimits limits_;
  Logger& logger_;
  // Readable once the thread must end.
  const base::FileDescriptor stop_;

  base::Mutex mutex_;
  OpenConnections connections_ ABSL_GUARDED_BY(mutex_);
  std::atomic<uint64_t> refused_ = 0;

  // Only the thread uses these.
  base::SteadyTime next_count_;
  base::SteadyTime next_note_;
  // Of refused_, those that the log has.
  uint64_t noted_ = 0;

  std::thread thread_;
};

}  // namespace broadsheet::server
