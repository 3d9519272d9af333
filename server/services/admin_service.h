// SPDX-License-Identifier: GPL-3.0-or-later
// broadsheet.v1.AdminService. A read-only server has it too, and answers that it takes no writes.
#pragma once

#include "broadsheet/v1/admin_service.grpc.pb.h"
#include "server/services/serving.h"

namespace broadsheet::server {

// gRPC's threads call the methods, which never block.
class AdminService final : public v1::AdminService::CallbackService {
 public:
  // `serving` outlives this.
  explicit AdminService(Serving& serving) : serving_(serving) {}

  grpc::ServerUnaryReactor* Rebuild(grpc::CallbackServerContext* context,
                                    const v1::RebuildRequest* request,
                                    v1::RebuildResponse* response) override;
  grpc::ServerUnaryReactor* GetOperation(grpc::CallbackServerContext* context,
                                         const v1::GetOperationRequest* request,
                                         v1::GetOperationResponse* response) override;
  grpc::ServerUnaryReactor* CancelOperation(grpc::CallbackServerContext* context,
                                            const v1::CancelOperationRequest* request,
                                            v1::CancelOperationResponse* response) override;
  grpc::ServerUnaryReactor* ListGenerations(grpc::CallbackServerContext* context,
                                            const v1::ListGenerationsRequest* request,
                                            v1::ListGenerationsResponse* response) override;
  grpc::ServerUnaryReactor* PublishGeneration(grpc::CallbackServerContext* context,
                                              const v1::PublishGenerationRequest* request,
                                              v1::PublishGenerationResponse* response) override;
  grpc::ServerUnaryReactor* RollbackGeneration(grpc::CallbackServerContext* context,
                                               const v1::RollbackGenerationRequest* request,
                                               v1::RollbackGenerationResponse* response) override;
  grpc::ServerUnaryReactor* PruneGenerations(grpc::CallbackServerContext* context,
                                             const v1::PruneGenerationsRequest* request,
                                             v1::PruneGenerationsResponse* response) override;

 private:
  Serving& serving_;
};

}  // namespace broadsheet::server
