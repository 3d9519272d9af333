// SPDX-License-Identifier: GPL-3.0-or-later
// broadsheet.v1.AdminService. A read-only server has it too, and answers that it takes no writes.
#pragma once

#include <vector>

#include "broadsheet/v1/admin_service.grpc.pb.h"
#include "server/services/serving.h"
#include "server/services/unary_call.h"

namespace broadsheet::server {

using AdminServiceBase = v1::AdminService::WithRawMethod_Rebuild<
    v1::AdminService::WithRawMethod_GetOperation<v1::AdminService::WithRawMethod_CancelOperation<
        v1::AdminService::WithRawMethod_ListGenerations<
            v1::AdminService::WithRawMethod_PublishGeneration<
                v1::AdminService::WithRawMethod_RollbackGeneration<
                    v1::AdminService::WithRawMethod_PruneGenerations<
                        v1::AdminService::Service>>>>>>>;

// Its methods never block, but for ListGenerations, which reads a few files.
class AdminService final : public AdminServiceBase {
 public:
  // `serving` outlives this.
  explicit AdminService(Serving& serving);

  // Takes calls from now on. The server has started.
  void TakeCalls();

 private:
  void StartRebuild(UnaryCall& call);
  void ShowOperation(UnaryCall& call);
  void Cancel(UnaryCall& call);
  void List(UnaryCall& call);
  void Publish(UnaryCall& call);
  void Rollback(UnaryCall& call);
  void Prune(UnaryCall& call);

  Serving& serving_;
  const std::vector<UnaryMethod> methods_;
};

}  // namespace broadsheet::server
