// SPDX-License-Identifier: GPL-3.0-or-later
// What libprotobuf has to say, in the server's log: by itself it writes to standard error, a line
// for each request that it cannot read.
//
//   const ProtobufLog protobuf(logger);
#pragma once

#include <google/protobuf/stubs/logging.h>

#include <cstdint>
#include <map>
#include <string>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/time/time.h"
#include "engine/base/mutex.h"
#include "engine/base/steady_time.h"
#include "server/base/logger.h"

namespace broadsheet::server {

// One at a time, made before any message is read and destroyed after all; libprotobuf has one
// handler for the process. Its messages may come from any thread.
class ProtobufLog {
 public:
  // What is said at one place of libprotobuf is written once in an `interval`, with how often it
  // was said since. `logger` outlives this.
  explicit ProtobufLog(Logger& logger, absl::Duration interval = absl::Minutes(1));
  ~ProtobufLog();
  ProtobufLog(const ProtobufLog&) = delete;
  ProtobufLog& operator=(const ProtobufLog&) = delete;

 private:
  struct Said {
    base::SteadyTime next;
    uint64_t times = 0;
  };

  static void Handle(google::protobuf::LogLevel level, const char* file, int line,
                     const std::string& message);
  void Note(google::protobuf::LogLevel level, const std::string& place, const std::string& message)
      ABSL_LOCKS_EXCLUDED(mutex_);

  Logger& logger_;
  const absl::Duration interval_;
  google::protobuf::LogHandler* const before_;
  base::Mutex mutex_;
  // By place, of which libprotobuf has some dozens.
  std::map<std::string, Said> said_ ABSL_GUARDED_BY(mutex_);
};

// `message` without what might be words of a request: what stands in quotes is kept only if it is
// the name of a type or field, "broadsheet.v1.Article.body".
std::string WithoutWords(const std::string& message);

}  // namespace broadsheet::server
