// SPDX-License-Identifier: GPL-3.0-or-later
// grpc.health.v1.Health, in the place of gRPC's own, whose two threads would look at the sockets as
// well and hand what they find to ours.
#pragma once

#include <grpcpp/support/async_stream.h>

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "engine/base/mutex.h"
#include "grpc/health/v1/health.grpc.pb.h"
#include "server/services/serving.h"
#include "server/services/unary_call.h"

namespace broadsheet::server {

using HealthServiceBase = grpc::health::v1::Health::WithRawMethod_Check<
    grpc::health::v1::Health::WithRawMethod_Watch<grpc::health::v1::Health::Service>>;

// Safe from any thread. Its methods never block.
class HealthService final : public HealthServiceBase {
 public:
  // `serving` outlives this.
  explicit HealthService(Serving& serving);
  ~HealthService() override;

  // Takes calls from now on. The server has started.
  void TakeCalls();

  // Whether `service` can be asked ("" = the server as a whole); also tells who watches it.
  void Set(const std::string& service, bool serving) ABSL_LOCKS_EXCLUDED(mutex_);
  // No service can be asked any more, whatever Set says later.
  void SetAllDown() ABSL_LOCKS_EXCLUDED(mutex_);
  // Whether the server as a whole can be asked.
  bool IsServing() const ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  using ServingStatus = grpc::health::v1::HealthCheckResponse::ServingStatus;
  class WatchCall;

  void Answer(UnaryCall& call);
  ServingStatus StatusOf(const std::string& service) const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  Serving& serving_;
  const std::vector<UnaryMethod> methods_;

  mutable base::Mutex mutex_;
  std::map<std::string, bool> can_be_asked_ ABSL_GUARDED_BY(mutex_);
  std::set<WatchCall*> watches_ ABSL_GUARDED_BY(mutex_);
  bool down_ ABSL_GUARDED_BY(mutex_) = false;
};

}  // namespace broadsheet::server
