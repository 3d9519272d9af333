// SPDX-License-Identifier: GPL-3.0-or-later
// The broadsheetd that the desk asks. Safe from any thread.
#pragma once

#include <google/protobuf/arena.h>
#include <grpcpp/grpcpp.h>

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "broadsheet/v1/search_service.grpc.pb.h"
#include "engine/base/mutex.h"

namespace broadsheet::desk {

// Who asks the desk: what it passes on to the server as it came.
struct Caller {
  std::string authorization;  // the header of that name; "" = none
};

struct BackendOptions {
  // As gRPC takes it: HOST:PORT or unix:PATH.
  std::string server;
  std::shared_ptr<grpc::ChannelCredentials> credentials;
  // The name that the server's certificate has to have; "" = the one in its address.
  std::string server_name = {};
  // How long a call may take that is answered at once.
  std::chrono::seconds timeout;
};

class Backend {
 public:
  // Nobody connects before the first call.
  explicit Backend(const BackendOptions& options);

  v1::SearchService::StubInterface& stub() { return *stub_; }
  const std::shared_ptr<grpc::Channel>& channel() { return channel_; }

  // For a call that is answered at once: a deadline, and the caller's token.
  void Prepare(const Caller& caller, grpc::ClientContext& context) const;
  // For a stream, which has no deadline.
  static void PrepareStream(const Caller& caller, grpc::ClientContext& context);

 private:
  const std::chrono::seconds timeout_;
  const std::shared_ptr<grpc::Channel> channel_;
  const std::unique_ptr<v1::SearchService::Stub> stub_;
};

// What came back of one call. The messages of a response lie in one piece of memory, since a page
// has hundreds.
template <typename Response>
struct Answer {
  grpc::Status status = {};
  std::unique_ptr<google::protobuf::Arena> memory = std::make_unique<google::protobuf::Arena>();
  Response& response = *google::protobuf::Arena::CreateMessage<Response>(memory.get());
};

// Calls that run at the same time. For one thread; gRPC's threads do no more than say that a call
// has ended.
class ParallelCalls {
 public:
  ParallelCalls(Backend& backend, Caller caller) : backend_(backend), caller_(std::move(caller)) {}
  // Waits.
  ~ParallelCalls() { open_->WaitForNone(); }
  ParallelCalls(const ParallelCalls&) = delete;
  ParallelCalls& operator=(const ParallelCalls&) = delete;

  // `method` is &AsyncSearchService::SearchArticles and the like. `request` and `answer` outlive
  // Wait().
  template <typename Method, typename Request, typename Response>
  void Start(Method method, const Request& request, Answer<Response>& answer) {
    grpc::ClientContext& context = *contexts_.emplace_back(new grpc::ClientContext);
    backend_.Prepare(caller_, context);
    open_->Add();
    method(*backend_.stub().async(), &context, &request, &answer.response,
           [open = open_, &answer](grpc::Status status) {
             answer.status = std::move(status);
             open->Remove();
           });
  }

  // Until all have ended, each within its deadline.
  void Wait() { open_->WaitForNone(); }

 private:
  // How many have not ended. Outlives the calls' thread's last look at it, which may be later than
  // the end of this.
  class Open {
   public:
    void Add();
    void Remove();
    void WaitForNone();

   private:
    base::Mutex mutex_;
    base::CondVar none_;
    size_t count_ ABSL_GUARDED_BY(mutex_) = 0;
  };

  Backend& backend_;
  const Caller caller_;
  std::vector<std::unique_ptr<grpc::ClientContext>> contexts_;
  const std::shared_ptr<Open> open_ = std::make_shared<Open>();
};

// A `method` for ParallelCalls::Start(): BROADSHEET_CALL(SearchArticles).
#define BROADSHEET_CALL(method)                                                      \
  [](auto& service, auto* context, const auto* request, auto* response, auto done) { \
    service.method(context, request, response, std::move(done));                     \
  }

}  // namespace broadsheet::desk
