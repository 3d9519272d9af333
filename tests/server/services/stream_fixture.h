// SPDX-License-Identifier: GPL-3.0-or-later
// A server whose streams end early, over an index that the test decides.
#pragma once

#include <grpc/grpc.h>
#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <utility>

#include "absl/time/clock.h"
#include "tests/server/error_details.h"
#include "tests/server/test_server.h"

namespace broadsheet::server {

class StreamFixture : public ::testing::Test {
 protected:
  StreamFixture() : options_(TestOptions()) {
    // As RunUntilSignal does.
    grpc_init();
    // Only tests of idleness meet it.
    options_.stream_idle = absl::Hours(1);
  }

  TestServer& Serve(FakeAnswers answers) {
    server_.emplace(std::move(answers), options_);
    return *server_;
  }
  v1::SearchService::Stub& stub() { return server_->stub(); }

  // Waits until the server has ended all of its streams, where it may have one only.
  void WaitUntilNoStreamIsOpen() {
    for (;;) {
      grpc::ClientContext context;
      const auto stream = stub().CountQueries(&context);
      stream->WritesDone();
      v1::CountQueriesResponse response;
      while (stream->Read(&response)) {
      }
      if (stream->Finish().ok()) return;
      std::this_thread::yield();
    }
  }

  ServerOptions options_;
  std::optional<TestServer> server_;
};

}  // namespace broadsheet::server
