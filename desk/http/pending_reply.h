// SPDX-License-Identifier: GPL-3.0-or-later
// A request that evhttp waits for the reply to.
#pragma once

#include <event2/http.h>

#include <functional>
#include <memory>
#include <set>
#include <string>

#include "absl/time/time.h"
#include "desk/http/exchange.h"
#include "desk/http/loop_inbox.h"

namespace broadsheet::desk {

// Shared by the loop, until the client has the whole reply or has gone, and the thread that
// answers. evhttp frees `request` once the reply has been given to it, whether or not its
// connection is still there.
class PendingReply final : public ReplySink, public std::enable_shared_from_this<PendingReply> {
 public:
  // Called once, in the loop's thread, when nothing is left to do; `connection` is null when it was
  // closed before.
  using OnDone = std::function<void(PendingReply*, evhttp_connection* connection)>;

  // `write_limit`: how long the client of a stream may take nothing.
  PendingReply(evhttp_request* request, LoopInbox& inbox, absl::Duration write_limit,
               OnDone on_done);

  Exchange& exchange() { return exchange_; }

  void SendWhole(HttpReply reply) override;
  void SendStart(HttpReply head) override;
  void SendPiece(std::string piece) override;
  void SendEnd() override;
  void SendAbort() override;

 private:
  // These run in the loop's thread.
  void Whole(const HttpReply& reply);
  void Start(const HttpReply& head);
  void Piece(const std::string& piece);
  void End();
  void Abort();
  void SetHeaders(const HttpReply& reply);
  // The reply is whole: evhttp is about to get the rest of it.
  void BeforeLast();
  void OnClosed();
  void OnComplete();

  evhttp_request* const request_;
  // Null once it was closed.
  evhttp_connection* connection_;
  LoopInbox& inbox_;
  const timeval write_limit_;
  const OnDone on_done_;
  bool given_ = false;
  size_t unsent_ = 0;
  Exchange exchange_;
};

using PendingReplies = std::set<std::shared_ptr<PendingReply>>;

}  // namespace broadsheet::desk
