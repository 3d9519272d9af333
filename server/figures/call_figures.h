// SPDX-License-Identifier: GPL-3.0-or-later
// What is counted of calls: for each method how many came, how they ended and how long they took,
// and for what reasons calls were refused.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "engine/base/mutex.h"
#include "server/figures/histogram.h"

namespace broadsheet::server {

// gRPC's status codes are 0 (OK) to 16.
inline constexpr int kStatusCodes = 17;

// One method of one service. Its counters may be raised from any thread.
struct MethodFigures {
  std::string service;  // "broadsheet.v1.SearchService"
  std::string method;   // "SearchArticles"
  std::string full_name() const { return service + "." + method; }
  // "unary", "client_stream", "server_stream" or "bidi_stream".
  std::string_view type;
  std::atomic<uint64_t> started = 0;
  // By gRPC's status code.
  std::array<std::atomic<uint64_t>, kStatusCodes> handled = {};
  std::atomic<uint64_t> received_messages = 0;
  std::atomic<uint64_t> sent_messages = 0;
  // From when a call came until it ended.
  Histogram handling;
};

// Safe from any thread.
class CallFigures {
 public:
  // Has all methods of these services, by their full names, from the start, so that a method that
  // nobody has called yet is shown with zeros. The services are linked into the program, and no two
  // of their methods have the same name.
  explicit CallFigures(const std::vector<std::string>& services);
  CallFigures(const CallFigures&) = delete;
  CallFigures& operator=(const CallFigures&) = delete;

  // Of the method with this name, which exists. Valid as long as this.
  MethodFigures& Of(std::string_view method);
  const std::deque<MethodFigures>& methods() const { return methods_; }

  // Counts an error by its reason (ErrorInfo), as callers see it.
  void CountError(const std::string& reason) ABSL_LOCKS_EXCLUDED(mutex_);
  std::map<std::string, uint64_t> errors() const ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  std::deque<MethodFigures> methods_;
  mutable base::Mutex mutex_;
  std::map<std::string, uint64_t> errors_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace broadsheet::server
