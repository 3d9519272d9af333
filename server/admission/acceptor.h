// SPDX-License-Identifier: GPL-3.0-or-later
// Accepts connections in place of gRPC 1.51, whose own accepting ends for ever when descriptors run
// out (CVE-2023-4785) and which takes connections without bound.
//
// How many are open is read off the descriptors, since nobody tells when gRPC closes one: a
// connection has ended when its descriptor is closed or has become another file.
#pragma once

#include <sys/types.h>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <thread>

#include "absl/status/statusor.h"
#include "engine/base/file_descriptor.h"
#include "engine/base/steady_time.h"
#include "server/admission/listen_socket.h"
#include "server/base/logger.h"

namespace broadsheet::server {

// Counts the connections that are open. Not thread-safe.
class OpenConnections {
 public:
  // `connection` is open, and will be closed by whoever it is handed to.
  void Add(int connection);
  // At least as many as are open.
  size_t known() const { return sockets_.size(); }
  // Forgets those that have ended, and says how many are left. Looks at each, 1 us or so.
  size_t Count();

 private:
  // Descriptor -> which socket it was then.
  std::map<int, ino_t> sockets_;
};

// Owns one thread, and the listening socket.
class Acceptor {
 public:
  // Is handed each connection, non-blocking and its own from then on, with the socket it came in
  // at. Called in the acceptor's thread.
  using Take = std::function<void(int listening, base::FileDescriptor connection)>;

  // Lets clients connect, up to `max_connections` at a time; whoever comes beyond that is hung up
  // on, which is logged, at most every ten seconds. Out of descriptors all the same, it tries again
  // until there are some. `logger` outlives this. FAILED_PRECONDITION of ListenSocket::Listen,
  // RESOURCE_EXHAUSTED when there is no descriptor to begin with.
  static absl::StatusOr<std::unique_ptr<Acceptor>> Start(ListenSocket socket,
                                                         size_t max_connections, Take take,
                                                         Logger& logger);
  // As Stop().
  ~Acceptor();
  Acceptor(const Acceptor&) = delete;
  Acceptor& operator=(const Acceptor&) = delete;

  // Hands over no connection any more and refuses new ones. May be called again.
  void Stop();

  const std::string& address() const { return socket_.address(); }

 private:
  Acceptor(ListenSocket socket, size_t max_connections, Take take, Logger& logger,
           base::FileDescriptor stop);
  void Work();
  // Takes some of those that wait at `listening`; false when the process or the machine is out of
  // descriptors, or of memory for one more.
  bool AcceptSome(int listening);
  bool HasRoom();
  void NoteRefused();
  void NoteShortage(int error);
  // Whether so long has passed that the log may be told again.
  bool MayNote();

  ListenSocket socket_;
  const size_t max_connections_;
  const Take take_;
  Logger& logger_;
  // Readable once the thread is to end.
  const base::FileDescriptor stop_;

  // These are the thread's alone.
  OpenConnections connections_;
  base::SteadyTime next_count_;
  base::SteadyTime next_note_;
  uint64_t refused_ = 0;

  std::thread thread_;
};

}  // namespace broadsheet::server
